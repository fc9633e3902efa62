"""Takes keys inside the unit of work that they belong to, and finds what was done with them."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from casework.errors import AlreadyRunning
from casework.idempotency.models import RepeatRow
from casework.idempotency.values import Taking
from casework.web.api.repeats import Answer

Owner = tuple[UUID, UUID]
"""A council and one of its members: nobody meets the keys of somebody else."""


def find(session: Session, owner: Owner, key: UUID, now: datetime) -> tuple[bytes, Answer] | None:
    """Return the digest and the answer of a key still kept."""
    row = session.get(RepeatRow, (*owner, key))
    if row is None or row.kept_until <= now:
        return None
    return row.digest, Answer(row.status, row.made_id, row.number)


def take(session: Session, owner: Owner, taking: Taking, now: datetime) -> None:
    """Take a key before the work begins; raise `AlreadyRunning` when another request just did.

    Of two requests at once the second waits here, where it holds nothing yet, until the first
    has committed.
    """
    council_id, member_id = owner
    _forget(session, owner, now)
    session.add(
        RepeatRow(
            council_id=council_id,
            member_id=member_id,
            key=taking.key,
            route=taking.route,
            digest=taking.digest,
            status=taking.status,
            kept_until=taking.until,
        )
    )
    try:
        session.flush()
    except IntegrityError:
        raise AlreadyRunning from None


def settle(session: Session, owner: Owner, key: UUID, answer: Answer) -> None:
    """Keep what the work made, in the transaction that made it."""
    row = session.get_one(RepeatRow, (*owner, key))
    row.made_id, row.number = answer.made_id, answer.number


def purge(session: Session, council_id: UUID, now: datetime) -> int:
    """Forget every key that is over; return how many."""
    row = RepeatRow
    over = delete(row).where(row.council_id == council_id, row.kept_until <= now)
    return cast("CursorResult[Any]", session.execute(over)).rowcount


def _forget(session: Session, owner: Owner, now: datetime) -> None:
    row, (council_id, member_id) = RepeatRow, owner
    chosen = (row.council_id == council_id, row.member_id == member_id, row.kept_until <= now)
    session.execute(delete(row).where(*chosen))
