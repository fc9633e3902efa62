"""The counters of failures, one transaction at a time across all workers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casework.accounts.models import ThrottleRow
from casework.accounts.throttle import Bucket, Counter


class Counters:
    """The counters of some buckets, held for the length of one transaction."""

    def __init__(
        self, session: Session, council_id: UUID, buckets: Sequence[Bucket], now: datetime
    ) -> None:
        """Lock the rows, always in the same order: two processes count one after the other."""
        self._session = session
        self._now = now
        _ensure(session, council_id, sorted(bucket.name for bucket in buckets), now)
        row, names = ThrottleRow, {bucket.name: bucket for bucket in buckets}
        statement = select(row).where(row.council_id == council_id, row.bucket.in_(names))
        held = session.scalars(statement.order_by(row.bucket).with_for_update())
        self._held = [(names[one.bucket], one) for one in held]

    def wait(self) -> int:
        """Return the seconds before the next attempt, the longest of all buckets."""
        waits = (_counter(row).wait(bucket.free, self._now) for bucket, row in self._held)
        return max(waits, default=0)

    def count(self) -> None:
        """Count one attempt in each bucket."""
        for _, row in self._held:
            counter = _counter(row).after(self._now)
            row.failures, row.last_at, row.told = counter.failures, counter.last_at, False

    def tell(self) -> bool:
        """Say whether this wait is news: the register hears once of each, however many knock."""
        news = not any(row.told for _, row in self._held)
        for _, row in self._held:
            row.told = True
        return news

    def forgive(self, buckets: Sequence[Bucket]) -> None:
        """Take one attempt back from some of them."""
        for bucket, row in self._held:
            if bucket in buckets:
                row.failures = max(0, row.failures - 1)

    def clear(self, bucket: Bucket) -> None:
        """Forget every attempt of one of them."""
        for one, row in self._held:
            if one == bucket:
                row.failures = 0


def delete_older(session: Session, council_id: UUID, moment: datetime) -> None:
    """Delete counters untouched since `moment`."""
    row = ThrottleRow
    session.execute(delete(row).where(row.council_id == council_id, row.last_at < moment))


def _ensure(session: Session, council_id: UUID, names: Sequence[bytes], now: datetime) -> None:
    """Make the rows that are missing, whoever makes them first."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgresql else sqlite.insert
    fresh = {"council_id": council_id, "failures": 0, "last_at": now, "told": False}
    rows = [{**fresh, "bucket": name} for name in names]
    session.execute(insert(ThrottleRow).values(rows).on_conflict_do_nothing())


def _counter(row: ThrottleRow) -> Counter:
    return Counter(row.failures, row.last_at)
