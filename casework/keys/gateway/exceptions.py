"""Exceptional accesses as stored, still to be checked against their seal; and their reviews."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from casework.keys.recovery.models import AccessReviewRow, ExceptionalAccessRow
from casework.keys.recovery.values import Exceptional, Review, Verdict, Why

Stored = tuple[Exceptional, bytes]
"""An exceptional access and its seal."""


def add(session: Session, access: Exceptional, seal: bytes) -> None:
    """Keep an exceptional access that was asked for."""
    session.add(
        ExceptionalAccessRow(
            council_id=access.council_id,
            id=access.id,
            case_id=access.case_id,
            organisation_id=access.organisation_id,
            member_id=access.member_id,
            why=access.why.value,
            lead_id=access.lead_id,
            asked_at=access.asked_at,
            granter_id=access.granter_id,
            from_at=access.from_at,
            until=access.until,
            seal=seal,
        )
    )
    session.flush()


def begin(session: Session, access: Exceptional, seal: bytes) -> None:
    """Write down that it is open, from when, until when and with whose keys."""
    session.execute(
        update(ExceptionalAccessRow)
        .where(*_this(access.council_id, access.id))
        .values(granter_id=access.granter_id, from_at=access.from_at, until=access.until, seal=seal)
    )


def one_of(session: Session, council_id: UUID, access_id: UUID) -> Stored | None:
    """Return an access, or None."""
    found = session.get(ExceptionalAccessRow, (council_id, access_id))
    return _loaded(found) if found else None


def of_reader(
    session: Session, place: tuple[UUID, UUID], case_id: UUID, now: datetime
) -> list[Stored]:
    """Return the open accesses of (council, member) to a case."""
    row = ExceptionalAccessRow
    mine = (row.council_id == place[0], row.member_id == place[1], row.case_id == case_id)
    return [_loaded(one) for one in session.scalars(select(row).where(*mine, row.until > now))]


def of_case(session: Session, council_id: UUID, case_id: UUID) -> list[Stored]:
    """Return the accesses to a case, the newest first."""
    row = ExceptionalAccessRow
    chosen = select(row).where(row.council_id == council_id, row.case_id == case_id)
    return [_loaded(one) for one in session.scalars(chosen.order_by(row.asked_at.desc()))]


def since(session: Session, council_id: UUID, moment: datetime) -> list[Stored]:
    """Return the accesses asked for since a moment, the newest first."""
    row = ExceptionalAccessRow
    chosen = select(row).where(row.council_id == council_id, row.asked_at >= moment)
    return [_loaded(one) for one in session.scalars(chosen.order_by(row.asked_at.desc()))]


def end_due(session: Session, council_id: UUID, now: datetime) -> int:
    """Write down the end of those that are over: rows are not seen for their sake any more."""
    row = ExceptionalAccessRow
    over = (row.council_id == council_id, row.ended_at.is_(None), row.until <= now)
    ended = session.execute(update(row).where(*over).values(ended_at=now).returning(row.id))
    return len(ended.all())


def any_due(session: Session, council_id: UUID, now: datetime) -> bool:
    """Say whether there is one whose end is not written down."""
    row = ExceptionalAccessRow
    over = (row.council_id == council_id, row.ended_at.is_(None), row.until <= now)
    return session.execute(select(row.id).where(*over).limit(1)).first() is not None


def reviews(session: Session, council_id: UUID, wanted: Collection[UUID]) -> dict[UUID, Review]:
    """Return what was said of some accesses."""
    row = AccessReviewRow
    chosen = select(row).where(row.council_id == council_id, row.access_id.in_(wanted))
    return {
        one.access_id: Review(one.reviewed_by, one.reviewed_at, Verdict(one.verdict))
        for one in session.scalars(chosen)
    }


def keep_review(session: Session, place: tuple[UUID, UUID], review: Review) -> None:
    """Keep what was said of (council, access). One is said once: the second is a `Conflict`."""
    session.add(
        AccessReviewRow(
            council_id=place[0],
            access_id=place[1],
            reviewed_by=review.by,
            reviewed_at=review.at,
            verdict=review.verdict.value,
        )
    )
    session.flush()


def forget(session: Session, council_id: UUID, cases: Collection[UUID]) -> None:
    """Delete every trace of the accesses to cases that are erased, but their leaves."""
    row = ExceptionalAccessRow
    chosen = (row.council_id == council_id, row.case_id.in_(cases))
    ids = select(row.id).where(*chosen)
    session.execute(
        delete(AccessReviewRow).where(
            AccessReviewRow.council_id == council_id, AccessReviewRow.access_id.in_(ids)
        ),
        execution_options={"synchronize_session": False},
    )
    session.execute(delete(row).where(*chosen), execution_options={"synchronize_session": False})


def _this(council_id: UUID, access_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return ExceptionalAccessRow.council_id == council_id, ExceptionalAccessRow.id == access_id


def _loaded(row: ExceptionalAccessRow) -> Stored:
    access = Exceptional(
        council_id=row.council_id,
        id=row.id,
        case_id=row.case_id,
        organisation_id=row.organisation_id,
        member_id=row.member_id,
        why=Why(row.why),
        lead_id=row.lead_id,
        asked_at=row.asked_at,
        granter_id=row.granter_id,
        from_at=row.from_at,
        until=row.until,
    )
    return access, row.seal
