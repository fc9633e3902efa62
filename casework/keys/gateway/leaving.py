"""What an organisation that goes leaves behind: keys, and grants that it signed to others."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, literal, or_, select, update
from sqlalchemy.orm import Session, aliased

from casework.db.types import UtcDateTime
from casework.keys.models import CompartmentRow, GrantRow, RingRow

_AT_ONCE = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A grant on its way to a recipient, signed by somebody whose word will not count any more."""

    compartment_id: UUID
    epoch: int
    recipient_id: UUID
    expires_at: datetime | None


def unclaimed(
    session: Session, place: tuple[UUID, UUID], compartments: Collection[UUID] | None = None
) -> list[Unclaimed]:
    """Return grants signed by (council, organisation) and not taken in, of some compartments."""
    row = GrantRow
    mine = [row.council_id == place[0], row.granter_id == place[1], row.organisation_id != place[1]]
    if compartments is not None:
        mine.append(row.compartment_id.in_(compartments))
    columns = (row.compartment_id, row.epoch, row.organisation_id, row.expires_at)
    found = session.execute(select(*columns).where(*mine).order_by(*columns[:3]))
    return [Unclaimed(*one) for one in found]


def held_in_case(session: Session, place: tuple[UUID, UUID], case_id: UUID) -> list[UUID]:
    """Return the shared compartments of a case that (council, organisation) holds for good."""
    row = CompartmentRow
    chosen = select(row.id).where(
        row.council_id == place[0],
        row.case_id == case_id,
        _shared(place),
        _held(place, lent=False),
    )
    return list(session.scalars(chosen.order_by(row.id)))


def mark_all_due(session: Session, place: tuple[UUID, UUID], now: datetime) -> int:
    """Ask for a new epoch of every shared compartment that an organisation holds; count them."""
    return _mark(session, place, now, _shared(place))


def mark_everything_due(session: Session, place: tuple[UUID, UUID], now: datetime) -> int:
    """Do the same for its own compartments too: it stays, and somebody who held its key is gone."""
    return _mark(session, place, now)


def held_alone(
    session: Session, place: tuple[UUID, UUID], compartments: Collection[UUID] | None = None
) -> int:
    """Count the shared compartments whose newest key nobody else holds in a ring for good."""
    chosen = [] if compartments is None else [CompartmentRow.id.in_(compartments)]
    counted = select(func.count()).select_from(CompartmentRow).where(*_alone(place), *chosen)
    return session.scalar(counted) or 0


def held_last(
    session: Session,
    place: tuple[UUID, UUID],
    compartments: Collection[UUID],
    classes: Collection[str],
) -> frozenset[UUID]:
    """Return those of some compartments and classes of which that is so."""
    if not compartments or not classes:
        return frozenset()
    row = CompartmentRow
    chosen = (row.id.in_(compartments), row.compartment_class.in_(classes))
    return frozenset(session.scalars(select(row.id).where(*_alone(place), *chosen)))


def _alone(place: tuple[UUID, UUID]) -> tuple[ColumnElement[bool], ...]:
    row, other = CompartmentRow, aliased(RingRow)
    shared_with = exists().where(
        other.council_id == row.council_id,
        other.compartment_id == row.id,
        other.epoch == row.epoch,
        other.organisation_id != place[1],
        other.expires_at.is_(None),
    )
    mine = (row.council_id == place[0], row.erasing_since.is_(None), _shared(place), _held(place))
    return (*mine, ~shared_with)


def own(session: Session, place: tuple[UUID, UUID]) -> int:
    """Count the compartments that an organisation keeps for itself: nobody else opens them."""
    row = CompartmentRow
    mine = (row.council_id == place[0], row.organisation_id == place[1])
    counted = select(func.count()).select_from(row).where(*mine, row.erasing_since.is_(None))
    return session.scalar(counted) or 0


def take_all_keys(session: Session, place: tuple[UUID, UUID]) -> None:
    """Take every key from (council, organisation)."""
    for table in (RingRow, GrantRow):
        mine = (table.council_id == place[0], table.organisation_id == place[1])
        session.execute(delete(table).where(*mine), execution_options=_AT_ONCE)


def _mark(
    session: Session, place: tuple[UUID, UUID], now: datetime, *chosen: ColumnElement[bool]
) -> int:
    row = CompartmentRow
    mine = (row.council_id == place[0], row.erasing_since.is_(None), _held(place), *chosen)
    marked = (
        update(row)
        .where(*mine)
        .values(due_since=func.coalesce(row.due_since, literal(now, UtcDateTime())))
    )
    return session.connection().execute(marked).rowcount


def _shared(place: tuple[UUID, UUID]) -> ColumnElement[bool]:
    row = CompartmentRow
    return or_(row.organisation_id.is_(None), row.organisation_id != place[1])


def _held(place: tuple[UUID, UUID], *, lent: bool = True) -> ColumnElement[bool]:
    def one(table: type[RingRow | GrantRow]) -> Any:
        found = exists().where(
            table.council_id == CompartmentRow.council_id,
            table.compartment_id == CompartmentRow.id,
            table.organisation_id == place[1],
        )
        return found if lent else found.where(table.expires_at.is_(None))

    return or_(one(RingRow), one(GrantRow))
