"""What is asked of readings, and what is told of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from casework.audit.lines import Line
from casework.audit.stamps import Stamp


@dataclass(frozen=True, slots=True)
class OwnTrail:
    """A page of what a member opened, newest first.

    `references` holds the cases that they find in their lists today, and no others.
    """

    lines: tuple[Line, ...]
    following: int | None
    references: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseTrail:
    """A page of who opened a case, as its lead may know it."""

    case_id: UUID
    group_id: UUID
    reference: str
    lines: tuple[Line, ...]
    following: int | None


class Whom(StrEnum):
    """Of whom a report speaks; representatives in the order in which they were written down."""

    SUBJECT = "subject"
    REPRESENTATIVE_1 = "representative_1"
    REPRESENTATIVE_2 = "representative_2"


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report to make: on which case, of whom, and for which request.

    With `procedure`, what the police, the gendarmerie and the prosecutor's office read is left
    out: a procedure under way asks for it.
    """

    reference: str
    whom: Whom
    request: str
    procedure: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """A report given earlier, as the register tells it."""

    at: datetime
    case_id: UUID | None
    request: str
    copy: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Readings of one day that are alike; `member_id` only where the charter names readers."""

    on: date
    organisation_id: UUID
    act: str
    reason: str
    count: int
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Who read what concerns one person, up to the checkpoint that `stamp` names."""

    reference: str
    whom: Whom
    request: str
    copy: int
    at: datetime
    stamp: Stamp
    names: bool
    article: str
    lines: tuple[ReportLine, ...]
