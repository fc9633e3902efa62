"""Loads and saves the public keys of members, as stored: still to be checked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casework.keys.models import MemberKeyRow, MemberSealRow


@dataclass(frozen=True, slots=True)
class MemberKey:
    """A member's public key, and what the instance said of it."""

    member_id: UUID
    public: bytes
    seal: bytes
    since: datetime


def keys_of(session: Session, council_id: UUID, members: Collection[UUID]) -> list[MemberKey]:
    """Return the public keys of those of `members` that have one."""
    row = MemberKeyRow
    chosen = (row.council_id == council_id, row.member_id.in_(members))
    columns = (row.member_id, row.agreement_public, row.seal, row.since)
    return [MemberKey(*one) for one in session.execute(select(*columns).where(*chosen))]


def keep(session: Session, council_id: UUID, key: MemberKey) -> None:
    """Keep, or replace, a member's public key."""
    session.merge(
        MemberKeyRow(
            council_id=council_id,
            member_id=key.member_id,
            agreement_public=key.public,
            seal=key.seal,
            since=key.since,
        )
    )


def remove(session: Session, council_id: UUID, member_id: UUID) -> None:
    """Delete a member's public key and every seal of their seed."""
    for table in (MemberKeyRow, MemberSealRow):
        mine = (table.council_id == council_id, table.member_id == member_id)
        session.execute(delete(table).where(*mine))
