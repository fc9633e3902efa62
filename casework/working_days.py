"""Working days in France: the delays that protocols count, Alsace and Moselle apart."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_FIXED: Final = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_AFTER_EASTER: Final = (1, 39, 50)
_FRIDAY_BEFORE: Final = -2
_SECOND_OF_CHRISTMAS: Final = (12, 26)
_LOCAL: Final = ("57", "67", "68")
_WEEKEND: Final = 5
_KEPT: Final = 64


def working_days_after(day: date, count: int, commune: str) -> date:
    """Return the last of `count` working days after `day`, in a commune by its INSEE code.

    Saturdays, Sundays and public holidays do not count (code du travail, L. 3133-1, L. 3134-13).
    """
    for _ in range(count):
        day = _next(day, local=commune.startswith(_LOCAL))
    return day


def public_holidays(year: int, *, local: bool) -> frozenset[date]:
    """Return the public holidays of a year, with `local` those of Alsace and Moselle."""
    return _holidays(year, local)


@lru_cache(maxsize=_KEPT)
def _holidays(year: int, local: bool) -> frozenset[date]:
    return frozenset(_each(year, local=local))


def _each(year: int, *, local: bool) -> Iterator[date]:
    easter = _easter(year)
    for month, day in _FIXED:
        yield date(year, month, day)
    for days in _AFTER_EASTER:
        yield easter + timedelta(days=days)
    if local:
        yield easter + timedelta(days=_FRIDAY_BEFORE)
        yield date(year, *_SECOND_OF_CHRISTMAS)


def _next(day: date, *, local: bool) -> date:
    day += timedelta(days=1)
    while day.weekday() >= _WEEKEND or day in _holidays(day.year, local):
        day += timedelta(days=1)
    return day


def _easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian algorithm, Nature, 20 April 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, off = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, left = divmod(rest, 4)
    sunday = (32 + 2 * off + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
