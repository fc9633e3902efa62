"""Loads and saves bearer tokens; the tokens themselves are never stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from casework.accounts.models import ApiTokenRow
from casework.accounts.values import ApiToken
from casework.web.permissions import Permission


def add_token(session: Session, council_id: UUID, token: ApiToken, digest: bytes) -> None:
    """Keep a token under its hash."""
    session.add(
        ApiTokenRow(
            council_id=council_id,
            id=token.id,
            member_id=token.member_id,
            digest=digest,
            seal=token.seal,
            label=token.label,
            scopes=" ".join(sorted(token.scopes)),
            created_at=token.created_at,
            expires_at=token.expires_at,
        )
    )
    session.flush()


def token_by_digest(session: Session, council_id: UUID, digest: bytes) -> ApiToken | None:
    """Return a token by its hash."""
    found = _tokens(session, council_id, ApiTokenRow.digest == digest)
    return found[0] if found else None


def tokens_of(session: Session, council_id: UUID, member_id: UUID) -> list[ApiToken]:
    """Return the tokens of a member, the oldest first."""
    return _tokens(session, council_id, ApiTokenRow.member_id == member_id)


def mark_used(session: Session, council_id: UUID, token_id: UUID, now: datetime) -> None:
    """Remember when a token was last used."""
    row = ApiTokenRow
    chosen = (row.council_id == council_id, row.id == token_id)
    session.execute(update(row).where(*chosen).values(used_at=now))


def revoke(session: Session, council_id: UUID, token_id: UUID, now: datetime) -> None:
    """End a token."""
    row = ApiTokenRow
    chosen = (row.council_id == council_id, row.id == token_id, row.revoked_at.is_(None))
    session.execute(update(row).where(*chosen).values(revoked_at=now))


def revoke_all(session: Session, council_id: UUID, member_id: UUID, now: datetime) -> None:
    """End every token of a member."""
    row = ApiTokenRow
    chosen = (row.council_id == council_id, row.member_id == member_id, row.revoked_at.is_(None))
    session.execute(update(row).where(*chosen).values(revoked_at=now))


def _tokens(session: Session, council_id: UUID, chosen: ColumnElement[bool]) -> list[ApiToken]:
    row = ApiTokenRow
    statement = select(row).where(row.council_id == council_id, chosen).order_by(row.id)
    return [_value(one) for one in session.scalars(statement)]


def _value(row: ApiTokenRow) -> ApiToken:
    return ApiToken(
        id=row.id,
        member_id=row.member_id,
        label=row.label,
        scopes=frozenset(map(Permission, row.scopes.split())),
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
        seal=row.seal,
    )
