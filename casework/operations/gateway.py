"""Loads and saves when the regular jobs are due. Several machines may tick at once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casework.operations.models import JobRow


def take(session: Session, job: tuple[UUID, str], now: datetime, until: datetime) -> bool:
    """Take (council, kind) until a moment if it is due and nobody holds it; say whether."""
    _ensure(session, job, now)
    free = (JobRow.due_at <= now, JobRow.lease_until <= now)
    taken = session.execute(
        update(JobRow).where(_is(job), *free).values(lease_until=until).returning(JobRow.kind)
    )
    return taken.first() is not None


def give_back(session: Session, job: tuple[UUID, str], now: datetime, due_at: datetime) -> None:
    """Say when a job that ran is due again."""
    session.execute(update(JobRow).where(_is(job)).values(due_at=due_at, lease_until=now))


def hurry(session: Session, job: tuple[UUID, str], now: datetime) -> None:
    """Say that a job is due now; one that never ran is anyway."""
    session.execute(update(JobRow).where(_is(job), JobRow.due_at > now).values(due_at=now))


def _ensure(session: Session, job: tuple[UUID, str], now: datetime) -> None:
    """Make the row that is missing, whoever makes it first."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if on_postgresql else sqlite.insert
    council_id, kind = job
    fresh = {"council_id": council_id, "kind": kind, "due_at": now, "lease_until": now}
    session.execute(insert(JobRow).values(fresh).on_conflict_do_nothing())


def _is(job: tuple[UUID, str]) -> ColumnElement[bool]:
    council_id, kind = job
    return and_(JobRow.council_id == council_id, JobRow.kind == kind)
