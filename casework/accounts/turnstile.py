"""Counts attempts before they are tried, for all workers together, without a leaf of its own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from casework.accounts.gateway.counters import Counters
from casework.accounts.throttle import (
    Attempt,
    Bucket,
    buckets_of,
    network_bucket,
)
from casework.clock import Clock
from casework.db.engine import Database, Scope


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds before the next attempt; `news` when the register has not heard of it yet."""

    seconds: int
    news: bool = False

    def __bool__(self) -> bool:
        """Say whether one has to wait at all."""
        return self.seconds > 0


@dataclass(frozen=True, slots=True)
class Turnstile:
    """Lets an attempt through, or says how long to wait."""

    database: Database
    council_id: UUID
    clock: Clock
    key: bytes = field(repr=False)

    def enter(self, attempt: Attempt) -> Wait:
        """Count the attempt and let it through, or refuse it without counting it."""
        with self._counters(buckets_of(attempt, self.key)) as counters:
            seconds = counters.wait()
            if seconds:
                return Wait(seconds, counters.tell())
            counters.count()
            return Wait(0)

    def take_back(self, attempt: Attempt) -> None:
        """Uncount an attempt that could not be tried for a reason of ours."""
        with self._counters(buckets_of(attempt, self.key)) as counters:
            counters.forgive(buckets_of(attempt, self.key))

    def passed(self, attempt: Attempt) -> None:
        """Uncount a right answer that another must follow: its network has failed nothing.

        The account keeps counting, so that nobody tries codes without end behind one password.
        """
        shared = buckets_of(attempt, self.key)[1:]
        if shared:
            with self._counters(shared) as counters:
                counters.forgive(shared)

    def succeeded(self, attempt: Attempt) -> None:
        """Forget the failures of this account or device; a network keeps those of others."""
        own, *shared = buckets_of(attempt, self.key)
        # Held together: locked one after the other they could wait for each other's.
        with self._counters([own, *shared]) as counters:
            counters.clear(own)
            counters.forgive(shared)

    def network_tag(self, attempt: Attempt) -> str:
        """Return how the register names a network: a keyed code, never an address."""
        return network_bucket(attempt, self.key).name[:8].hex()

    @contextmanager
    def _counters(self, buckets: Sequence[Bucket]) -> Iterator[Counters]:
        with self.database.writing(Scope(self.council_id)) as session:
            yield Counters(session, self.council_id, buckets, self.clock.now())
