"""How long lines are kept: arithmetic of dates, and what no charter may exceed.

Days and months are those of UTC, as the keys of the parts are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from casework.audit.tree import HASH, peak_places
from casework.moments import from_micros, to_micros
from casework.months import latest_start, months_after

SHORTEST: Final = 6
USUAL: Final = 12
LONGEST: Final = 36
"""Months (CNIL, délibération 2021-122 of 14 October 2021): six to twelve; up to three years where
the log serves to find misuse, with a reason. No charter goes below or beyond."""

BLOCK: Final = 256
"""Lines are pruned by whole blocks of so many."""

_ONE_DAY: Final = timedelta(days=1)
_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """For how many months lines tell all they hold, and for how many they are kept."""

    searchable: int = USUAL
    kept: int = USUAL
    article: str | None = None


def widest(terms: Iterable[Terms]) -> Terms:
    """Return what several charters of one register need together, within the ceiling.

    The longest of each wins: a line may concern any of them. The article is that of the longest
    keeping. Without a charter nothing justifies more than the usual year.
    """
    found = list(terms)
    if not found:
        return Terms()
    longest = max(found, key=lambda one: one.kept)
    searchable = _bounded(max(one.searchable for one in found), USUAL)
    return Terms(searchable, _bounded(longest.kept, LONGEST), longest.article)


def _bounded(months: int, most: int) -> int:
    return min(max(months, SHORTEST), most)


def cutoff(now: datetime, months: int) -> int:
    """Return, in microseconds, the moment before which lines are due after so many months."""
    last = latest_start(now.astimezone(UTC).date(), months)
    return to_micros(datetime.combine(last + _ONE_DAY, time(), UTC))


def due_on(at: int, months: int) -> date:
    """Return the first day on which a line made at a moment is due."""
    return months_after(from_micros(at).date(), months)


def months_over(months: Iterable[int], before: int) -> list[int]:
    """Return those of the calendar months (202611) that end before a moment."""
    return [one for one in sorted(months) if span_of(one)[1] <= before]


def span_of(month: int) -> tuple[int, int]:
    """Return the first moment of a month and that of the next, in microseconds."""
    year, number = divmod(month, 100)
    following = (year + number // _DECEMBER, number % _DECEMBER + 1)
    first, end = (datetime(*one, 1, tzinfo=UTC) for one in ((year, number), following))
    return to_micros(first), to_micros(end)


def covering(first: int, frontier: bytes) -> dict[tuple[int, int], bytes]:
    """Return, by (level, index), the nodes that stand for the first lines."""
    hashes = [frontier[at : at + HASH] for at in range(0, len(frontier), HASH)]
    return dict(zip(peak_places(first), hashes, strict=True))
