"""The only place that asks the machine what time it is."""

from datetime import UTC, date, datetime
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


_PLACE = ZoneInfo("Europe/Paris")


def local_day(moment: datetime) -> date:
    """Return the calendar day of `moment` where the towns are: clocks of law count local days."""
    return moment.astimezone(_PLACE).date()
