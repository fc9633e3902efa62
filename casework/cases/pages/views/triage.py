"""The list of checks of a triage: what the service can tell, and what only reading tells."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.cases.ceilings import CEILINGS
from casework.cases.circles import GroupBook
from casework.cases.pages.views.procedure import uncapital
from casework.cases.pages.views.words import age, age_outside, born, reason_label, reserved
from casework.cases.policy import age_on
from casework.cases.values import CaseFile
from casework.charters.vocabulary import CaseKind, CompartmentClass, ListName
from casework.i18n import gettext
from casework.keys.values import Withheld
from casework.web.dates import long_day
from casework.web.look import Tick


@dataclass(frozen=True, slots=True)
class Check:
    """Something to look at: ok when the service can vouch for it, soon when a person must."""

    kind: str
    label: str
    said: str


def checks(file: CaseFile, book: GroupBook) -> tuple[Check, ...]:
    """Return what is checked before a referral is taken."""
    return tuple(_checks(file, book))


def redirections(book: GroupBook) -> tuple[Tick, ...]:
    """Return where a referral may be sent instead."""
    found = book.charter.lists[ListName.REDIRECTIONS]
    return tuple(Tick(code, words) for code, words in found.items())


def _checks(file: CaseFile, book: GroupBook) -> Iterator[Check]:
    head = file.head
    commune = book.communes.get(head.commune)
    outside = gettext("hors du territoire du groupe")
    inside = gettext("%(commune)s, dans le territoire", commune=commune)
    yield Check("ok" if commune else "late", gettext("Territoire"), inside if commune else outside)
    yield _age(file, book)
    yield _purpose(file, book)
    if head.kind == CaseKind.FOLLOWUP:
        yield _informed(file, book)
    yield Check(
        "soon",
        gettext("Ce qui n’est jamais écrit"),
        gettext("À lire : ni santé, ni religion, ni origine, ni casier, ni tiers nommé"),
    )


def _age(file: CaseFile, book: GroupBook) -> Check:
    birth = born(file.subject.birth_date) if file.subject else None
    label, ages = gettext("Âge"), book.charter.persons
    if birth is None and CEILINGS[book.charter.kind].adults:
        return Check("soon", label, gettext("date de naissance inconnue : à demander"))
    if birth is None:
        return Check("late", label, gettext("date de naissance manquante"))
    if not ages.age_from <= age_on(birth, book.day) < ages.age_to:
        return Check("late", label, age_outside(book.charter))
    said = gettext("%(age)s, couvert par la charte", age=age(birth, book.day))
    return Check("ok", label, said)


def _purpose(file: CaseFile, book: GroupBook) -> Check:
    label = gettext("Fait") if book.charter.kind is CaseKind.REMINDER else gettext("Motif")
    if file.referral is None or isinstance(file.referral.reason, Withheld):
        article = reserved(book.charter, file.article_of(CompartmentClass.SHEET))
        return Check("soon", label, " ".join((gettext("réservé"), article)).strip())
    return Check("ok", label, reason_label(book.charter, file.referral.reason))


def _informed(file: CaseFile, book: GroupBook) -> Check:
    head, label = file.head, gettext("Famille informée")
    if head.informed_on:
        return Check("ok", label, gettext("le %(day)s", day=long_day(head.informed_on)))
    if head.delay_reason:
        why = book.charter.label(ListName.DELAY_REASONS, head.delay_reason) or ""
        return Check("soon", label, gettext("Différée : %(why)s", why=uncapital(why)))
    return Check("soon", label, gettext("Pas encore ; elle devra l’être avant le premier point"))
