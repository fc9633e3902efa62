"""Loads and saves rows of keys; opens nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
    admission: bytes | None = None


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


def add_ring(
    session: Session, key: HeldKey, organisation_id: UUID, admission: bytes | None
) -> None:
    """Keep the key `key.entry` in the ring of an organisation, with what admitted it."""
    session.add(
        RingRow(
            council_id=key.council_id,
            organisation_id=organisation_id,
            compartment_id=key.compartment_id,
            epoch=key.epoch,
            version=key.version,
            entry=key.entry,
            expires_at=key.expires_at,
            admission=admission,
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
            admission=grant.admission,
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
        row.admission,
    )
