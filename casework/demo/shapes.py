"""What the invented world is made of: frozen values, every code a published one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far a case has come on the anchor day."""

    REFERRED = "referred"
    QUESTIONED = "questioned"
    ACCEPTED = "accepted"
    FOLLOWED = "followed"
    REVIEW_DUE = "review_due"  # no review for more than six months
    NOT_KEPT = "not_kept"  # identity to purge with the decision
    CLOSED = "closed"  # for less than three months
    RESTRICTED_DUE = "restricted_due"  # closed for more than three months: leaves everyone's reach
    ELIMINATION_DUE = "elimination_due"  # closed for more than three years


class Zone(StrEnum):
    """Which national force answers for a commune."""

    POLICE = "police"
    GENDARMERIE = "gendarmerie"


@dataclass(frozen=True, slots=True)
class Commune:
    """A real commune with its INSEE code."""

    insee: str
    name: str
    postcodes: tuple[str, ...]
    population: int
    zone: Zone


@dataclass(frozen=True, slots=True)
class Council:
    """The invented council on real communes."""

    key: str
    name: str
    epci: str
    epci_name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An invented partner; `commune` is the INSEE code of its office."""

    key: str
    name: str
    category: str
    commune: str


@dataclass(frozen=True, slots=True)
class Group:
    """A follow-up group of a territory; meetings come every four weeks on the same weekday."""

    key: str
    name: str
    prefix: str
    kind: str
    communes: tuple[str, ...]
    coordinator: str
    next_meeting_on: date


@dataclass(frozen=True, slots=True)
class Member:
    """An invented professional. The password and the seed serve demonstrations alone."""

    key: str
    civility: str
    given: str
    family: str
    post: str
    organisation: str
    role: str
    groups: tuple[str, ...]
    login: str
    password: str
    totp_seed: str


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody who answers for a minor: `link` is mother, father or guardian."""

    civility: str
    given: str
    family: str
    link: str
    phone: str


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person followed; `phone` and `school` may be empty."""

    given: str
    family: str
    birth_date: date
    address: str
    phone: str
    school: str
    legal_representatives: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a member wrote; `audience` is shared or private. `author` is a member's key."""

    author: str
    on: date
    text: str
    audience: str


@dataclass(frozen=True, slots=True)
class Action:
    """What a member undertook: open, done or impossible; `report` tells what came of it."""

    kind: str
    detail: str
    lead: str
    due_on: date
    state: str
    report: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided, and when it wants to hear of it again."""

    on: date
    code: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Case:
    """A case whole; members are named by their keys, the commune by its INSEE code."""

    key: str
    group: str
    commune: str
    subject: Person
    reason: str
    fact: str
    fact_on: date
    delay_reason: str
    origin: str
    reporter: str
    reporter_words: str
    referrer: str
    state: State
    question: str
    named: tuple[str, ...]
    lead: str | None
    contributions: tuple[Contribution, ...]
    actions: tuple[Action, ...]
    decisions: tuple[Decision, ...]
    opened_on: date
    closed_on: date | None
    closure: str | None
    informed_on: date | None


@dataclass(frozen=True, slots=True)
class World:
    """Everything, on an anchor day. `cases` is empty in a mere outline."""

    size: str
    seed: str
    anchor: date
    council: Council
    communes: tuple[Commune, ...]
    organisations: tuple[Organisation, ...]
    groups: tuple[Group, ...]
    members: tuple[Member, ...]
    cases: Sequence[Case]
