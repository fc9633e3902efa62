"""The only place that asks the machine what time it is."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the present moment."""

    def now(self) -> datetime:
        """Return an aware UTC datetime."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock


class ShiftedClock:
    """A clock moved by a fixed distance: demonstrations of what time does to a case."""

    def __init__(self, clock: Clock, shift: timedelta) -> None:
        """Add `shift` to every answer of `clock`."""
        self._clock = clock
        self._shift = shift

    def now(self) -> datetime:
        """Return the shifted moment."""
        return self._clock.now() + self._shift


_PLACE = ZoneInfo("Europe/Paris")


def local_day(moment: datetime) -> date:
    """Return the calendar day of `moment` where the towns are: clocks of law count local days."""
    return moment.astimezone(_PLACE).date()
