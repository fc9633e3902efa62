"""The ring of one organisation, in batches: to be wrapped anew when its secret changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import (
    Select,
    and_,
    case,
    delete,
    func,
    select,
    text,
)
from sqlalchemy.orm import Session

from casework.keys.gateway.admitting import Holding
from casework.keys.models import CompartmentRow, FormerEpochRow, GrantRow, RingRow


class RingEntry(NamedTuple):
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


def behind(
    session: Session, place: tuple[UUID, UUID], version: int, after: UUID, limit: int
) -> list[RingEntry]:
    """Return some entries of (council, organisation) under a version older than `version`.

    The first of them from a compartment on: what was wrapped anew already is not looked through
    again for each batch.
    """
    ring = RingRow
    statement = _with_pins(
        select(ring.compartment_id, ring.epoch, ring.version, ring.entry, _pinned())
    )
    mine = (ring.council_id == place[0], ring.organisation_id == place[1], ring.version < version)
    chosen = statement.where(*mine, ring.compartment_id >= after)
    rows = session.execute(chosen.order_by(ring.compartment_id, ring.epoch).limit(limit))
    return [RingEntry(*row) for row in rows]


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
    if not entries:
        return
    connection = session.connection()
    rows = [(one.compartment_id, one.epoch, one.version, one.entry) for one in entries]
    if connection.dialect.name == "postgresql":
        columns = map(list, zip(*rows, strict=True))
        given: dict[str, Any] = dict(zip(_COLUMNS, columns, strict=True))
        given |= {"council": place[0], "organisation": place[1], "anew": version}
        connection.execute(_REWRAP_AT_ONCE, given)
    else:
        ids = place[0].bytes, place[1].bytes
        values = [(entry, version, *ids, own_id.bytes, *rest) for own_id, *rest, entry in rows]
        connection.exec_driver_sql(_REWRAP, values)


def on_their_way(session: Session, place: tuple[UUID, UUID], limit: int) -> list[UUID]:
    """Return some compartments whose keys are on their way to (council, organisation).

    One that is being erased is left to its end.
    """
    grant, row = GrantRow, CompartmentRow
    same = and_(row.council_id == grant.council_id, row.id == grant.compartment_id)
    mine = (grant.council_id == place[0], grant.organisation_id == place[1])
    statement = select(grant.compartment_id).join(row, same).where(*mine)
    living = statement.where(row.erasing_since.is_(None)).distinct().limit(limit)
    return list(session.scalars(living))


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


_COLUMNS: Final = ("compartments", "epochs", "versions", "entries")
# One round trip for a whole batch: on a network that is what a batch costs.
_REWRAP_AT_ONCE: Final = text(
    "UPDATE rings SET entry = anew.entry, version = :anew FROM unnest("
    "CAST(:compartments AS uuid[]), CAST(:epochs AS integer[]), CAST(:versions AS integer[]),"
    " CAST(:entries AS bytea[])) AS anew (compartment_id, epoch, version, entry)"
    " WHERE rings.council_id = :council AND rings.organisation_id = :organisation"
    " AND rings.compartment_id = anew.compartment_id AND rings.epoch = anew.epoch"
    " AND rings.version = anew.version"
)
# In the driver's own words: naming the parameters of each row costs as much as wrapping it.
_REWRAP: Final = (
    "UPDATE rings SET entry = ?, version = ? WHERE council_id = ? AND organisation_id = ?"
    " AND compartment_id = ? AND epoch = ? AND version = ?"
)
