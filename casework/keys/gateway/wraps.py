"""Loads and replaces the seals that the KEK made; opens nothing."""

from typing import Final
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from casework.keys.models import InstanceSecretRow, OrganisationSealRow

_KEK: Final = "kek"
_WRAPPED: Final = (InstanceSecretRow.__tablename__, OrganisationSealRow.__tablename__)

SealPlace = tuple[UUID, UUID, int]
"""Council, organisation, and the version of its keys."""


def kek_seals(session: Session, council_id: UUID) -> list[tuple[SealPlace, bytes]]:
    """Return every seal of an organisation's secret that the KEK holds."""
    row = OrganisationSealRow
    found = session.scalars(
        select(row)
        .where(row.council_id == council_id, row.holder == _KEK)
        .order_by(row.organisation_id, row.version)
    )
    return [((one.council_id, one.organisation_id, one.version), one.sealed) for one in found]


def swap_seal(session: Session, place: SealPlace, before: bytes, after: bytes) -> bool:
    """Replace a seal unless somebody did meanwhile; say whether it was replaced."""
    row, (council_id, organisation_id, version) = OrganisationSealRow, place
    chosen = (
        row.council_id == council_id,
        row.organisation_id == organisation_id,
        row.version == version,
        row.holder == _KEK,
        row.sealed == before,
    )
    changed = update(row).where(*chosen).values(sealed=after).returning(row.version)
    return session.execute(changed).first() is not None


def keep_wraps_still(session: Session) -> None:
    """Let nobody add or change what the KEK wraps until this transaction ends.

    SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {', '.join(_WRAPPED)} IN SHARE ROW EXCLUSIVE MODE"))
