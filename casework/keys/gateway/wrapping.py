"""The ring of one organisation, in batches: to be wrapped anew when its secret changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Table, and_, bindparam, case, delete, func, select, update
from sqlalchemy.orm import Session

from casework.db.types import Blob, Id
from casework.keys.gateway.admitting import Holding
from casework.keys.models import CompartmentRow, FormerEpochRow, GrantRow, RingRow


@dataclass(frozen=True, slots=True)
class RingEntry:
    """A key in a ring: which compartment and epoch, what pins it, under which version."""

    compartment_id: UUID
    epoch: int
    version: int
    entry: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A grant not taken in yet: to whom, of which class, and the entry it was made from."""

    admitted: Holding
    compartment_class: str
    source: RingEntry


def behind(session: Session, place: tuple[UUID, UUID], version: int, limit: int) -> list[RingEntry]:
    """Return some entries of (council, organisation) under a version older than `version`."""
    ring = RingRow
    statement = _with_pins(
        select(ring.compartment_id, ring.epoch, ring.version, ring.entry, _pinned())
    )
    mine = (ring.council_id == place[0], ring.organisation_id == place[1], ring.version < version)
    return [RingEntry(*row) for row in session.execute(statement.where(*mine).limit(limit))]


def _pinned() -> Any:
    """Return the commitment of a ring entry's own epoch, the newest or a former one."""
    newest = (CompartmentRow.epoch == RingRow.epoch, CompartmentRow.commitment)
    return case(newest, else_=FormerEpochRow.commitment)


def _with_pins(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    ring, former = RingRow, FormerEpochRow
    of_compartment = and_(
        CompartmentRow.council_id == ring.council_id, CompartmentRow.id == ring.compartment_id
    )
    of_epoch = and_(
        former.council_id == ring.council_id,
        former.compartment_id == ring.compartment_id,
        former.epoch == ring.epoch,
    )
    return statement.join(CompartmentRow, of_compartment).outerjoin(former, of_epoch)


def rewrap(
    session: Session, place: tuple[UUID, UUID], version: int, entries: Sequence[RingEntry]
) -> None:
    """Put entries wrapped anew in place of the older; one that changed meanwhile is left."""
    values = [
        {
            "council": place[0],
            "organisation": place[1],
            "compartment": one.compartment_id,
            "number": one.epoch,
            "former": one.version,
            "entry": one.entry,
            "version": version,
        }
        for one in entries
    ]
    if values:
        session.connection().execute(_REWRAP, values)


def on_their_way(session: Session, place: tuple[UUID, UUID], limit: int) -> list[UUID]:
    """Return some compartments whose keys are on their way to (council, organisation)."""
    grant = GrantRow
    mine = (grant.council_id == place[0], grant.organisation_id == place[1])
    statement = select(grant.compartment_id).where(*mine).distinct().limit(limit)
    return list(session.scalars(statement))


def count_on_their_way(session: Session, place: tuple[UUID, UUID]) -> int:
    """Count the keys on their way to (council, organisation)."""
    grant = GrantRow
    mine = (grant.council_id == place[0], grant.organisation_id == place[1])
    return session.scalar(select(func.count()).select_from(grant).where(*mine)) or 0


def granted(
    session: Session, place: tuple[UUID, UUID], version: int, limit: int
) -> list[Outstanding]:
    """Return some grants that (council, organisation) signed with a key older than `version`.

    Each with the entry of its own ring that it was made from.
    """
    grant, ring = GrantRow, RingRow
    source = and_(
        ring.council_id == grant.council_id,
        ring.organisation_id == grant.granter_id,
        ring.compartment_id == grant.compartment_id,
        ring.epoch == grant.epoch,
    )
    columns = (ring.compartment_id, ring.epoch, ring.version, ring.entry, _pinned())
    holder = (grant.organisation_id, grant.expires_at, grant.admission)
    statement = _with_pins(
        select(*holder, CompartmentRow.compartment_class, *columns)
        .select_from(grant)
        .join(ring, source)
    )
    mine = (
        grant.council_id == place[0],
        grant.granter_id == place[1],
        grant.granter_version < version,
    )
    rows = session.execute(statement.where(*mine).limit(limit))
    return [Outstanding(Holding(*row[:3]), row[3], RingEntry(*row[4:])) for row in rows]


def drop_grant(session: Session, council_id: UUID, grant: Outstanding) -> None:
    """Delete a grant that is made anew."""
    row, entry = GrantRow, grant.source
    session.execute(
        delete(row).where(
            row.council_id == council_id,
            row.organisation_id == grant.admitted.organisation_id,
            row.compartment_id == entry.compartment_id,
            row.epoch == entry.epoch,
        )
    )


_RING = cast("Table", RingRow.__table__)
_REWRAP: Any = (
    update(_RING)
    .where(
        _RING.c.council_id == bindparam("council", type_=Id),
        _RING.c.organisation_id == bindparam("organisation", type_=Id),
        _RING.c.compartment_id == bindparam("compartment", type_=Id),
        _RING.c.epoch == bindparam("number"),
        _RING.c.version == bindparam("former"),
    )
    .values({"entry": bindparam("entry", type_=Blob), "version": bindparam("version")})
)
