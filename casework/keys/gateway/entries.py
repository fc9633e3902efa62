"""Loads and saves the directory: public keys as stored, still to be checked."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.keys.models import OrganisationKeyRow, RegistrarSignatureRow


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """An organisation's entry in the directory, as stored: still to be checked.

    `signature` is that of whoever was asked for: a registrar, or the instance.
    """

    organisation_id: UUID
    version: int
    agreement: bytes
    signing: bytes
    kid: bytes
    signature: bytes = b""

    def signed(self, signature: bytes) -> "PublicKeys":
        """Return the entry under another signature."""
        return replace(self, signature=signature)


Registrar = UUID | None
"""Whose signature an entry has to carry; None for the instance's own."""


def current(
    session: Session, place: tuple[UUID, UUID], registrar: Registrar = None
) -> PublicKeys | None:
    """Return the newest public keys of (council, organisation) that a registrar signed.

    None when there are none, or all are revoked.
    """
    asked: dict[str, object] = {"council": place[0], "organisation": place[1]}
    statement = _CURRENT
    if registrar is not None:
        statement, asked["registrar"] = _SIGNED, registrar
    row = statement.first(connection_of(session), asked)
    return None if row is None else PublicKeys(*row)


def at(
    session: Session, place: tuple[UUID, UUID], version: int, registrar: Registrar = None
) -> PublicKeys | None:
    """Return the public keys of one version, unless they are revoked or not signed."""
    chosen = _valid(place, OrganisationKeyRow.version == version)
    return _public(session, session.scalars(chosen).one_or_none(), registrar)


def by_kid(
    session: Session, place: tuple[UUID, UUID], kid: bytes, registrar: Registrar = None
) -> PublicKeys | None:
    """Return the newest public keys of that name, unless they are revoked or not signed."""
    chosen = _valid(place, OrganisationKeyRow.kid == kid)
    newest = chosen.order_by(OrganisationKeyRow.version.desc()).limit(1)
    return _public(session, session.scalars(newest).first(), registrar)


def add(session: Session, council_id: UUID, keys: PublicKeys, now: datetime) -> None:
    """Keep an entry that the instance has signed."""
    session.add(
        OrganisationKeyRow(
            council_id=council_id,
            organisation_id=keys.organisation_id,
            version=keys.version,
            agreement_public=keys.agreement,
            signing_public=keys.signing,
            kid=keys.kid,
            registrar_signature=keys.signature,
            valid_from=now,
        )
    )
    session.flush()


def revoke(
    session: Session, place: tuple[UUID, UUID], before: int | None, now: datetime
) -> list[bytes]:
    """Revoke the entries of versions under `before`, or all of them; return their key ids."""
    row = OrganisationKeyRow
    older = () if before is None else (row.version < before,)
    chosen = (row.council_id == place[0], row.organisation_id == place[1], *older)
    ended = update(row).where(*chosen, row.revoked_at.is_(None)).values(revoked_at=now)
    return list(session.scalars(ended.returning(row.kid)))


def revoke_after(
    session: Session, place: tuple[UUID, UUID], version: int, now: datetime
) -> list[int]:
    """Revoke the entries of versions above `version`, which never counted; return them."""
    row = OrganisationKeyRow
    mine = (row.council_id == place[0], row.organisation_id == place[1], row.version > version)
    ended = update(row).where(*mine, row.revoked_at.is_(None)).values(revoked_at=now)
    return list(session.scalars(ended.returning(row.version)))


def newest_version(session: Session, place: tuple[UUID, UUID]) -> int:
    """Return the newest version ever published, revoked or not; 0 for none."""
    row = OrganisationKeyRow
    mine = (row.council_id == place[0], row.organisation_id == place[1])
    return session.scalar(select(func.max(row.version)).where(*mine)) or 0


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


def stand_still(session: Session, place: tuple[UUID, UUID], *, alone: bool = False) -> None:
    """Let nobody change the custody of (council, organisation) before the commit.

    Those who deliver to it wait for one another only with `alone`. SQLite has one writer at a time.
    """
    if session.get_bind().dialect.name == "postgresql":
        newest = _valid(place).order_by(OrganisationKeyRow.version.desc()).limit(1)
        session.execute(newest.with_for_update(read=not alone))


def _valid(place: tuple[UUID, UUID], *more: ColumnElement[bool]) -> Select[OrganisationKeyRow]:
    row = OrganisationKeyRow
    own = (row.council_id == place[0], row.organisation_id == place[1])
    return select(row).where(*own, row.revoked_at.is_(None), *more)


def _public(
    session: Session, row: OrganisationKeyRow | None, registrar: Registrar
) -> PublicKeys | None:
    if row is None:
        return None
    signature: bytes | None = row.registrar_signature
    if registrar is not None:
        place = (row.council_id, row.organisation_id, row.version, registrar)
        word = session.get(RegistrarSignatureRow, place)
        signature = word.signature if word else None
    if signature is None:
        return None
    names = (row.organisation_id, row.version, row.agreement_public, row.signing_public, row.kid)
    return PublicKeys(*names, signature)


def _newest(signature: Any) -> Select[*tuple[Any, ...]]:
    row = OrganisationKeyRow
    columns = (row.organisation_id, row.version, row.agreement_public, row.signing_public, row.kid)
    return (
        select(*columns, signature)
        .where(row.council_id == bindparam("council", type_=Id))
        .where(row.organisation_id == bindparam("organisation", type_=Id))
        .where(row.revoked_at.is_(None))
        .order_by(row.version.desc())
        .limit(1)
    )


_FIRST: Final = 1
_HELD: Final = "casework.keys.held"
# A new epoch asks for the keys of each of its recipients.
_CURRENT: Final = Direct(_newest(OrganisationKeyRow.registrar_signature))
_SIGNED: Final = Direct(
    _newest(RegistrarSignatureRow.signature).join(
        RegistrarSignatureRow,
        and_(
            RegistrarSignatureRow.council_id == OrganisationKeyRow.council_id,
            RegistrarSignatureRow.organisation_id == OrganisationKeyRow.organisation_id,
            RegistrarSignatureRow.version == OrganisationKeyRow.version,
            RegistrarSignatureRow.registrar == bindparam("registrar", type_=Id),
        ),
    )
)
