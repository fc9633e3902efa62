"""Cases with their past, to be taken over whole: what happened after the referral, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from casework.cases.orders import NewAction
from casework.cases.procedures.steps import CaseState
from casework.cases.values import NewReferral

Party = tuple[UUID, UUID]
"""A member and the organisation they act for."""


@dataclass(frozen=True, slots=True)
class PastWords:
    """Something a partner wrote, for the group or for their own service alone."""

    author: Party
    at: datetime
    text: str
    private: bool


@dataclass(frozen=True, slots=True)
class PastAction:
    """Something somebody did or does; `outcome` is empty while it is open."""

    order: NewAction
    opened_by: UUID
    opened_on: date
    state: str
    outcome: str
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class PastDecision:
    """What a meeting decided; meetings are taken over before cases."""

    meeting_id: UUID
    code: str
    made_by: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCase:
    """A referral and what became of it. Dates that a charter's clocks give come from the caller."""

    referral: NewReferral
    coordinating: UUID
    state: CaseState
    question: str = ""
    lead_id: UUID | None = None
    followed_on: date | None = None
    review_by: date | None = None
    informed_on: date | None = None
    closed_on: date | None = None
    closure_reason: str | None = None
    due_on: date | None = None
    named: tuple[Party, ...] = ()
    words: tuple[PastWords, ...] = ()
    actions: tuple[PastAction, ...] = ()
    decisions: tuple[PastDecision, ...] = ()
