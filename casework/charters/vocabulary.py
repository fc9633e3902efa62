"""The words a charter may use. Published values never change; new ones go at the end."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType


class CaseKind(StrEnum):
    """The four procedures; a group, its charter and its cases have exactly one."""

    FOLLOWUP = "followup"
    FAMILY_COUNCIL = "family_council"
    REMINDER = "reminder"
    VICTIM = "victim"


class CompartmentClass(StrEnum):
    """What a part of a case holds; each compartment has its own key."""

    IDENTITY = "identity"
    SHEET = "sheet"
    ORIGIN = "origin"
    SOCIAL = "social"
    PRIVATE = "private"
    JUDICIAL = "judicial"
    PROTECTED_CONTACT = "protected_contact"
    ATTACHMENTS = "attachments"


class PartnerCategory(StrEnum):
    """What sort of body a partner organisation is."""

    MUNICIPALITY = "municipality"
    NATIONAL_POLICE = "national_police"
    GENDARMERIE = "gendarmerie"
    MUNICIPAL_POLICE = "municipal_police"
    PROSECUTOR = "prosecutor"
    PREFECTURE = "prefecture"
    EDUCATION = "education"
    SOCIAL_SERVICE = "social_service"
    YOUTH_JUSTICE = "youth_justice"
    STREET_WORK = "street_work"
    SOCIAL_CENTRE = "social_centre"
    LANDLORD = "landlord"
    TRANSPORT = "transport"
    MISSION_LOCALE = "mission_locale"
    VICTIM_SUPPORT = "victim_support"
    MEDIATOR = "mediator"
    DATA_PROTECTION = "data_protection"
    ARCHIVES = "archives"


class CharterAct(StrEnum):
    """What somebody may want to do under a charter."""

    REFER = "refer"
    ANSWER = "answer"
    LIST = "list"
    READ = "read"
    TRIAGE = "triage"
    NAME = "name"
    CONTRIBUTE = "contribute"
    NOTE = "note"
    REPORT = "report"
    ASSIGN = "assign"
    PREPARE = "prepare"
    ATTEND = "attend"
    DECIDE = "decide"
    INFORM = "inform"
    CLOSE = "close"
    HOLD = "hold"
    ELIMINATE = "eliminate"
    VISA = "visa"
    AUDIT = "audit"
    TRACE = "trace"


class Level(IntEnum):
    """How far an access goes; each level includes those before it."""

    NONE = 0
    EXISTS = 1
    SUMMARY = 2
    READ = 3
    WRITE = 4


class Recipient(StrEnum):
    """Whom a rule speaks of, by role or by tie to the case."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    NAMED = "named"
    LEAD = "lead"
    REFERRER = "referrer"
    DPO = "dpo"
    ARCHIVES_OFFICER = "archives_officer"


class Obligation(StrEnum):
    """What an access asks of the person who is granted it."""

    REASON = "reason"
    TYPED_REASON = "typed_reason"
    ONE_CASE = "one_case"
    SHORT_TEXT = "short_text"


class ListName(StrEnum):
    """The closed lists of codes that a charter fixes (law note 9.4, rule 5)."""

    PURPOSES = "purposes"
    REFERRAL_REASONS = "referral_reasons"
    ORIGINS = "origins"
    ACTIONS = "actions"
    DECISIONS = "decisions"
    CLOSURE_REASONS = "closure_reasons"
    DELAY_REASONS = "delay_reasons"
    REDIRECTIONS = "redirections"
    FACTS = "facts"
    RULES_RECALLED = "rules_recalled"
    RECOMMENDATIONS = "recommendations"
    COMMITMENTS = "commitments"
    NEEDS = "needs"
    CONSENT_CHANNELS = "consent_channels"
    CONSENT_SCOPES = "consent_scopes"


CONTROL_ACTS = frozenset({CharterAct.HOLD, CharterAct.ELIMINATE, CharterAct.VISA, CharterAct.AUDIT})
"""Acts that show no content: clocks, lists without names, the register."""

GROUP_ACTS = frozenset({CharterAct.REFER, CharterAct.PREPARE, CharterAct.ATTEND})
"""Acts of content before the group itself, when no case exists yet or none is touched."""

CASE_ACTS = frozenset(CharterAct) - CONTROL_ACTS - GROUP_ACTS
"""Acts of content on one case."""

READING_ACTS = frozenset({CharterAct.LIST, CharterAct.READ})

BESIDE_VICTIMS = frozenset(CaseKind) - {CaseKind.VICTIM}
"""Procedures whose cases may stand side by side in one list; a victim's stands beside none."""

ASKING_KINDS = BESIDE_VICTIMS
"""Procedures whose groups may ask one another whether a person is already followed."""

_WRITTEN = frozenset(CompartmentClass) - {CompartmentClass.PRIVATE, CompartmentClass.ORIGIN}
CLASSES_OF_ACT: Mapping[CharterAct, frozenset[CompartmentClass]] = MappingProxyType(
    {
        CharterAct.READ: frozenset(CompartmentClass),
        CharterAct.CONTRIBUTE: _WRITTEN,
        CharterAct.NOTE: frozenset({CompartmentClass.PRIVATE}),
    }
)
"""Acts that name a class of compartment, and the classes they can name."""

_COMMON = frozenset(CompartmentClass) - {CompartmentClass.PROTECTED_CONTACT}
CLASSES_OF_KIND: Mapping[CaseKind, frozenset[CompartmentClass]] = MappingProxyType(
    {
        CaseKind.FOLLOWUP: _COMMON,
        CaseKind.FAMILY_COUNCIL: _COMMON - {CompartmentClass.JUDICIAL},
        CaseKind.REMINDER: _COMMON - {CompartmentClass.JUDICIAL, CompartmentClass.SOCIAL},
        CaseKind.VICTIM: frozenset(CompartmentClass) - {CompartmentClass.JUDICIAL},
    }
)
"""The compartments that can exist in a case of each kind."""


def floor(act: CharterAct) -> Level:
    """Return the lowest level at which a rule may grant `act`: reading never means less."""
    if act is CharterAct.LIST:
        return Level.EXISTS
    reading = {CharterAct.READ, CharterAct.AUDIT, CharterAct.ATTEND, CharterAct.TRACE}
    return Level.READ if act in reading else Level.WRITE
