"""What the codes of a charter are called, for pages and for the terminal alike."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.charters.explain import Question
from casework.charters.facts import Fact
from casework.charters.vocabulary import (
    CharterAct,
    CompartmentClass,
    PartnerCategory,
    Recipient,
)
from casework.sentences import N_, Sentence

ACTS: Final[Mapping[CharterAct, Sentence]] = MappingProxyType(
    {
        CharterAct.REFER: N_("Saisir la coordination"),
        CharterAct.ANSWER: N_("Répondre à une question sur sa saisine"),
        CharterAct.LIST: N_("Savoir que la situation existe"),
        CharterAct.READ: N_("Lire"),
        CharterAct.TRIAGE: N_("Instruire une saisine"),
        CharterAct.NAME: N_("Nommer les membres"),
        CharterAct.CONTRIBUTE: N_("Écrire"),
        CharterAct.NOTE: N_("Garder des notes"),
        CharterAct.REPORT: N_("Rendre compte d’une action"),
        CharterAct.ASSIGN: N_("Confier une action"),
        CharterAct.PREPARE: N_("Préparer et conduire une séance"),
        CharterAct.ATTEND: N_("Prendre part aux séances"),
        CharterAct.DECIDE: N_("Écrire une décision"),
        CharterAct.INFORM: N_("Inscrire l’information des personnes"),
        CharterAct.CLOSE: N_("Clore le suivi"),
        CharterAct.HOLD: N_("Suspendre un effacement"),
        CharterAct.ELIMINATE: N_("Établir ou voir la liste d’élimination"),
        CharterAct.VISA: N_("Viser la liste d’élimination"),
        CharterAct.AUDIT: N_("Lire le registre des accès"),
        CharterAct.TRACE: N_("Savoir qui a ouvert la situation"),
    }
)

CATEGORIES: Final[Mapping[PartnerCategory, Sentence]] = MappingProxyType(
    {
        PartnerCategory.MUNICIPALITY: N_("Commune"),
        PartnerCategory.NATIONAL_POLICE: N_("Police nationale"),
        PartnerCategory.GENDARMERIE: N_("Gendarmerie"),
        PartnerCategory.MUNICIPAL_POLICE: N_("Police municipale"),
        PartnerCategory.PROSECUTOR: N_("Parquet"),
        PartnerCategory.PREFECTURE: N_("Préfecture"),
        PartnerCategory.EDUCATION: N_("Éducation nationale"),
        PartnerCategory.SOCIAL_SERVICE: N_("Service social"),
        PartnerCategory.YOUTH_JUSTICE: N_("Protection judiciaire de la jeunesse"),
        PartnerCategory.STREET_WORK: N_("Club de prévention"),
        PartnerCategory.SOCIAL_CENTRE: N_("Centre social"),
        PartnerCategory.LANDLORD: N_("Bailleur"),
        PartnerCategory.TRANSPORT: N_("Transporteur"),
        PartnerCategory.MISSION_LOCALE: N_("Mission locale"),
        PartnerCategory.VICTIM_SUPPORT: N_("Aide aux victimes"),
        PartnerCategory.MEDIATOR: N_("Médiation"),
        PartnerCategory.DATA_PROTECTION: N_("Protection des données"),
        PartnerCategory.ARCHIVES: N_("Archives"),
    }
)

RECIPIENTS: Final[Mapping[Recipient, Sentence]] = MappingProxyType(
    {
        Recipient.COORDINATOR: N_("Coordination"),
        Recipient.LEAD: N_("Référent de parcours"),
        Recipient.NAMED: N_("Membre nommé"),
        Recipient.REFERRER: N_("Personne qui a saisi"),
        Recipient.MEMBER: N_("Tout membre du groupe"),
        Recipient.DPO: N_("Protection des données"),
        Recipient.ARCHIVES_OFFICER: N_("Archives"),
    }
)
"""In the order of a table's columns: who knows most of a case first."""

FACTS: Final[Mapping[str, Sentence]] = MappingProxyType(
    {
        Fact.PERSON: N_("a un compte à son nom"),
        Fact.OPERATOR: N_("exploite le service"),
        Fact.SERVICE: N_("est une tâche du service"),
        Fact.DPO: N_("est chargé de la protection des données"),
        Fact.ARCHIVES_OFFICER: N_("est chargé des archives"),
        Fact.COORDINATOR: N_("coordonne le groupe"),
        Fact.MANDATED: N_("a un mandat en cours dans le groupe"),
        Fact.CHARTER_SIGNED: N_("son organisme a signé la charte"),
        Fact.UNDERTAKING_SIGNED: N_("a signé son engagement"),
        Fact.EXCLUDED: N_("est écarté par un lien personnel"),
        Fact.ADMITTED: N_("son organisme est associé à la situation"),
        Fact.IN_TERRITORY: N_("la commune est dans le territoire du groupe"),
        Fact.SEALED: N_("la situation est scellée"),
        Fact.RESTRICTED: N_("le suivi est clos"),
        Fact.NAMED: N_("est nommé pour la situation"),
        Fact.LEAD: N_("est le référent de parcours"),
        Fact.REFERRER: N_("a fait la saisine"),
        Fact.OWN_SERVICE: N_("ces notes sont celles de son organisme"),
        Fact.OWN_ACTION: N_("cette action est la sienne"),
        Fact.OWN_COMMUNE: N_("la commune est celle de son organisme"),
        Fact.ON_AGENDA: N_("la situation est à l’ordre du jour"),
        Fact.IN_MEETING: N_("une séance en cours l’examine"),
        Fact.FOLLOWED: N_("le groupe a décidé le suivi"),
        Fact.PROTECTED: N_("la situation est protégée et ne lui est pas ouverte à deux"),
    }
)
"""What holds of a person before a case, as the end of a sentence about them."""

WHEN: Final[Mapping[str, tuple[Sentence, Sentence]]] = MappingProxyType(
    {
        Fact.RESTRICTED: (N_("après la clôture"), N_("avant la clôture")),
        Fact.FOLLOWED: (N_("pendant le suivi"), N_("jusqu’à la décision du groupe")),
        Fact.OWN_SERVICE: (N_("celles de son organisme"), N_("celles des autres organismes")),
        Fact.OWN_ACTION: (N_("de sa propre action"), N_("de l’action d’un autre")),
        Fact.OWN_COMMUNE: (N_("dans sa commune"), N_("hors de sa commune")),
        Fact.ON_AGENDA: (N_("à l’ordre du jour"), N_("hors de l’ordre du jour")),
        Fact.IN_MEETING: (N_("en séance"), N_("hors séance")),
        Fact.ADMITTED: (N_("organisme associé"), N_("organisme non associé")),
        Fact.NAMED: (N_("s’il est nommé"), N_("sans être nommé")),
        Fact.LEAD: (N_("s’il est référent"), N_("sans être référent")),
        Fact.REFERRER: (N_("s’il a saisi"), N_("sans avoir saisi")),
        Fact.COORDINATOR: (N_("s’il coordonne"), N_("sans coordonner")),
    }
)
"""A condition of a rule in two or three words: where the fact holds, and where it does not."""

_READ, _WRITE = CharterAct.READ, CharterAct.CONTRIBUTE
_PARTS: Final[Mapping[tuple[CharterAct, CompartmentClass], Sentence]] = MappingProxyType(
    {
        (_READ, CompartmentClass.IDENTITY): N_("Lire l’identité"),
        (_READ, CompartmentClass.SHEET): N_("Lire la fiche partagée"),
        (_READ, CompartmentClass.ORIGIN): N_("Lire l’origine de la saisine"),
        (_READ, CompartmentClass.SOCIAL): N_("Lire le secret partagé"),
        (_READ, CompartmentClass.PRIVATE): N_("Lire les notes d’un autre organisme"),
        (_READ, CompartmentClass.JUDICIAL): N_("Lire la mesure judiciaire"),
        (_READ, CompartmentClass.PROTECTED_CONTACT): N_("Lire le contact protégé"),
        (_READ, CompartmentClass.ATTACHMENTS): N_("Lire les pièces jointes"),
        (_WRITE, CompartmentClass.IDENTITY): N_("Tenir l’identité à jour"),
        (_WRITE, CompartmentClass.SHEET): N_("Écrire sur la fiche partagée"),
        (_WRITE, CompartmentClass.SOCIAL): N_("Écrire dans le secret partagé"),
        (_WRITE, CompartmentClass.JUDICIAL): N_("Mentionner une mesure judiciaire"),
        (_WRITE, CompartmentClass.PROTECTED_CONTACT): N_("Écrire le contact protégé"),
        (_WRITE, CompartmentClass.ATTACHMENTS): N_("Joindre une pièce"),
    }
)
_OWN: Final[Mapping[tuple[CharterAct, bool], Sentence]] = MappingProxyType(
    {
        (CharterAct.READ, True): N_("Lire les notes de son organisme"),
        (CharterAct.NOTE, True): N_("Garder des notes pour son organisme"),
        (CharterAct.REPORT, True): N_("Rendre compte de sa propre action"),
        (CharterAct.REPORT, False): N_("Rendre compte de l’action d’un autre"),
    }
)


def asked(question: Question) -> Sentence:
    """Return what is asked, as an infinitive."""
    act, class_ = question.wanted
    own = None if question.own is None else _OWN.get((act, question.own))
    if own is not None:
        return own
    return _PARTS.get((act, class_), ACTS[act]) if class_ else ACTS[act]
