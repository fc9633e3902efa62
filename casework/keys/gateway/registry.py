"""Signatures of registrars kept elsewhere: which entries have one, which wait for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from casework.keys.gateway.entries import PublicKeys, Registrar
from casework.keys.models import OrganisationKeyRow, RegistrarSignatureRow


def sign(
    session: Session, council_id: UUID, entry: PublicKeys, registrar: UUID, now: datetime
) -> None:
    """Keep, or replace, the signature that `entry` carries."""
    session.merge(
        RegistrarSignatureRow(
            council_id=council_id,
            organisation_id=entry.organisation_id,
            version=entry.version,
            registrar=registrar,
            signature=entry.signature,
            signed_at=now,
        )
    )
    session.flush()


def unsigned(session: Session, council_id: UUID, registrar: UUID) -> list[PublicKeys]:
    """Return the entries still valid that a registrar has not signed, as the instance signed."""
    row = OrganisationKeyRow
    columns = (row.organisation_id, row.version, row.agreement_public, row.signing_public, row.kid)
    mine = (row.council_id == council_id, row.revoked_at.is_(None), ~_signed_by(registrar))
    statement = select(*columns, row.registrar_signature).where(*mine)
    found = session.execute(statement.order_by(row.organisation_id, row.version))
    return [PublicKeys(*one) for one in found]


def in_use(session: Session, council_id: UUID, registrar: Registrar) -> dict[UUID, int]:
    """Return, by organisation, the newest valid version that carries the signature asked for."""
    row = OrganisationKeyRow
    mine = [row.council_id == council_id, row.revoked_at.is_(None)]
    if registrar is not None:
        mine.append(_signed_by(registrar))
    newest = select(row.organisation_id, func.max(row.version)).where(*mine)
    return dict(session.execute(newest.group_by(row.organisation_id)).all())


def _signed_by(registrar: UUID) -> ColumnElement[bool]:
    row, word = OrganisationKeyRow, RegistrarSignatureRow
    return exists().where(
        and_(
            word.council_id == row.council_id,
            word.organisation_id == row.organisation_id,
            word.version == row.version,
            word.registrar == registrar,
        )
    )
