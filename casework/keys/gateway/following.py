"""Epochs that follow one another: who loses a key, which compartments wait for a new one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Delete,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from casework.crypto.encoding import u32
from casework.crypto.envelope import EPOCH
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.listed import Listed
from casework.db.types import Blob, Id, UtcDateTime
from casework.keys.models import CompartmentRow, FormerEpochRow, GrantRow, RingRow
from casework.keys.values import HeldKey

_AT_ONCE = {"synchronize_session": False}


def take_keys(session: Session, place: tuple[UUID, UUID], compartments: Sequence[UUID]) -> None:
    """Take the keys of some compartments, of every epoch, from (council, organisation)."""
    for table in (RingRow, GrantRow):
        mine = (table.council_id == place[0], table.organisation_id == place[1])
        taken = delete(table).where(*mine, table.compartment_id.in_(compartments))
        session.execute(taken, execution_options=_AT_ONCE)


def mark_due(
    session: Session, council_id: UUID, compartments: Sequence[UUID], now: datetime
) -> None:
    """Ask for a new epoch of some compartments, and let nobody draw one before the commit."""
    row = CompartmentRow
    mine = (row.council_id == council_id, row.id.in_(compartments))
    marked = (
        update(row)
        .where(*mine)
        .values(due_since=func.coalesce(row.due_since, literal(now, UtcDateTime())))
    )
    session.execute(marked, execution_options=_AT_ONCE)


def stand_still(session: Session, held: Sequence[HeldKey]) -> bool:
    """Keep compartments at their epochs until the commit; False when one has moved on.

    A key sealed with, or handed over, is the newest one then. SQLite has one writer at a time.
    """
    if session.get_bind().dialect.name != "postgresql":
        return True
    epochs = {key.compartment_id: key.epoch for key in held}
    if not epochs:
        return True
    session.flush()
    asked = {"council": held[0].council_id, "compartments": epochs}
    return dict(_STANDING_STILL.all(connection_of(session), asked)) == epochs


# Built once, and given to the driver: each contribution waits for the answer.
_STANDING_STILL: Final = Direct(
    select(CompartmentRow.id, CompartmentRow.epoch)
    .where(CompartmentRow.council_id == bindparam("council", type_=Id))
    .where(Listed(CompartmentRow.id, "compartments"))
    .order_by(CompartmentRow.id)
    .with_for_update(read=True)
)


def take_up(session: Session, council_id: UUID, compartments: Sequence[UUID]) -> list[UUID]:
    """Lock compartments and return them; those that another has in hand are passed over."""
    row = CompartmentRow
    mine = (row.council_id == council_id, row.id.in_(compartments), row.erasing_since.is_(None))
    chosen = select(row.id).where(*mine).order_by(row.id)
    return list(session.scalars(chosen.with_for_update(skip_locked=True)))


def advance(session: Session, held: HeldKey, pinned: bytes, now: datetime) -> bool:
    """Move a compartment from the epoch of `held` to the next; False when it moved already."""
    row = CompartmentRow
    mine = (row.council_id == held.council_id, row.id == held.compartment_id)
    moved = (
        update(row)
        .where(*mine, row.epoch == held.epoch, row.erasing_since.is_(None))
        .values(epoch=held.epoch + 1, commitment=pinned, due_since=None, former_since=now)
    )
    done: CursorResult[Any] = session.connection().execute(moved)
    if done.rowcount != 1:
        return False
    session.add(
        FormerEpochRow(
            council_id=held.council_id,
            compartment_id=held.compartment_id,
            epoch=held.epoch,
            commitment=held.commitment,
        )
    )
    session.flush()
    return True


def retire(
    session: Session, council_id: UUID, compartments: Sequence[UUID]
) -> dict[UUID, list[int]]:
    """End the older epochs of compartments: nothing is sealed under them; return which."""
    row, ended = FormerEpochRow, dict[UUID, list[int]]()
    mine = (row.council_id == council_id, row.compartment_id.in_(compartments))
    for one, epoch in session.execute(select(row.compartment_id, row.epoch).where(*mine)):
        ended.setdefault(one, []).append(epoch)
    for table in (RingRow, GrantRow):
        session.execute(
            _of_ended_epochs(table, council_id, compartments), execution_options=_AT_ONCE
        )
    session.execute(delete(row).where(*mine), execution_options=_AT_ONCE)
    own = and_(CompartmentRow.council_id == council_id, CompartmentRow.id.in_(compartments))
    session.execute(
        update(CompartmentRow).where(own).values(former_since=None), execution_options=_AT_ONCE
    )
    return ended


def _of_ended_epochs(
    table: type[RingRow | GrantRow], council_id: UUID, compartments: Sequence[UUID]
) -> Delete:
    ended = exists().where(
        FormerEpochRow.council_id == table.council_id,
        FormerEpochRow.compartment_id == table.compartment_id,
        FormerEpochRow.epoch == table.epoch,
    )
    mine = (table.council_id == council_id, table.compartment_id.in_(compartments))
    return delete(table).where(*mine, ended)


def living(
    session: Session, council_id: UUID, compartments: Sequence[UUID]
) -> dict[UUID, tuple[int, frozenset[int]]]:
    """Return the epoch of compartments, with the older ones that something may be sealed under."""
    row, former = CompartmentRow, FormerEpochRow
    mine = (row.council_id == council_id, row.id.in_(compartments))
    same = and_(former.council_id == row.council_id, former.compartment_id == row.id)
    statement: Select[*tuple[Any, ...]] = (
        select(row.id, row.epoch, former.epoch).outerjoin(former, same).where(*mine)
    )
    found: dict[UUID, tuple[int, frozenset[int]]] = {}
    for one, epoch, older in session.execute(statement):
        known = found.get(one, (epoch, frozenset()))[1]
        found[one] = (epoch, known if older is None else known | {older})
    return found


def sealed_before(column: Any, epoch: int) -> ColumnElement[bool]:
    """Return the condition that a sealed column holds a value of another epoch than this."""
    at, length = EPOCH.start + 1, EPOCH.stop - EPOCH.start
    stored: ColumnElement[bytes] = func.substr(column, at, length, type_=Blob)
    return and_(column.is_not(None), stored != u32(epoch))


def is_of(sealed: bytes, epoch: int) -> bool:
    """Say whether a sealed value is one of an epoch."""
    return sealed[EPOCH] == u32(epoch)


def progress(session: Session, place: tuple[UUID, UUID]) -> tuple[int, int]:
    """Count the compartments in the ring of (council, organisation), and those not sealed anew."""
    ring, row = RingRow, CompartmentRow
    same = and_(row.council_id == ring.council_id, row.id == ring.compartment_id)
    waits = or_(row.due_since.is_not(None), row.former_since.is_not(None))
    mine = (ring.council_id == place[0], ring.organisation_id == place[1])
    counted = select(
        func.count(ring.compartment_id.distinct()),
        func.count(case((waits, ring.compartment_id)).distinct()),
    )
    held, left = session.execute(
        counted.join(row, same).where(*mine, row.erasing_since.is_(None))
    ).one()
    return held, left


def epochs(session: Session, council_id: UUID) -> dict[int, int]:
    """Count the compartments of each epoch: all but the first were drawn after somebody left."""
    row = CompartmentRow
    counted = select(row.epoch, func.count()).where(row.council_id == council_id)
    found = session.execute(counted.group_by(row.epoch).order_by(row.epoch))
    return {epoch: parts for epoch, parts in found}  # noqa: C416 - rows are no pairs


def waiting(session: Session, council_id: UUID) -> tuple[int, int]:
    """Count the compartments that wait for a new epoch, and those not sealed anew yet."""
    row = CompartmentRow
    counted = select(func.count(row.due_since), func.count(row.former_since)).where(
        row.council_id == council_id, row.erasing_since.is_(None)
    )
    due, former = session.execute(counted).one()
    return due, former
