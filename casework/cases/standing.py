"""What the procedure's guards need to know of a case row, and the check of versions."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Protocol

from casework.cases.ceilings import may_be_adult, may_be_minor
from casework.cases.procedures.steps import CaseState, Standing, Step
from casework.errors import Conflict

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


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

    @property
    def ceiling_on(self) -> date:
        """The day after which nothing of it is kept."""
        ...

    @property
    def awaited_on(self) -> date | None:
        """The day by which its next step is awaited."""
        ...


def standing_of_case(
    row: Clear,
    today: date,
    passed: frozenset[Step] = frozenset(),
    answers: Mapping[str, str] = _NOTHING,
) -> Standing:
    """Return what guards look at; `passed` and `answers` where a recorded step is taken."""
    return Standing(
        state=CaseState(row.state),
        today=today,
        informed=row.informed_on is not None or row.delay_reason is not None,
        due_on=row.due_on,
        awaited_on=row.awaited_on,
        minor=may_be_minor(row.ceiling_on, today),
        may_be_adult=may_be_adult(row.ceiling_on, today),
        passed=passed,
        answers=answers,
    )


def check_version(stored: int, seen: int) -> None:
    """Raise `Conflict` when the page was made from another version than the one stored."""
    if stored != seen:
        raise Conflict(stored)
