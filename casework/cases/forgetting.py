"""What the forgetting of cases needs to know of them: counts and years, never a person."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.cases.procedures.steps import CaseState
from casework.charters.vocabulary import CaseKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """How many cases of a group stand alike before a sweep.

    `ended`: lived too long without a decision, or to the ceiling. `capped`: at the ceiling.
    `due`: no longer to be kept after closure. `held`, `listed`, `visaed`: by a hold, on a list of
    elimination, on one that has its visa.
    """

    kind: CaseKind
    state: CaseState
    ended: bool
    capped: bool
    due: bool
    held: bool
    listed: bool
    visaed: bool
    count: int


@dataclass(frozen=True, slots=True)
class Standings:
    """How many cases of a kind are in a state, and the next date of their clocks."""

    kind: CaseKind
    state: CaseState
    count: int
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A sealed case as an elimination list may name it."""

    case_id: UUID
    kind: str
    opened_year: int
    closed_on: date
