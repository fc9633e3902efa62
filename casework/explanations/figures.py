"""The figures of a charter in words, each with its article, for the sheet that one signs."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from casework.charters.charter import Charter, Meetings, Protocol
from casework.charters.kinds import WITH_MEETINGS
from casework.charters.vocabulary import CompartmentClass
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l

Figure = tuple[str, str, str]
"""What, how much, and the article."""

CLASSES: Final[Mapping[CompartmentClass, Any]] = {
    CompartmentClass.IDENTITY: _l("Identité"),
    CompartmentClass.SHEET: _l("Fiche partagée"),
    CompartmentClass.ORIGIN: _l("Origine de la saisine"),
    CompartmentClass.SOCIAL: _l("Secret partagé"),
    CompartmentClass.PRIVATE: _l("Notes d’un organisme"),
    CompartmentClass.JUDICIAL: _l("Mesure judiciaire"),
    CompartmentClass.PROTECTED_CONTACT: _l("Contact protégé"),
    CompartmentClass.ATTACHMENTS: _l("Pièces jointes"),
}


def figures_of(charter: Charter) -> Iterator[Figure]:
    """Yield the figures of a charter; of meetings and of a protocol only where there are any."""
    persons, clocks, register = charter.persons, charter.clocks, charter.register
    ages = gettext("de %(a)d ans à moins de %(b)d ans", a=persons.age_from, b=persons.age_to)
    yield gettext("Personnes suivies"), ages, persons.article
    most = gettext("%(num)d caractères au plus", num=charter.texts.free_text_max)
    yield gettext("Texte libre"), most, charter.texts.article
    yield from _clocks(charter)
    bounds = gettext(
        "consultable %(a)d mois, gardé %(b)d mois",
        a=register.searchable_months,
        b=register.kept_months,
    )
    yield gettext("Registre des accès"), bounds, register.article
    if charter.kind in WITH_MEETINGS:
        stale = gettext("%(num)d séances sans décision", num=clocks.stale_meetings)
        yield gettext("Suivi signalé puis clos après"), stale, clocks.article
        yield from _meetings(charter.meetings)
    if charter.protocol.article:
        yield from _protocol(charter.protocol)


def _clocks(charter: Charter) -> Iterator[Figure]:
    clocks = charter.clocks
    kept = gettext("%(num)d jours", num=clocks.referral_not_kept_days)
    if not clocks.referral_not_kept_days:
        kept = gettext("effacée avec la décision")
    yield gettext("Saisine non retenue"), kept, clocks.article
    for label, months in (
        (gettext("Conservation après la clôture"), clocks.after_closure_months),
        (gettext("Suivi revu tous les"), clocks.review_months),
    ):
        yield label, gettext("%(num)d mois", num=months), clocks.article
    days = gettext("%(num)d jours au plus", num=clocks.keystore_backup_days)
    yield gettext("Sauvegardes des clés"), days, clocks.article


def _meetings(meetings: Meetings) -> Iterator[Figure]:
    quorum = gettext("%(num)d organismes présents", num=meetings.quorum)
    yield gettext("Pour décider"), quorum, meetings.article
    shown_there = ", ".join(str(CLASSES[one]) for one in meetings.projected)
    yield gettext("Peut être projeté en séance"), shown_there, meetings.article


def _protocol(protocol: Protocol) -> Iterator[Figure]:
    label, given = gettext("Avis du parquet avant une convocation"), gettext("non demandé")
    if protocol.opinion_required:
        given = gettext("demandé, %(num)d jours ouvrés", num=protocol.opinion_working_days)
    yield label, given, protocol.article
    if protocol.opinion_required:
        agrees = gettext("vaut accord") if protocol.silence_agrees else gettext("n’autorise rien")
        yield gettext("Passé ce délai, le silence du parquet"), agrees, protocol.article
    days = gettext("%(num)d jours au moins", num=protocol.summons_days)
    yield gettext("Entre la convocation et l’entretien"), days, protocol.article
    framed = gettext("oui") if protocol.incivility_notices else gettext("non")
    yield gettext("Rappels aux règles par courrier"), framed, protocol.article
