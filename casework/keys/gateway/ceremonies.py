"""Loads and saves ceremonies as stored: still to be checked against their seal."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from casework.keys.recovery.models import CeremonyAnswerRow, CeremonyRow
from casework.keys.recovery.values import Ceremony, Kind, Subject, Why

Stored = tuple[Ceremony, bytes]
"""A ceremony and its seal."""


def add(session: Session, ceremony: Ceremony, seal: bytes) -> None:
    """Keep a ceremony that somebody asked for."""
    asked = ceremony.subject
    session.add(
        CeremonyRow(
            council_id=ceremony.council_id,
            id=ceremony.id,
            escrow_id=ceremony.escrow_id,
            kind=asked.kind.value,
            why=asked.why.value,
            organisation_id=asked.organisation_id,
            member_id=asked.member_id,
            member_public=asked.member_public,
            case_id=asked.case_id,
            borrower_id=asked.borrower_id,
            minutes=asked.minutes,
            asked_by=ceremony.asked_by,
            asked_at=ceremony.asked_at,
            ends_at=ceremony.ends_at,
            seal=seal,
        )
    )
    session.flush()


def one_of(
    session: Session, council_id: UUID, ceremony_id: UUID, *, lock: bool = False
) -> Stored | None:
    """Return a ceremony; with `lock` two custodians answer one after the other."""
    place = (council_id, ceremony_id)
    row = session.get(CeremonyRow, place, with_for_update=lock, populate_existing=True)
    return None if row is None else _loaded(row)


def waiting(session: Session, council_id: UUID, escrow_id: UUID, now: datetime) -> list[Stored]:
    """Return the ceremonies of an escrow that can still be answered, the newest first."""
    row = CeremonyRow
    return _found(
        session, council_id, row.escrow_id == escrow_id, row.done_at.is_(None), row.ends_at > now
    )


def done_since(session: Session, council_id: UUID, moment: datetime) -> list[Stored]:
    """Return the ceremonies done since a moment, the newest first."""
    return _found(session, council_id, CeremonyRow.done_at >= moment)


def finish(session: Session, ceremony: Ceremony, now: datetime) -> None:
    """End a ceremony and forget what its cards gave."""
    row = CeremonyRow
    own = (row.council_id == ceremony.council_id, row.id == ceremony.id)
    session.execute(update(row).where(*own).values(done_at=now))
    answer = CeremonyAnswerRow
    given = (answer.council_id == ceremony.council_id, answer.ceremony_id == ceremony.id)
    session.execute(delete(answer).where(*given))


def keep_answer(
    session: Session, ceremony: Ceremony, place: int, sealed: bytes, now: datetime
) -> None:
    """Keep, or replace, what the card at `place` gave."""
    session.merge(
        CeremonyAnswerRow(
            council_id=ceremony.council_id,
            ceremony_id=ceremony.id,
            place=place,
            sealed=sealed,
            given_at=now,
        )
    )
    session.flush()


def answers(session: Session, ceremony: Ceremony) -> dict[int, bytes]:
    """Return what the cards gave so far, by place."""
    row = CeremonyAnswerRow
    mine = (row.council_id == ceremony.council_id, row.ceremony_id == ceremony.id)
    return dict(session.execute(select(row.place, row.sealed).where(*mine)).all())


def forget_answers(session: Session, council_id: UUID, now: datetime) -> None:
    """Delete what cards gave to ceremonies whose half hour is over."""
    row, ceremony = CeremonyAnswerRow, CeremonyRow
    over = select(ceremony.id).where(ceremony.council_id == council_id, ceremony.ends_at <= now)
    session.execute(
        delete(row).where(row.council_id == council_id, row.ceremony_id.in_(over)),
        execution_options={"synchronize_session": False},
    )


def _found(session: Session, council_id: UUID, *chosen: ColumnElement[bool]) -> list[Stored]:
    row = CeremonyRow
    statement = select(row).where(row.council_id == council_id, *chosen)
    return [_loaded(one) for one in session.scalars(statement.order_by(row.asked_at.desc()))]


def _loaded(row: CeremonyRow) -> Stored:
    subject = Subject(
        kind=Kind(row.kind),
        why=Why(row.why),
        organisation_id=row.organisation_id,
        member_id=row.member_id,
        member_public=row.member_public,
        case_id=row.case_id,
        borrower_id=row.borrower_id,
        minutes=row.minutes,
    )
    ceremony = Ceremony(
        council_id=row.council_id,
        id=row.id,
        escrow_id=row.escrow_id,
        subject=subject,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        ends_at=row.ends_at,
        done_at=row.done_at,
    )
    return ceremony, row.seal
