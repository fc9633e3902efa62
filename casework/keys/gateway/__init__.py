"""Loads and saves rows of keys; opens nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from casework.keys.models import CompartmentRow, GrantRow, RingRow
from casework.keys.values import HeldKey


@dataclass(frozen=True, slots=True)
class Grant:
    """A key on its way: HPKE bytes, and who signed for it when."""

    wrapped: bytes
    granter_id: UUID
    granter_version: int
    signature: bytes
    granted_at: datetime
    expires_at: datetime | None = None


def add_compartment(session: Session, key: HeldKey) -> None:
    """Keep a new compartment."""
    session.add(
        CompartmentRow(
            council_id=key.council_id,
            id=key.compartment_id,
            case_id=key.case_id,
            compartment_class=key.compartment_class,
            person_id=key.person_id,
            organisation_id=key.organisation_id,
            epoch=key.epoch,
            commitment=key.commitment,
        )
    )
    session.flush()


def add_ring(session: Session, key: HeldKey, organisation_id: UUID) -> None:
    """Keep the key `key.entry` in the ring of an organisation."""
    session.add(
        RingRow(
            council_id=key.council_id,
            organisation_id=organisation_id,
            compartment_id=key.compartment_id,
            epoch=key.epoch,
            version=key.version,
            entry=key.entry,
            expires_at=key.expires_at,
        )
    )


def add_grant(session: Session, key: HeldKey, organisation_id: UUID, grant: Grant) -> None:
    """Put a key on its way to an organisation."""
    session.add(
        GrantRow(
            council_id=key.council_id,
            organisation_id=organisation_id,
            compartment_id=key.compartment_id,
            epoch=key.epoch,
            wrapped=grant.wrapped,
            granter_id=grant.granter_id,
            granter_version=grant.granter_version,
            signature=grant.signature,
            granted_at=grant.granted_at,
            expires_at=grant.expires_at,
        )
    )


def take_grant(session: Session, key: HeldKey, organisation_id: UUID) -> Grant | None:
    """Return the grant on its way to an organisation, and remove it: rings are what counts."""
    place = (key.council_id, organisation_id, key.compartment_id, key.epoch)
    row = session.get(GrantRow, place, with_for_update=True)
    if row is None:
        return None
    session.delete(row)
    return Grant(
        row.wrapped,
        row.granter_id,
        row.granter_version,
        row.signature,
        row.granted_at,
        row.expires_at,
    )


def ring_holders(session: Session, key: HeldKey) -> set[UUID]:
    """Return the organisations whose ring holds a key for good; a lent one does not count."""
    kept = _organisations_of(RingRow, key).where(RingRow.expires_at.is_(None))
    return set(session.scalars(kept))


def holders(session: Session, key: HeldKey) -> set[UUID]:
    """Return the organisations that hold, or are about to hold, the key of a compartment."""
    coming = _organisations_of(GrantRow, key).where(GrantRow.expires_at.is_(None))
    return ring_holders(session, key) | set(session.scalars(coming))


def running_loans(session: Session, key: HeldKey, now: datetime) -> dict[UUID, datetime]:
    """Return until when a key is lent, by organisation."""
    found: dict[UUID, datetime] = {}
    for table in (GrantRow, RingRow):
        lent = select(table.organisation_id, table.expires_at).where(
            table.council_id == key.council_id,
            table.compartment_id == key.compartment_id,
            table.epoch == key.epoch,
            table.expires_at > now,
        )
        found |= {one: until for one, until in session.execute(lent) if until is not None}
    return found


def end_loans(session: Session, key: HeldKey, organisations: Collection[UUID]) -> None:
    """Take back a key lent to organisations that are now admitted for good."""
    for table in (RingRow, GrantRow):
        mine = delete(table).where(
            table.council_id == key.council_id,
            table.compartment_id == key.compartment_id,
            table.organisation_id.in_(organisations),
            table.expires_at.is_not(None),
        )
        session.execute(mine, execution_options={"synchronize_session": False})


def _organisations_of(table: type[RingRow | GrantRow], key: HeldKey) -> Select[UUID]:
    return select(table.organisation_id).where(
        table.council_id == key.council_id,
        table.compartment_id == key.compartment_id,
        table.epoch == key.epoch,
    )
