"""Loads and saves the texts of charters, where each stands, and who approved it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, update
from sqlalchemy.orm import Session

from casework.charters.lifecycle import Approval, VersionState
from casework.charters.models import ApprovalRow, CharterVersionRow
from casework.charters.vocabulary import CaseKind
from casework.identity import Role

_AT_ONCE = {"synchronize_session": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A text, named, and where it stands.

    `replaces_id` is the text that it would follow; without one it founds a charter. `drafted_by`
    is the member who brought it in; nobody where the operator did. `enters_on` is the day chosen
    for it, `entered_on` and `ended_on` the days from which it was in force, and no longer.
    """

    id: UUID
    kind: CaseKind
    version: str
    digest: bytes
    adopted_at: datetime
    state: VersionState = VersionState.IN_FORCE
    replaces_id: UUID | None = None
    drafted_by: UUID | None = None
    compared_at: datetime | None = None
    enters_on: date | None = None
    entered_on: date | None = None
    ended_on: date | None = None


def add_version(session: Session, council_id: UUID, version: Version, text: str) -> None:
    """Keep a text; its words never change afterwards."""
    session.add(
        CharterVersionRow(
            council_id=council_id,
            id=version.id,
            kind=version.kind.value,
            version=version.version,
            text=text,
            digest=version.digest,
            adopted_at=version.adopted_at,
            state=version.state.value,
            replaces_id=version.replaces_id,
            drafted_by=version.drafted_by,
            entered_on=version.entered_on,
        )
    )
    session.flush()


def versions(session: Session, council_id: UUID) -> list[Version]:
    """Return every text ever kept, the oldest first."""
    row = CharterVersionRow
    found = session.execute(_versions(council_id).order_by(row.adopted_at, row.id))
    return [_version(one) for one in found]


def version(session: Session, council_id: UUID, charter_id: UUID) -> Version | None:
    """Return a text, named, or None."""
    return _first(session, _versions(council_id).where(CharterVersionRow.id == charter_id))


def locked(session: Session, council_id: UUID, charter_id: UUID) -> Version | None:
    """Return a text that nobody else moves on until the commit."""
    mine = _versions(council_id).where(CharterVersionRow.id == charter_id)
    return _first(session, mine.with_for_update())


def due(session: Session, council_id: UUID, day: date) -> list[UUID]:
    """Return the approved texts whose day has come, the earliest first."""
    row = CharterVersionRow
    chosen = (
        row.council_id == council_id,
        row.state == VersionState.APPROVED,
        row.enters_on <= day,
    )
    return list(session.scalars(select(row.id).where(*chosen).order_by(row.enters_on, row.id)))


def advance(session: Session, council_id: UUID, charter_id: UUID, **changed: Any) -> None:
    """Write down that a text moved on: columns of its row by name."""
    row = CharterVersionRow
    mine = update(row).where(row.council_id == council_id, row.id == charter_id)
    session.execute(mine.values(**changed), execution_options=_AT_ONCE)


def approve(session: Session, council_id: UUID, charter_id: UUID, approval: Approval) -> None:
    """Keep an approval."""
    session.add(
        ApprovalRow(
            council_id=council_id,
            charter_id=charter_id,
            member_id=approval.member_id,
            function=approval.function.value,
            approved_at=approval.at,
        )
    )
    session.flush()


def approvals_of(session: Session, council_id: UUID, charter_id: UUID) -> list[Approval]:
    """Return who approved a text, the first one first."""
    row = ApprovalRow
    mine = (row.council_id == council_id, row.charter_id == charter_id)
    columns = (row.member_id, row.function, row.approved_at)
    found = session.execute(select(*columns).where(*mine).order_by(row.approved_at))
    return [Approval(member_id, Role(function), at) for member_id, function, at in found]


def digest_of(session: Session, council_id: UUID, charter_id: UUID) -> bytes | None:
    """Return the SHA-256 of a text, or None when there is no such version."""
    row = CharterVersionRow
    statement = select(row.digest).where(row.council_id == council_id, row.id == charter_id)
    return session.scalar(statement)


def text_of(session: Session, council_id: UUID, charter_id: UUID) -> str | None:
    """Return a text word for word, or None when there is no such version."""
    row = CharterVersionRow
    statement = select(row.text).where(row.council_id == council_id, row.id == charter_id)
    return session.scalar(statement)


def _versions(council_id: UUID) -> Select[*tuple[Any, ...]]:
    row = CharterVersionRow
    named = (row.id, row.kind, row.version, row.digest, row.adopted_at, row.state)
    stands = (row.replaces_id, row.drafted_by, row.compared_at)
    days = (row.enters_on, row.entered_on, row.ended_on)
    return select(*named, *stands, *days).where(row.council_id == council_id)


def _first(session: Session, statement: Select[*tuple[Any, ...]]) -> Version | None:
    found = session.execute(statement).first()
    return None if found is None else _version(found)


def _version(row: Row[*tuple[Any, ...]]) -> Version:
    told = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for the columns of a row
    kind, state = CaseKind(told["kind"]), VersionState(told["state"])
    return Version(**{**told, "kind": kind, "state": state})
