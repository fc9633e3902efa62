"""The counters of failures, one transaction at a time across all workers.

Statements are built once and asked of the connection itself: whoever signs in waits for them.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casework.accounts.models import ThrottleRow
from casework.accounts.throttle import Bucket, Counter
from casework.db.types import Blob, Id


class Counters:
    """The counters of some buckets, held for the length of one transaction."""

    def __init__(
        self, session: Session, council_id: UUID, buckets: Sequence[Bucket], now: datetime
    ) -> None:
        """Lock the rows, always in the same order: two processes count one after the other.

        Every row is there before the first is locked: whoever held one while making another could
        wait for somebody who holds that one, and who waits for theirs.
        """
        self._connection = session.connection()
        self._council_id = council_id
        self._now = now
        self._buckets = {bucket.name: bucket for bucket in buckets}
        self._told: dict[bytes, bool] = {}
        self._counters: dict[bytes, Counter] = {}
        missing = sorted(self._buckets.keys() - self._there())
        if missing:
            self._make(missing)
        self._lock()

    def wait(self) -> int:
        """Return the seconds before the next attempt, the longest of all buckets."""
        counters, buckets = self._counters, self._buckets
        waits = (one.wait(buckets[name].free, self._now) for name, one in counters.items())
        return max(waits, default=0)

    def count(self) -> None:
        """Count one attempt in each bucket."""
        for name, counter in self._counters.items():
            self._counters[name], self._told[name] = counter.after(self._now), False
        self._keep(self._counters)

    def tell(self) -> bool:
        """Say whether this wait is news: the register hears once of each, however many knock."""
        news = not any(self._told.values())
        if news:
            self._told = dict.fromkeys(self._told, True)
            self._keep(self._counters)
        return news

    def forgive(self, buckets: Sequence[Bucket]) -> None:
        """Take one attempt back from some of them."""
        forgiven = [one.name for one in buckets if one.name in self._counters]
        for name in forgiven:
            counter = self._counters[name]
            self._counters[name] = Counter(max(0, counter.failures - 1), counter.last_at)
        self._keep(forgiven)

    def clear(self, bucket: Bucket) -> None:
        """Forget every attempt of one of them."""
        self._counters[bucket.name] = Counter(0, self._counters[bucket.name].last_at)
        self._keep([bucket.name])

    def _there(self) -> set[bytes]:
        return set(self._connection.execute(_THERE, self._asked).scalars())

    @property
    def _asked(self) -> dict[str, Any]:
        return {"council": self._council_id, "names": list(self._buckets)}

    def _lock(self) -> None:
        for name, failures, last_at, told in self._connection.execute(_LOCK, self._asked):
            self._counters[name], self._told[name] = Counter(failures, last_at), told

    def _make(self, names: Sequence[bytes]) -> None:
        """Make the rows that are missing, whoever makes them first."""
        blank = {"council_id": self._council_id, "failures": 0, "last_at": self._now, "told": False}
        add = _ADD[self._connection.dialect.name]
        self._connection.execute(add, [{**blank, "bucket": name} for name in names])

    def _keep(self, names: Collection[bytes]) -> None:
        rows = [
            {
                "council": self._council_id,
                "name": name,
                "failures": self._counters[name].failures,
                "last_at": self._counters[name].last_at,
                "told": self._told[name],
            }
            for name in names
        ]
        if rows:
            self._connection.execute(_KEEP, rows)


def delete_older(session: Session, council_id: UUID, moment: datetime) -> None:
    """Delete counters untouched since `moment`."""
    row = ThrottleRow
    session.execute(delete(row).where(row.council_id == council_id, row.last_at < moment))


_THROTTLES: Final = cast("Table", ThrottleRow.__table__)
_COLUMNS: Final = _THROTTLES.c
_MINE: Final = _COLUMNS.council_id == bindparam("council", type_=Id)
_NAMED: Final = _COLUMNS.bucket.in_(bindparam("names", type_=Blob, expanding=True))
_THERE: Final = select(_COLUMNS.bucket).where(_MINE, _NAMED)
_LOCK: Final = (
    select(_COLUMNS.bucket, _COLUMNS.failures, _COLUMNS.last_at, _COLUMNS.told)
    .where(_MINE, _NAMED)
    .order_by(_COLUMNS.bucket)
    .with_for_update()
)
_ADD: Final[dict[str, Any]] = {
    "postgresql": postgresql.insert(_THROTTLES).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(_THROTTLES).on_conflict_do_nothing(),
}
_KEEP: Final = (
    update(_THROTTLES)
    .where(_MINE, _COLUMNS.bucket == bindparam("name", type_=Blob))
    .values(failures=bindparam("failures"), last_at=bindparam("last_at"), told=bindparam("told"))
)
