"""What the procedure's guards need to know of a case row, and the check of versions."""

from datetime import date
from typing import Protocol

from casework.cases.procedures.steps import CaseState, Standing
from casework.errors import Conflict


class Clear(Protocol):
    """The clear facts of a case that guards look at."""

    @property
    def state(self) -> str:
        """The code of its state."""
        ...

    @property
    def informed_on(self) -> date | None:
        """The day its persons were informed."""
        ...

    @property
    def delay_reason(self) -> str | None:
        """Why that waits."""
        ...

    @property
    def due_on(self) -> date | None:
        """The next date of its retention clock."""
        ...


def standing_of_case(row: Clear, today: date, *, held: bool = False) -> Standing:
    """Return what guards look at."""
    return Standing(
        state=CaseState(row.state),
        today=today,
        informed=row.informed_on is not None or row.delay_reason is not None,
        held=held,
        due_on=row.due_on,
    )


def check_version(stored: int, seen: int) -> None:
    """Raise `Conflict` when the page was made from another version than the one stored."""
    if stored != seen:
        raise Conflict(stored)
