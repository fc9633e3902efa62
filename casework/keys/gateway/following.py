"""Epochs that follow one another: who loses a key, which compartments wait for a new one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, and_, delete, func, select, update
from sqlalchemy.orm import Session

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
    """Ask for a new epoch of some compartments."""
    row = CompartmentRow
    mine = (row.council_id == council_id, row.id.in_(compartments), row.due_since.is_(None))
    marked = update(row).where(*mine).values(due_since=now)
    session.execute(marked, execution_options=_AT_ONCE)


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


def retire(session: Session, council_id: UUID, compartment_id: UUID) -> list[int]:
    """End the older epochs of a compartment: nothing is sealed under them; return which."""
    row = FormerEpochRow
    mine = (row.council_id == council_id, row.compartment_id == compartment_id)
    epochs = list(session.scalars(select(row.epoch).where(*mine)))
    for table in (RingRow, GrantRow):
        ended = delete(table).where(
            table.council_id == council_id,
            table.compartment_id == compartment_id,
            table.epoch.in_(epochs),
        )
        session.execute(ended, execution_options=_AT_ONCE)
    session.execute(delete(row).where(*mine), execution_options=_AT_ONCE)
    own = and_(CompartmentRow.council_id == council_id, CompartmentRow.id == compartment_id)
    session.execute(
        update(CompartmentRow).where(own).values(former_since=None), execution_options=_AT_ONCE
    )
    return epochs


def waiting(session: Session, council_id: UUID) -> tuple[int, int]:
    """Count the compartments that wait for a new epoch, and those not sealed anew yet."""
    row = CompartmentRow
    counted = select(func.count(row.due_since), func.count(row.former_since)).where(
        row.council_id == council_id, row.erasing_since.is_(None)
    )
    due, former = session.execute(counted).one()
    return due, former
