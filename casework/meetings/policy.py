"""Rules of a meeting: its states as data, who must be there to decide, when it may end."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from casework.errors import InvalidInput, StepRefused
from casework.sentences import N_


class MeetingState(StrEnum):
    """Where a meeting is. Published values never change."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


class ItemState(StrEnum):
    """What became of a case on an agenda. Published values never change."""

    WAITING = "waiting"
    DECIDED = "decided"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"


class MeetingStep(StrEnum):
    """What is done in a meeting."""

    ARRANGE = "arrange"
    OPEN = "open"
    ATTEND = "attend"
    DECIDE = "decide"
    CLOSE = "close"


M = MeetingState
MOVES: Final[Mapping[tuple[MeetingState, MeetingStep], MeetingState]] = MappingProxyType(
    {
        (M.PREPARED, MeetingStep.ARRANGE): M.PREPARED,
        (M.PREPARED, MeetingStep.OPEN): M.OPEN,
        (M.OPEN, MeetingStep.ARRANGE): M.OPEN,
        (M.OPEN, MeetingStep.ATTEND): M.OPEN,
        (M.OPEN, MeetingStep.DECIDE): M.OPEN,
        (M.OPEN, MeetingStep.CLOSE): M.CLOSED,
    }
)
"""From a state, by a step, to a state; what is not here is refused."""


def move(state: str, step: MeetingStep) -> MeetingState:
    """Return the state after a step. Raises `StepRefused` when it cannot be taken now."""
    arrived = MOVES.get((MeetingState(state), step))
    if arrived is None:
        raise StepRefused("impossible-now")
    return arrived


def check_quorum(organisations: Iterable[UUID], needed: int) -> None:
    """Raise `StepRefused` unless enough organisations, not persons, are present to decide."""
    if len(set(organisations)) < needed:
        raise StepRefused("no-quorum", "CSI, L. 132-5")


def check_item(state: str, *, decides: bool) -> None:
    """Raise `StepRefused` for a case this meeting has dealt with; one put off may be decided."""
    open_to = {ItemState.WAITING, ItemState.POSTPONED} if decides else {ItemState.WAITING}
    if ItemState(state) not in open_to:
        raise StepRefused("item-settled")


def check_settled(waiting: int) -> None:
    """Raise `StepRefused` while a case of the agenda was neither decided nor put off."""
    if waiting:
        raise StepRefused("agenda-unfinished")


def check_day(day: date, today: date) -> None:
    """Raise `InvalidInput` for a meeting in the past."""
    if day < today:
        raise InvalidInput({"held_on": [N_("Cette date est déjà passée.")]})
