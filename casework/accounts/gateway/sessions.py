"""Loads and saves web sessions."""

from datetime import datetime
from typing import Final, cast
from uuid import UUID

from sqlalchemy import Table, and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.orm import Session

from casework.accounts.models import WebSessionRow
from casework.accounts.sessions import Limits, Stage, StoredSession
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Blob, Id
from casework.identity import Reason

_SESSION: Final = (
    WebSessionRow.key,
    WebSessionRow.account_id,
    WebSessionRow.member_id,
    WebSessionRow.stage,
    WebSessionRow.reason,
    WebSessionRow.opened_at,
    WebSessionRow.seen_at,
    WebSessionRow.verified_at,
    WebSessionRow.seed_sealed,
    WebSessionRow.seal,
)
# Each request waits for the answer.
_BY_KEY: Final = Direct(
    select(*_SESSION).where(
        WebSessionRow.council_id == bindparam("council", type_=Id),
        WebSessionRow.key == bindparam("key", type_=Blob),
    )
)
_ADD: Final = insert(cast("Table", WebSessionRow.__table__))


def add_session(session: Session, council_id: UUID, stored: StoredSession) -> None:
    """Keep a session."""
    session.flush()
    values = {
        "council_id": council_id,
        "key": stored.key,
        "account_id": stored.account_id,
        "member_id": stored.member_id,
        "stage": stored.stage.value,
        "reason": stored.reason.value,
        "opened_at": stored.opened_at,
        "seen_at": stored.seen_at,
        "verified_at": stored.verified_at,
        "seed_sealed": stored.seed_sealed,
        "seal": stored.seal,
    }
    session.connection().execute(_ADD, values)


def session_by_key(session: Session, council_id: UUID, key: bytes) -> StoredSession | None:
    """Return a session by the hash of its cookie."""
    asked = {"council": council_id, "key": key}
    found = _BY_KEY.first(connection_of(session), asked)
    if found is None:
        return None
    own_key, account_id, member_id, stage, reason, *moments, sealed, seal = found
    opened_at, seen_at, verified_at = moments
    return StoredSession(
        key=own_key,
        account_id=account_id,
        member_id=member_id,
        stage=Stage(stage),
        reason=Reason(reason),
        opened_at=opened_at,
        seen_at=seen_at,
        verified_at=verified_at,
        seed_sealed=sealed,
        seal=seal,
    )


def update_session(session: Session, council_id: UUID, key: bytes, **values: object) -> None:
    """Change clear columns of a session: `seen_at`, `reason`."""
    row = WebSessionRow
    chosen = (row.council_id == council_id, row.key == key)
    session.execute(update(row).where(*chosen).values(**values))


def delete_session(session: Session, council_id: UUID, key: bytes) -> bool:
    """Delete a session, and its keys with it; say whether there was one."""
    row = WebSessionRow
    chosen = (row.council_id == council_id, row.key == key)
    return session.execute(delete(row).where(*chosen).returning(row.key)).first() is not None


def delete_sessions_of(session: Session, council_id: UUID, member_id: UUID) -> None:
    """Delete every session of a member."""
    row = WebSessionRow
    session.execute(delete(row).where(row.council_id == council_id, row.member_id == member_id))


def delete_all_sessions(session: Session, council_id: UUID) -> int:
    """Delete every session there is; return how many there were."""
    row = WebSessionRow
    ended = delete(row).where(row.council_id == council_id).returning(row.key)
    return len(session.execute(ended).all())


def delete_ended(session: Session, council_id: UUID, limits: Limits, now: datetime) -> None:
    """Delete sessions too old, and open ones unseen for too long."""
    row = WebSessionRow
    idle = and_(row.stage != Stage.LOCKED.value, row.seen_at <= now - limits.idle)
    ended = or_(row.opened_at <= now - limits.absolute, idle)
    session.execute(delete(row).where(row.council_id == council_id, ended))
