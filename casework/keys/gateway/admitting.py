"""Who holds a key, as rows say it: each with the admission that is still to be checked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, delete, or_, select, union_all
from sqlalchemy.orm import Session

from casework.db.types import Id
from casework.keys.models import CompartmentRow, GrantRow, RingRow
from casework.keys.values import HeldKey

_TABLES = (RingRow, GrantRow)
_AT_ONCE = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Holding:
    """An organisation that a row calls the holder of a key; `expires_at` when it is lent."""

    organisation_id: UUID
    expires_at: datetime | None
    admission: bytes | None


def holdings(session: Session, key: HeldKey) -> list[Holding]:
    """Return who holds, or is about to hold, one epoch of a compartment, as stored."""
    return _found(session, key, _HOLDINGS)


def kept(session: Session, key: HeldKey) -> list[Holding]:
    """Return whose ring holds one epoch of a compartment, as stored."""
    return _found(session, key, _KEPT)


def admissions_of(
    session: Session, place: tuple[UUID, UUID], compartments: Collection[UUID]
) -> list[bytes]:
    """Return the admissions of (council, organisation) to some compartments, of every epoch."""
    found: list[bytes] = []
    for table in _TABLES:
        mine = (table.council_id == place[0], table.organisation_id == place[1])
        chosen = (*mine, table.compartment_id.in_(compartments), table.admission.is_not(None))
        found += [one for one in session.scalars(select(table.admission).where(*chosen)) if one]
    return found


def clear(session: Session, key: HeldKey, organisations: Collection[UUID]) -> None:
    """Make room for organisations about to be admitted: loans end, planted rows go."""
    for table in _TABLES:
        mine = (
            table.council_id == key.council_id,
            table.compartment_id == key.compartment_id,
            table.organisation_id.in_(organisations),
        )
        ended = or_(table.expires_at.is_not(None), table.epoch == key.epoch)
        session.execute(delete(table).where(*mine, ended), execution_options=_AT_ONCE)
    for row in session.identity_map.values():
        if isinstance(row, _TABLES):
            session.expire(row)


def every(session: Session, council_id: UUID) -> list[tuple[HeldKey, Holding]]:
    """Return every holder of the newest key of each living compartment, as stored."""
    columns = (
        CompartmentRow.id,
        CompartmentRow.case_id,
        CompartmentRow.compartment_class,
        CompartmentRow.person_id,
        CompartmentRow.organisation_id,
        CompartmentRow.epoch,
        CompartmentRow.commitment,
    )
    found: list[tuple[HeldKey, Holding]] = []
    for table in _TABLES:
        holder = (table.organisation_id, table.expires_at, table.admission)
        same = and_(
            table.council_id == CompartmentRow.council_id,
            table.compartment_id == CompartmentRow.id,
            table.epoch == CompartmentRow.epoch,
        )
        statement: Select[*tuple[Any, ...]] = select(*columns, *(one.label(None) for one in holder))
        rows = session.execute(
            statement.join(table, same).where(
                CompartmentRow.council_id == council_id, CompartmentRow.erasing_since.is_(None)
            )
        )
        found += [(HeldKey(council_id, *row[:7]), Holding(*row[7:])) for row in rows]
    return found


def _found(session: Session, key: HeldKey, statement: Any) -> list[Holding]:
    # The connection itself knows nothing of what this very transaction has just admitted.
    session.flush()
    asked = {"council": key.council_id, "compartment": key.compartment_id, "number": key.epoch}
    return [Holding(*row) for row in session.connection().execute(statement, asked)]


def _holdings_in(table: type[RingRow | GrantRow]) -> Select[*tuple[Any, ...]]:
    return select(table.organisation_id, table.expires_at, table.admission).where(
        table.council_id == bindparam("council", type_=Id),
        table.compartment_id == bindparam("compartment", type_=Id),
        table.epoch == bindparam("number"),
    )


# Built once: each new epoch and each key handed over asks.
_KEPT: Final = _holdings_in(RingRow)
_HOLDINGS: Final = union_all(_KEPT, _holdings_in(GrantRow))
