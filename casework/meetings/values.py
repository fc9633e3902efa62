"""Meetings as values: an agenda of references, who is there; never a name of a case."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from casework.cases.agenda import AgendaCase
from casework.meetings.policy import ItemState, MeetingState


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    id: UUID
    group_id: UUID
    held_on: date
    state: MeetingState
    version: int


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A case on the agenda; `case` is None when nothing of it is left, or to be known.

    `article` then says by which article, and is empty when nothing of it is left.
    """

    case_id: UUID
    state: ItemState
    case: AgendaCase | None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as one member of the group meets it: those cases only that they may list.

    `organisations` are those present, of which `quorum` are needed to decide.
    """

    line: MeetingLine
    items: tuple[AgendaItem, ...]
    present: frozenset[UUID]
    organisations: frozenset[UUID]
    quorum: int
    may: frozenset[str] = field(default=frozenset())

    @property
    def can_decide(self) -> bool:
        """Say whether enough organisations are present."""
        return len(self.organisations) >= self.quorum
