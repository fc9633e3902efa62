"""The record of processing as values (GDPR art. 30): codes and figures, words are for pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from casework.charters.charter import Charter
from casework.charters.vocabulary import CaseKind, CompartmentClass, PartnerCategory


class Tie(StrEnum):
    """What makes a member of a partner a recipient of one case. Published values never change."""

    COORDINATOR = "coordinator"
    LEAD = "lead"
    NAMED = "named"
    REFERRER = "referrer"
    AGENDA = "agenda"
    COMMUNE = "commune"


class Phase(StrEnum):
    """When in the life of a case. Published values never change."""

    REFERRED = "referred"
    FOLLOWED = "followed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Reach:
    """Who of which bodies reaches a class of data, when, by which articles; `writes` at some time.

    `everybody`: all the categories that sign the charter.
    """

    tie: Tie
    categories: tuple[PartnerCategory, ...]
    everybody: bool
    phases: tuple[Phase, ...]
    writes: bool
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Data:
    """A class of data: what it holds in the charter's words, and who is a recipient of it.

    Without a class it is the list of cases. `members_only`: the service itself opens none of it.
    """

    class_: CompartmentClass | None
    holds: str
    recipients: tuple[Reach, ...]
    members_only: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A duration: its key in the charter, its figure, the bound of law and where that stands."""

    key: str
    figure: int
    highest: int
    source: str
    article: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a charter is in force: a group, its territory, its coordination."""

    name: str
    communes: tuple[str, ...]
    coordination: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One processing: the version of a charter in force, where, and what follows from it."""

    charter: Charter
    kind: CaseKind
    adopted_at: datetime
    settings: tuple[Setting, ...]
    signed: tuple[str, ...]
    unsigned: tuple[str, ...]
    data: tuple[Data, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the operator's settings turn on, without any secret or address of a person."""

    kek: str
    database: str
    secure: bool
    idle_minutes: int
    session_hours: int
    argon2_memory_mib: int
    keystore_backup_days: int
    second_signature: bool
    letters: int
    time_stamps: bool
    witnesses: int
    copies: bool


class MeasureName(StrEnum):
    """A measure of security. Published values never change."""

    ACCOUNTS = "accounts"
    PASSWORDS = "passwords"
    SESSIONS = "sessions"
    NEED_TO_KNOW = "need-to-know"
    REVIEWS = "reviews"
    ENCRYPTION = "encryption"
    DATABASE = "database"
    KEK = "kek"
    CUSTODY = "custody"
    ESCROW = "escrow"
    REGISTRAR = "registrar"
    TRANSPORT = "transport"
    REGISTER = "register"
    ANCHORS = "anchors"
    SECOND_SIGNATURE = "second-signature"
    BACKUPS = "backups"
    COPIES = "copies"
    ERASURE = "erasure"
    VISA = "visa"


class Risk(StrEnum):
    """What is feared (CNIL, AIPD, les modèles). Published values never change."""

    ACCESS = "access"
    CHANGE = "change"
    LOSS = "loss"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, whether it is on today, its figures, and the risks that it lowers."""

    name: MeasureName
    on: bool
    risks: tuple[Risk, ...]
    figures: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record on one day; `partners` by category, `officers` by name."""

    council: str
    at: datetime
    officers: tuple[str, ...]
    partners: Mapping[PartnerCategory, Sequence[str]]
    members: int
    activities: tuple[Activity, ...]
    register: tuple[Term, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Whose keys the service opens, and who else stands behind keys.

    A registrar elsewhere vouches for public ones; custodians hold an emergency key together.
    """

    by_service: frozenset[UUID]
    registrar_elsewhere: bool
    escrow: bool
