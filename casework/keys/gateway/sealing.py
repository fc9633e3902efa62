"""Loads and saves the sealed secrets of organisations; opens none."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, literal, select
from sqlalchemy.orm import Session

from casework.keys.models import OrganisationSealRow


@dataclass(frozen=True, slots=True)
class HolderSeal:
    """A sealed secret, and what pins the holder's public key to it (None for the KEK)."""

    sealed: bytes
    pin: bytes | None


def held(
    session: Session, place: tuple[UUID, UUID], version: int, holders: Collection[str]
) -> dict[str, bytes]:
    """Return the seals of one version that some holders hold, by holder."""
    row = OrganisationSealRow
    chosen = (*_of(place), row.version == version, row.holder.in_(holders))
    return dict(session.execute(select(row.holder, row.sealed).where(*chosen)).all())


def holders(
    session: Session, place: tuple[UUID, UUID], version: int | None = None
) -> dict[str, HolderSeal]:
    """Return who holds a secret of (council, organisation), the newest, each with their seal."""
    row = OrganisationSealRow
    newest = select(func.max(row.version)).where(*_of(place)).scalar_subquery()
    chosen = newest if version is None else literal(version)
    columns = (row.holder, row.sealed, row.pin)
    statement = select(*columns).where(*_of(place), row.version == chosen)
    return {holder: HolderSeal(one, pin) for holder, one, pin in session.execute(statement)}


def versions(session: Session, place: tuple[UUID, UUID]) -> list[int]:
    """Return the versions of a secret that somebody still holds, oldest first."""
    row = OrganisationSealRow
    statement = select(row.version).where(*_of(place)).distinct().order_by(row.version)
    return list(session.scalars(statement))


def add(
    session: Session,
    place: tuple[UUID, UUID],
    version: int,
    holder: str,
    sealed: tuple[bytes, bytes | None],
) -> None:
    """Keep, or replace, a holder's (seal, pin) of one version."""
    session.merge(
        OrganisationSealRow(
            council_id=place[0],
            organisation_id=place[1],
            version=version,
            holder=holder,
            sealed=sealed[0],
            pin=sealed[1],
        )
    )
    session.flush()


def remove(session: Session, place: tuple[UUID, UUID], *, holder: str) -> None:
    """Delete every seal of one holder."""
    session.execute(delete(OrganisationSealRow).where(
        *_of(place), OrganisationSealRow.holder == holder))  # fmt: skip


def remove_before(session: Session, place: tuple[UUID, UUID], version: int) -> None:
    """Delete the seals of older versions, whoever holds them."""
    session.execute(delete(OrganisationSealRow).where(
        *_of(place), OrganisationSealRow.version < version))  # fmt: skip


def remove_version(session: Session, place: tuple[UUID, UUID], version: int) -> None:
    """Delete the seals of one version: it was never used."""
    session.execute(delete(OrganisationSealRow).where(
        *_of(place), OrganisationSealRow.version == version))  # fmt: skip


def remove_all(session: Session, place: tuple[UUID, UUID]) -> None:
    """Delete every seal: nobody opens this secret any more."""
    session.execute(delete(OrganisationSealRow).where(*_of(place)))


def _of(place: tuple[UUID, UUID]) -> tuple[ColumnElement[bool], ...]:
    row = OrganisationSealRow
    return row.council_id == place[0], row.organisation_id == place[1]
