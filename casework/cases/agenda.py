"""Cases as a meeting meets them: references, states and dates, without any key."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from casework.cases.orders import NewAction
from casework.cases.values import CaseHead, Naming


class DueWhy(StrEnum):
    """Why a case belongs on the next agenda."""

    NEW = "new"
    REVIEW = "review"
    LATE = "late"
    STALE = "stale"
    HEARING = "hearing"


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case proposed for the next meeting; `why` says for what reasons, strongest last."""

    head: CaseHead
    why: tuple[DueWhy, ...]


@dataclass(frozen=True, slots=True)
class AgendaCase:
    """A case on an agenda, for somebody who may list it.

    `away` are the members and bodies whom a personal link keeps from it: they leave the room.
    """

    head: CaseHead
    namings: tuple[Naming, ...]
    away: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDecision:
    """What the group decides of a case: `code` is one of the charter's decisions.

    `why` is the closure reason of `closed`, or the orientation of `redirected`. A lead is owed
    when a case is `kept`. `action` needs a lead who is named on the case, or the one named here.
    """

    case_id: UUID
    version: int
    code: str
    why: str = ""
    lead_id: UUID | None = None
    action: NewAction | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to: its number, none when it is put off; keys that die with it."""

    number: int | None
    dying: tuple[UUID, ...] = ()
