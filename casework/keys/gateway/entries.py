"""Loads and saves the directory: public keys as stored, still to be checked."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select, update
from sqlalchemy.orm import Session

from casework.db.types import Id
from casework.keys.models import OrganisationKeyRow


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """An organisation's entry in the directory, as stored: still to be checked."""

    organisation_id: UUID
    version: int
    agreement: bytes
    signing: bytes
    kid: bytes
    registrar_signature: bytes

    def signed(self, signature: bytes) -> "PublicKeys":
        """Return the entry under a signature of the registrar."""
        return replace(self, registrar_signature=signature)


def current(session: Session, place: tuple[UUID, UUID]) -> PublicKeys | None:
    """Return the newest public keys of (council, organisation), unless all are revoked."""
    asked = {"council": place[0], "organisation": place[1]}
    row = session.connection().execute(_CURRENT, asked).first()
    return None if row is None else PublicKeys(*row)


def at(session: Session, place: tuple[UUID, UUID], version: int) -> PublicKeys | None:
    """Return the public keys of one version, unless they are revoked."""
    chosen = _valid(place, OrganisationKeyRow.version == version)
    return _public(session.scalars(chosen).one_or_none())


def by_kid(session: Session, place: tuple[UUID, UUID], kid: bytes) -> PublicKeys | None:
    """Return the newest public keys of that name, unless they are revoked."""
    chosen = _valid(place, OrganisationKeyRow.kid == kid)
    newest = chosen.order_by(OrganisationKeyRow.version.desc()).limit(1)
    return _public(session.scalars(newest).first())


def add(session: Session, council_id: UUID, keys: PublicKeys, now: datetime) -> None:
    """Keep a signed entry."""
    session.add(
        OrganisationKeyRow(
            council_id=council_id,
            organisation_id=keys.organisation_id,
            version=keys.version,
            agreement_public=keys.agreement,
            signing_public=keys.signing,
            kid=keys.kid,
            registrar_signature=keys.registrar_signature,
            valid_from=now,
        )
    )
    session.flush()


def revoke(session: Session, place: tuple[UUID, UUID], before: int | None, now: datetime) -> None:
    """Revoke the entries of versions under `before`, or all of them."""
    row = OrganisationKeyRow
    older = () if before is None else (row.version < before,)
    chosen = (row.council_id == place[0], row.organisation_id == place[1], *older)
    session.execute(update(row).where(*chosen, row.revoked_at.is_(None)).values(revoked_at=now))


def use(session: Session, place: tuple[UUID, UUID]) -> None:
    """Keep the newest version the newest until the commit: something is about to be sealed to it.

    Many may at once; whoever draws the next version waits for them. SQLite has one writer at a
    time.
    """
    _hold(session, place, read=True)


def change(session: Session, place: tuple[UUID, UUID]) -> None:
    """Wait for whoever uses the newest version, and let nobody use one until the commit."""
    _hold(session, place, read=False)


def _hold(session: Session, place: tuple[UUID, UUID], *, read: bool) -> None:
    """Lock the row of the first version, revoked or not: it stays the same through all others."""
    known: set[object] = session.info.setdefault(_HELD, set())
    if session.get_bind().dialect.name != "postgresql" or (place, read) in known:
        return
    row = OrganisationKeyRow
    first = (row.council_id == place[0], row.organisation_id == place[1], row.version == _FIRST)
    session.execute(select(row.version).where(*first).with_for_update(read=read))
    known.add((place, read))


def mark_due(session: Session, place: tuple[UUID, UUID], now: datetime) -> None:
    """Ask the next holder for a new secret."""
    row = OrganisationKeyRow
    mine = (row.council_id == place[0], row.organisation_id == place[1])
    session.execute(update(row).where(*mine, row.revoked_at.is_(None)).values(due_since=now))


def is_due(session: Session, place: tuple[UUID, UUID]) -> bool:
    """Say whether the newest secret is to be drawn anew."""
    newest = _valid(place).order_by(OrganisationKeyRow.version.desc()).limit(1)
    row = session.scalars(newest).first()
    return row is not None and row.due_since is not None


def _valid(place: tuple[UUID, UUID], *more: ColumnElement[bool]) -> Select[OrganisationKeyRow]:
    row = OrganisationKeyRow
    own = (row.council_id == place[0], row.organisation_id == place[1])
    return select(row).where(*own, row.revoked_at.is_(None), *more)


def _public(row: OrganisationKeyRow | None) -> PublicKeys | None:
    if row is None:
        return None
    return PublicKeys(
        row.organisation_id,
        row.version,
        row.agreement_public,
        row.signing_public,
        row.kid,
        row.registrar_signature,
    )


_FIRST: Final = 1
_HELD: Final = "casework.keys.held"
_COLUMNS: Final = {"agreement": "agreement_public", "signing": "signing_public"}
# Built once, and asked of the connection itself: a new epoch asks it for each of its recipients.
_CURRENT: Final[Select[*tuple[Any, ...]]] = (
    select(
        *(
            getattr(OrganisationKeyRow, _COLUMNS.get(one.name, one.name))
            for one in fields(PublicKeys)
        )
    )
    .where(OrganisationKeyRow.council_id == bindparam("council", type_=Id))
    .where(OrganisationKeyRow.organisation_id == bindparam("organisation", type_=Id))
    .where(OrganisationKeyRow.revoked_at.is_(None))
    .order_by(OrganisationKeyRow.version.desc())
    .limit(1)
)
