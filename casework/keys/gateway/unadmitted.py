"""Rows of before there were admissions: found once, tried, and admitted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, select, update
from sqlalchemy.orm import Session

from casework.keys.gateway import Grant
from casework.keys.models import CompartmentRow, FormerEpochRow, GrantRow, RingRow
from casework.keys.values import HeldKey

_Table = type[RingRow | GrantRow]


@dataclass(frozen=True, slots=True)
class Held:
    """A key that a row of a table says an organisation holds, and until when."""

    table: _Table
    key: HeldKey
    organisation_id: UUID
    expires_at: datetime | None


def rings(session: Session, council_id: UUID) -> list[Held]:
    """Return ring entries without an admission."""
    more = (RingRow.version, RingRow.entry)
    found = session.execute(_without(RingRow, council_id, more)).all()
    return [_held(RingRow, council_id, row, version=row[8], entry=row[9]) for row in found]


def grants(session: Session, council_id: UUID) -> list[tuple[Held, Grant]]:
    """Return grants without an admission."""
    row = GrantRow
    more = (row.wrapped, row.granter_id, row.granter_version, row.signature, row.granted_at)
    found = session.execute(_without(row, council_id, more)).all()
    return [(_held(row, council_id, one), Grant(*one[8:])) for one in found]


def admit(session: Session, held: Held, admission: bytes) -> None:
    """Keep what admits somebody."""
    key = held.key
    place = (key.council_id, held.organisation_id, key.compartment_id, key.epoch)
    row = held.table
    own = (row.council_id, row.organisation_id, row.compartment_id, row.epoch)
    chosen = [column == value for column, value in zip(own, place, strict=True)]
    session.execute(update(row).where(*chosen).values(admission=admission))


def _without(table: _Table, council_id: UUID, more: Iterable[Any]) -> Select[*tuple[Any, ...]]:
    former = FormerEpochRow
    of_compartment = and_(
        CompartmentRow.council_id == table.council_id, CompartmentRow.id == table.compartment_id
    )
    of_epoch = and_(
        former.council_id == table.council_id,
        former.compartment_id == table.compartment_id,
        former.epoch == table.epoch,
    )
    newest = CompartmentRow.epoch == table.epoch
    pinned = case((newest, CompartmentRow.commitment), else_=former.commitment)
    columns = (
        table.organisation_id,
        table.expires_at,
        CompartmentRow.id,
        CompartmentRow.case_id,
        CompartmentRow.compartment_class,
        table.epoch,
        pinned,
        CompartmentRow.person_id,
    )
    return (
        select(*columns, *more)
        .join(CompartmentRow, of_compartment)
        .outerjoin(former, of_epoch)
        .where(table.council_id == council_id, table.admission.is_(None))
        .where(newest | former.epoch.is_not(None))
    )


def _held(table: _Table, council_id: UUID, row: Any, **more: Any) -> Held:
    key = HeldKey(
        council_id=council_id,
        compartment_id=row[2],
        case_id=row[3],
        compartment_class=row[4],
        person_id=row[7],
        organisation_id=None,
        epoch=row[5],
        commitment=row[6],
        **more,
    )
    return Held(table, key, row[0], row[1])
