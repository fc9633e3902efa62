"""Dates as people type them: 3/11/2026, 03112026, 3 nov. 2026, 3/11, 2026-11-03."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_PACKED = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})")
_SPACED = re.compile(
    r"(?P<day>\d{1,2})(?:er)?[\s/.-]+(?P<month>\d{1,2}|[a-z]+)\.?(?:[\s/.-]+(?P<year>\d{4}|\d{2}))?"
)


class Era(StrEnum):
    """Which way an incomplete date leans: a birth lies behind us, a due date ahead."""

    PAST = "past"
    COMING = "coming"


def parse_date(text: str, today: date, era: Era) -> date:
    """Return the day meant by `text`.

    Two-digit years: in the past, the last such year that has begun; ahead, this century. A missing
    year: the last such day up to today, or the next one from today. Raises ValueError.
    """
    plain = _plain(text)
    found = _ISO.fullmatch(plain) or _PACKED.fullmatch(plain) or _SPACED.fullmatch(plain)
    if found is None:
        raise ValueError("not a date")
    day, month = int(found["day"]), _month(found["month"])
    if found["year"] is None:
        return _nearest(day, month, today, era)
    return date(_year(found["year"], today, era), month, day)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.strip().lower()).encode("ascii", "ignore")
    return bare.decode("ascii")


def _month(written: str) -> int:
    if written.isdecimal():
        return int(written)
    meant = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(written)]
    if len(meant) != 1:
        raise ValueError("not a month")
    return meant[0]


def _year(written: str, today: date, era: Era) -> int:
    year = int(written)
    if len(written) == len("2026"):
        return year
    century = today.year - today.year % 100
    behind = era is Era.PAST and century + year > today.year
    return century + year - (100 if behind else 0)


def _nearest(day: int, month: int, today: date, era: Era) -> date:
    this_year = date(today.year, month, day)
    if era is Era.PAST and this_year > today:
        return date(today.year - 1, month, day)
    if era is Era.COMING and this_year < today:
        return date(today.year + 1, month, day)
    return this_year
