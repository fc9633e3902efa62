"""What codes are called on pages. Labels of the charter's own lists come from the charter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from casework.cases.pages.views.labels.family_refusals import FAMILY_REFUSALS
from casework.cases.pages.views.labels.reminder_refusals import REMINDER_REFUSALS
from casework.cases.policy import age_on
from casework.cases.procedures.steps import CaseState
from casework.charters.charter import Charter
from casework.charters.kinds import REASONS
from casework.charters.refusals import SENTENCES, Refusal
from casework.charters.vocabulary import CompartmentClass, PartnerCategory
from casework.i18n import gettext, ngettext, shown
from casework.i18n import lazy_gettext as _l
from casework.keys.values import Withheld

Text = str | Withheld


@dataclass(frozen=True, slots=True)
class BodyWords:
    """A kind of body, and how it is said to be alone."""

    name: Any
    alone: Any


BODIES: Final[Mapping[PartnerCategory, BodyWords]] = {
    PartnerCategory.MUNICIPALITY: BodyWords(_l("Commune"), _l("Commune seule")),
    PartnerCategory.NATIONAL_POLICE: BodyWords(
        _l("Police nationale"), _l("Police nationale seule")
    ),
    PartnerCategory.GENDARMERIE: BodyWords(_l("Gendarmerie"), _l("Gendarmerie seule")),
    PartnerCategory.MUNICIPAL_POLICE: BodyWords(
        _l("Police municipale"), _l("Police municipale seule")
    ),
    PartnerCategory.PROSECUTOR: BodyWords(_l("Parquet"), _l("Parquet seul")),
    PartnerCategory.PREFECTURE: BodyWords(_l("Préfecture"), _l("Préfecture seule")),
    PartnerCategory.EDUCATION: BodyWords(
        _l("Éducation nationale"), _l("Éducation nationale seule")
    ),
    PartnerCategory.SOCIAL_SERVICE: BodyWords(_l("Service social"), _l("Service social seul")),
    PartnerCategory.YOUTH_JUSTICE: BodyWords(
        _l("Protection judiciaire de la jeunesse"), _l("Protection judiciaire de la jeunesse seule")
    ),
    PartnerCategory.STREET_WORK: BodyWords(_l("Club de prévention"), _l("Club de prévention seul")),
    PartnerCategory.SOCIAL_CENTRE: BodyWords(_l("Centre social"), _l("Centre social seul")),
    PartnerCategory.LANDLORD: BodyWords(_l("Bailleur"), _l("Bailleur seul")),
    PartnerCategory.TRANSPORT: BodyWords(_l("Transporteur"), _l("Transporteur seul")),
    PartnerCategory.MISSION_LOCALE: BodyWords(_l("Mission locale"), _l("Mission locale seule")),
    PartnerCategory.VICTIM_SUPPORT: BodyWords(
        _l("Aide aux victimes"), _l("Aide aux victimes seule")
    ),
    PartnerCategory.MEDIATOR: BodyWords(_l("Médiation"), _l("Médiation seule")),
    PartnerCategory.DATA_PROTECTION: BodyWords(
        _l("Protection des données"), _l("Protection des données seule")
    ),
    PartnerCategory.ARCHIVES: BodyWords(_l("Archives"), _l("Archives seules")),
}

PARTS: Final[Mapping[CompartmentClass, Any]] = {
    CompartmentClass.IDENTITY: _l("Identité"),
    CompartmentClass.SHEET: _l("Fiche partagée"),
    CompartmentClass.ORIGIN: _l("Origine de la saisine"),
    CompartmentClass.SOCIAL: _l("Entre travailleurs sociaux"),
    CompartmentClass.PRIVATE: _l("Notes de votre service"),
    CompartmentClass.JUDICIAL: _l("Mesure judiciaire"),
    CompartmentClass.PROTECTED_CONTACT: _l("Contact protégé"),
    CompartmentClass.ATTACHMENTS: _l("Pièces jointes"),
}

STATES: Final[Mapping[CaseState, tuple[str, Any]]] = {
    CaseState.REFERRED: ("neutral", _l("À l’étude")),
    CaseState.QUESTIONED: ("soon", _l("Question posée")),
    CaseState.ACCEPTED: ("neutral", _l("À la prochaine séance")),
    CaseState.FOLLOWED: ("ok", _l("Suivie")),
    CaseState.CLOSED: ("neutral", _l("Close")),
    CaseState.RESTRICTED: ("neutral", _l("Close, accès restreint")),
    CaseState.SEALED: ("neutral", _l("Scellée")),
    CaseState.ERASED: ("neutral", _l("Effacée")),
    CaseState.REFUSED: ("neutral", _l("Non retenue")),
    CaseState.REDIRECTED: ("neutral", _l("Réorientée")),
    CaseState.CONSULTED: ("soon", _l("Avis demandé")),
    CaseState.CLEARED: ("neutral", _l("À convoquer")),
    CaseState.SUMMONED: ("ok", _l("Convoquée")),
}
"""A state as its tag shows it: kind, then words."""

STEPS_REFUSED: Final[Mapping[str, Any]] = {
    "impossible-now": _l("Cette étape n’est plus possible : la situation a avancé entre-temps."),
    "form-of-its-own": _l(
        "Cette étape a ses propres questions : ouvrez la situation et prenez l’étape là."
    ),
    "time-alone": _l("Cette étape se prend d’elle-même, à la date prévue."),
    "consent-missing": _l("Rien n’est envoyé sans l’accord de la victime, sa date et son moyen."),
    "information-due": _l("La famille doit d’abord être informée, ou le retard motivé."),
    "not-due": _l("La date prévue n’est pas encore atteinte."),
    "untold-because": _l("Dites pourquoi les personnes ne le savent pas encore."),
    "measure-unneeded": _l(
        "Si le suivi ne l’exige pas, la mesure n’est pas mentionnée : rien n’a été gardé."
    ),
    "measure-backwards": _l("La mesure finirait avant de commencer : relisez les deux dates."),
    "on-hold": _l("Un gel est en cours : rien ne peut être effacé."),
    "action-reported": _l("Cette action a déjà reçu son compte rendu."),
    "birth-date-missing": _l("La date de naissance manque : les durées en dépendent."),
    "procedure-absent": _l("Le service ne sait pas encore tenir cette procédure."),
    "not-protected": _l(
        "Cette situation n’est pas protégée : elle s’ouvre sans deuxième personne."
    ),
    "opening-over": _l("Cette demande n’attend plus de réponse : une autre est nécessaire."),
    "table-of-one": _l("Deux organismes au moins doivent être présents : notez les présences."),
    "letter-victim": _l(
        "Aucune lettre n’est écrite ici : l’adresse d’une victime n’est jamais imprimée."
    ),
    "letter-protected": _l(
        "Cette situation est protégée : son adresse ne s’imprime pas. Informez de vive voix, "
        "puis inscrivez le jour."
    ),
    "letter-other-procedure": _l("Cette lettre n’est pas de cette procédure."),
    "letter-uncalled": _l("Personne n’est convoqué ici en ce moment : choisissez la lettre."),
    "letter-withheld": _l(
        "Une partie de l’identité vous reste fermée : une lettre ne s’écrit pas au hasard."
    ),
    "letter-settled": _l("Cette lettre n’attend plus cette suite : elle est déjà partie ou close."),
    "letter-without-file": _l("Cette lettre n’a pas encore de fichier : composez-le d’abord."),
    "merged": _l("Cette situation est réunie à une autre : écrivez sur l’autre."),
    "merge-none": _l("Cette situation n’est réunie à aucune autre."),
    "merge-other-group": _l("On ne réunit que deux situations d’un même groupe."),
    "merge-other-commune": _l("Ces situations sont de deux communes : chacune garde la sienne."),
    "merge-protected": _l("Une situation protégée ne se réunit à aucune autre."),
    "merge-not-under-way": _l(
        "Les deux situations doivent être en cours : retenez d’abord la saisine. Une situation"
        " close reste comme elle est."
    ),
    "merge-already": _l("L’une des deux est déjà réunie à une autre : séparez-les d’abord."),
    "merge-busy": _l(
        "Cette situation est à l’ordre du jour, ou une action y est en cours : terminez-les"
        " d’abord."
    ),
    "commune-outside": _l("Cette commune est hors du territoire du groupe."),
    **FAMILY_REFUSALS,
    **REMINDER_REFUSALS,
}


def step_refused(code: str, charter: Charter | None = None) -> str:
    """Return why the procedure refused a step, in a sentence."""
    if code == "age-outside" and charter is not None:
        return age_outside(charter)
    return str(STEPS_REFUSED.get(code, STEPS_REFUSED["impossible-now"]))


def age_outside(charter: Charter) -> str:
    """Return the ages that the charter covers, in a sentence."""
    ages = charter.persons
    return gettext(
        "La charte couvre les personnes de %(youngest)d à moins de %(oldest)d ans.",
        youngest=ages.age_from,
        oldest=ages.age_to,
    )


def cited(charter: Charter, *numbers: str) -> str:
    """Return « Article 6 de la charte, « … » », « Articles 5 et 9 de la charte », or nothing."""
    known = [charter.articles[number] for number in numbers if number in charter.articles]
    if len(known) > 1:
        *first, last = (article.number for article in known)
        return gettext(
            "Articles %(first)s et %(last)s de la charte", first=", ".join(first), last=last
        )
    return "".join(
        gettext(
            "Article %(number)s de la charte, «\u00a0%(title)s\u00a0»",
            number=one.number,
            title=one.title,
        )
        for one in known
    )


def reason_label(charter: Charter, code: str) -> str:
    """Return what a referral gives as its reason, from the list of its procedure."""
    return charter.label(REASONS[charter.kind], code) or code


def why_shut(code: str) -> str:
    """Return why a part stays shut for this reader."""
    if code == "no-key":
        return gettext("Cette partie s’ouvrira dès que la clé de votre organisme sera remise.")
    if code == "opened-apart":
        return gettext("Cette partie s’ouvre à part, sur sa propre page.")
    if code == "reason-required":
        return gettext("Cette partie ne s’ouvre qu’après un motif écrit pour cette situation.")
    return shown(SENTENCES.get(code, SENTENCES[Refusal.NO_RULE]))


def awaits_key(text: Text) -> bool:
    """Say whether a cell would open, once somebody hands the reader their organisation's key."""
    return isinstance(text, Withheld) and text.why == "locked"


def shut_words(text: Text, otherwise: str, article: str = "") -> str:
    """Return what stands in place of a cell that stays shut; `article` as `reserved` gives it."""
    if awaits_key(text):
        return gettext("Livraison de clé en attente")
    return f"{otherwise} {article}".strip()


def reserved(charter: Charter, number: str) -> str:
    """Return « – article 4, « Besoin d’en connaître » », to follow what is withheld, or nothing."""
    article = charter.articles.get(number)
    if article is None:
        return ""
    return gettext(
        "– article %(number)s, «\u00a0%(title)s\u00a0»", number=number, title=article.title
    )


def born(text: Text) -> date | None:
    """Return a sealed date of birth as a day, if it opened and is one."""
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def age(birth_date: date, day: date) -> str:
    """Return « 16 ans »."""
    return ngettext("%(num)d an", "%(num)d ans", age_on(birth_date, day))


def said(text: Text) -> str:
    """Return what a cell says; inside an open part, one that stays shut was altered or moved."""
    return text if isinstance(text, str) else gettext("Contenu indisponible")


def full_name(given: Text, family: Text) -> str:
    """Return « Camille EXEMPLE », or nothing when it stays shut."""
    if isinstance(given, Withheld) or isinstance(family, Withheld):
        return ""
    return f"{given} {family.upper()}".strip()
