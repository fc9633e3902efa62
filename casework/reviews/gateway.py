"""The one door to the rows of access reviews."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from casework.errors import Conflict
from casework.reviews.models import PresenceLineRow, PresenceReviewRow
from casework.reviews.values import Review, ReviewState, Said

_ROW: Final = PresenceReviewRow
_LINE: Final = PresenceLineRow


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body says, by whom, when, and where that leads."""

    by: UUID
    at: datetime
    said: Mapping[UUID, Said]
    state: ReviewState


def open_review(session: Session, council_id: UUID, review: Review) -> None:
    """Keep a new question."""
    session.add(
        PresenceReviewRow(
            council_id=council_id,
            id=review.id,
            organisation_id=review.organisation_id,
            opened_on=review.opened_on,
            due_on=review.due_on,
            state=review.state.value,
            version=review.version,
        )
    )
    session.flush()


def newest_of(session: Session, council_id: UUID, organisation_id: UUID) -> Review | None:
    """Return the newest review of a body."""
    mine = select(_ROW).where(
        _ROW.council_id == council_id, _ROW.organisation_id == organisation_id
    )
    row = session.scalars(mine.order_by(_ROW.opened_on.desc()).limit(1)).first()
    return None if row is None else _review(row, _said(session, council_id, [row.id]))


def review_of(session: Session, council_id: UUID, review_id: UUID) -> Review | None:
    """Return a review by its id."""
    row = session.get(PresenceReviewRow, (council_id, review_id))
    return None if row is None else _review(row, _said(session, council_id, [review_id]))


def newest(session: Session, council_id: UUID) -> list[Review]:
    """Return the newest review of every body."""
    last = (
        select(_ROW.organisation_id, func.max(_ROW.opened_on).label("opened_on"))
        .where(_ROW.council_id == council_id)
        .group_by(_ROW.organisation_id)
        .subquery()
    )
    same = (_ROW.organisation_id == last.c.organisation_id, _ROW.opened_on == last.c.opened_on)
    found = session.scalars(
        select(_ROW).join(last, same[0] & same[1]).where(_ROW.council_id == council_id)
    )
    rows = list(found)
    said = _said(session, council_id, [row.id for row in rows])
    return [_review(row, said) for row in rows]


def awaiting(session: Session, council_id: UUID) -> int:
    """Count the answers that somebody else has yet to confirm."""
    mine = (_ROW.council_id == council_id, _ROW.state == ReviewState.AWAITING.value)
    return session.scalar(select(func.count()).select_from(_ROW).where(*mine)) or 0


def keep_answer(session: Session, council_id: UUID, review: Review, answer: Answer) -> None:
    """Keep an answer, once. Raises `Conflict` when somebody answered meanwhile."""
    _change(
        session,
        council_id,
        review,
        state=answer.state.value,
        answered_at=answer.at,
        answered_by=answer.by,
    )
    mine = (_LINE.council_id == council_id, _LINE.review_id == review.id)
    session.execute(delete(_LINE).where(*mine))
    session.add_all(
        PresenceLineRow(council_id=council_id, review_id=review.id, member_id=one, said=said.value)
        for one, said in answer.said.items()
    )
    session.flush()


def keep_confirmation(session: Session, council_id: UUID, review: Review, by: UUID | None) -> None:
    """Keep that somebody else confirmed. Raises `Conflict` when it changed meanwhile."""
    done = ReviewState.DONE.value
    _change(session, council_id, review, state=done, confirmed_by=by)


def keep_reminder(session: Session, council_id: UUID, review: Review, day: date) -> None:
    """Keep that a body was reminded."""
    _change(session, council_id, review, reminded_on=day)


def keep_suspension(session: Session, council_id: UUID, review: Review, day: date) -> None:
    """Keep that a body was suspended."""
    _change(session, council_id, review, suspended_on=day)


def forget(session: Session, council_id: UUID, until: date) -> int:
    """Delete the reviews opened until a day; count them."""
    old = select(_ROW.id).where(_ROW.council_id == council_id, _ROW.opened_on <= until)
    session.execute(delete(_LINE).where(_LINE.council_id == council_id, _LINE.review_id.in_(old)))
    gone = delete(_ROW).where(_ROW.council_id == council_id, _ROW.opened_on <= until)
    return session.connection().execute(gone).rowcount


def _change(session: Session, council_id: UUID, review: Review, **values: Any) -> None:
    as_seen = (_ROW.council_id == council_id, _ROW.id == review.id, _ROW.version == review.version)
    changed = update(_ROW).where(*as_seen).values(**values, version=review.version + 1)
    if session.connection().execute(changed).rowcount == 0:
        raise Conflict


def _said(session: Session, council_id: UUID, ids: Iterable[UUID]) -> dict[UUID, dict[UUID, Said]]:
    found = session.execute(
        select(_LINE.review_id, _LINE.member_id, _LINE.said)
        .where(_LINE.council_id == council_id, _LINE.review_id.in_(list(ids)))
        .order_by(_LINE.review_id, _LINE.member_id)
    )
    said: dict[UUID, dict[UUID, Said]] = {}
    for review_id, member_id, word in found:
        said.setdefault(review_id, {})[member_id] = Said(word)
    return said


def _review(row: PresenceReviewRow, said: Mapping[UUID, Mapping[UUID, Said]]) -> Review:
    return Review(
        id=row.id,
        organisation_id=row.organisation_id,
        opened_on=row.opened_on,
        due_on=row.due_on,
        state=ReviewState(row.state),
        version=row.version,
        reminded_on=row.reminded_on,
        suspended_on=row.suspended_on,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        said=said.get(row.id, {}),
    )
