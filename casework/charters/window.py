"""From which day to which a charter, or one of its rules, holds."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """Two days, both included; None is without end on that side."""

    first: date | None = None
    last: date | None = None

    @property
    def is_backwards(self) -> bool:
        """Say whether the end precedes the start: then it holds on no day."""
        return self.first is not None and self.last is not None and self.last < self.first

    def holds(self, day: date) -> bool:
        """Say whether `day` is in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def meets(self, other: "Window") -> bool:
        """Say whether some day is in both."""
        starts = [one.first for one in (self, other) if one.first is not None]
        ends = [one.last for one in (self, other) if one.last is not None]
        return not starts or not ends or max(starts) <= min(ends)

    def turns(self) -> list[date]:
        """Return the days on which it begins to hold, or has just ceased to."""
        after = [] if self.last in (None, date.max) else [self.last + timedelta(days=1)]
        return after if self.first is None else [self.first, *after]


ANY_DAY = Window()
