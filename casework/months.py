"""Months counted on the calendar: the arithmetic of every clock of the law."""

from datetime import date
from typing import Final

_MONTHS_IN_YEAR: Final = 12


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month."""
    index = day.month - 1 + months
    year, month = day.year + index // _MONTHS_IN_YEAR, index % _MONTHS_IN_YEAR + 1
    return date(year, month, min(day.day, _last_day(year, month)))


def latest_start(today: date, months: int) -> date:
    """Return the last day from which `months` have passed by `today`.

    It turns a rule of dates into a comparison that a database can make:
    `months_after(day, months) <= today` exactly when `day <= latest_start(today, months)`.
    """
    index = today.month - 1 - months
    year, month = today.year + index // _MONTHS_IN_YEAR, index % _MONTHS_IN_YEAR + 1
    last = _last_day(year, month)
    closes_month = today.day == _last_day(today.year, today.month)
    return date(year, month, last if closes_month else min(today.day, last))


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date.resolution).day
