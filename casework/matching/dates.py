"""How two dates of birth agree: whole, with day and month in each other's place, by the year."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Agreement(StrEnum):
    """From the best to none; `UNKNOWN` where nothing can be compared."""

    SAME = "same"
    INVERTED = "inverted"
    YEAR = "year"
    UNKNOWN = "unknown"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born, as far as whoever asks knows: the day, or the year alone."""

    year: int
    day: date | None = None


def agreement(asked: Birth | None, known: date | None) -> Agreement:
    """Return how a date agrees with what is asked."""
    if asked is None or known is None:
        return Agreement.UNKNOWN
    if asked.day == known:
        return Agreement.SAME
    if asked.day is not None and asked.day == inverted(known):
        return Agreement.INVERTED
    return Agreement.YEAR if asked.year == known.year else Agreement.OTHER


def inverted(day: date) -> date | None:
    """Return a day with its month in its place; None where there is no such day."""
    try:
        return day.replace(month=day.day, day=day.month)
    except ValueError:
        return None
