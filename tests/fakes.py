"""The edges, made repeatable: a clock that stands still and an entropy that counts."""

import hashlib
from datetime import UTC, datetime, timedelta


class FixedClock:
    """A clock that moves only when told."""

    def __init__(self, start: datetime | None = None) -> None:
        """Start at `start`, by default a Monday morning of the invented world."""
        self._now = start or datetime(2026, 11, 23, 8, 30, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the same moment until advanced."""
        return self._now

    def advance(self, **distance: float) -> None:
        """Move by keyword arguments of `timedelta`."""
        self._now += timedelta(**distance)


class CountingEntropy:
    """Bytes that look random, never repeat, and are the same in every run."""

    def __init__(self, seed: int = 0) -> None:
        """Different seeds give different streams."""
        self._seed = seed
        self._calls = 0

    def bytes(self, count: int) -> bytes:
        """Return the next `count` bytes of the stream."""
        self._calls += 1
        label = f"{self._seed}:{self._calls}".encode()
        return hashlib.shake_256(label).digest(count)
