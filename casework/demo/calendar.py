"""The hours of an invented day, and the anchor of a world that is to look alive today."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_PLACE: Final = ZoneInfo("Europe/Paris")
_SPREAD: Final = 50  # minutes over which the same things of one day are spread

REFERRED: Final = time(8, 5)
ACCEPTED: Final = time(9, 5)
ASKED: Final = time(9, 10)
NAMED: Final = time(10, 5)
INFORMED: Final = time(11, 5)
WRITTEN: Final = time(12, 5)
REPORTED: Final = time(13, 5)
MEETING: Final = time(14, 30)
ASSIGNED: Final = time(16, 30)
PREPARED: Final = time(17, 30)


def moment(day: date, hour: time, turn: int = 0) -> datetime:
    """Return the UTC moment of a local hour; `turn` spreads what falls together."""
    local = datetime.combine(day, hour, _PLACE) + timedelta(minutes=turn % _SPREAD)
    return local.astimezone(UTC)


def anchor_before(today: date) -> date:
    """Return the last Monday before `today`: everything a world tells is then past."""
    return today - timedelta(days=today.weekday() or 7)
