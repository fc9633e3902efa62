"""Loads and saves groups, their territory, and the mandates in them."""

from collections.abc import Collection
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from casework.charters.vocabulary import CaseKind
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.identity import Role
from casework.partners.gateway.bodies import read_members
from casework.partners.models import GroupCommuneRow, GroupRow, MandateRow, MemberRow
from casework.partners.values import Group, Member, NewGroup, NewMandate


def add_mandate(session: Session, council_id: UUID, own_id: UUID, mandate: NewMandate) -> None:
    """Keep a new mandate."""
    session.add(
        MandateRow(
            council_id=council_id,
            id=own_id,
            member_id=mandate.member_id,
            group_id=mandate.group_id,
            role=mandate.role.value,
            from_on=mandate.from_on,
            until_on=mandate.until_on,
        )
    )
    session.flush()


def end_mandate(session: Session, council_id: UUID, mandate_id: UUID, last: date) -> UUID | None:
    """Make `last` the last day of a mandate; return its member, None when there is none."""
    row = MandateRow
    chosen = (row.council_id == council_id, row.id == mandate_id)
    found = session.execute(
        update(row).where(*chosen).values(until_on=last).returning(row.member_id)
    )
    return found.scalar()


def add_group(session: Session, council_id: UUID, own_id: UUID, group: NewGroup) -> None:
    """Keep a new group and its territory."""
    session.add(
        GroupRow(
            council_id=council_id,
            id=own_id,
            name=group.name,
            prefix=group.prefix,
            kind=group.kind.value,
            coordinating_id=group.coordinating_id,
            charter_id=group.charter_id,
        )
    )
    session.flush()
    session.add_all(
        GroupCommuneRow(council_id=council_id, group_id=own_id, commune=one)
        for one in sorted(group.communes)
    )
    session.flush()


def groups(session: Session, council_id: UUID) -> list[Group]:
    """Return every group by its name."""
    found = session.execute(_groups(council_id).order_by(GroupRow.name))
    return [_group(row) for row in found]


def group(session: Session, council_id: UUID, group_id: UUID) -> Group | None:
    """Return a group, or None."""
    asked = {"council": council_id, "group": group_id}
    row = _GROUP.first(connection_of(session), asked)
    return None if row is None else _group(row)


def move_groups(session: Session, council_id: UUID, charters: tuple[UUID, UUID]) -> int:
    """Put every group under one text of a charter under another; return how many."""
    row, (former, new) = GroupRow, charters
    mine = update(row).where(row.council_id == council_id, row.charter_id == former)
    moved = mine.values(charter_id=new)
    return session.connection().execute(moved).rowcount


def territory(session: Session, council_id: UUID, group_id: UUID) -> frozenset[str]:
    """Return the INSEE codes of a group's communes."""
    asked = {"council": council_id, "group": group_id}
    return frozenset(one for (one,) in _TERRITORY.all(connection_of(session), asked))


def members_of_group(session: Session, council_id: UUID, group_id: UUID, day: date) -> list[Member]:
    """Return who holds a mandate in a group on `day`, by family name."""
    row = MandateRow
    seats = select(row.member_id).where(row.council_id == council_id, row.group_id == group_id)
    current = seats.where(row.from_on <= day, row.until_on >= day)
    return read_members(session, council_id, MemberRow.id.in_(current))


def holders_of(session: Session, council_id: UUID, role: Role, day: date) -> frozenset[UUID]:
    """Return who holds a mandate of a role on `day`, anywhere in the council."""
    row = MandateRow
    held = select(row.member_id).where(row.council_id == council_id, row.role == role.value)
    return frozenset(session.scalars(held.where(row.from_on <= day, row.until_on >= day)))


def charters_of_member(
    session: Session, council_id: UUID, member_id: UUID, day: date
) -> dict[UUID, list[str]]:
    """Return the charters that bind a member on `day`, each with the names of its groups."""
    statement = (
        select(GroupRow.charter_id, GroupRow.name)
        .join(MandateRow, seat_in_group())
        .where(MandateRow.council_id == council_id, MandateRow.member_id == member_id)
        .where(MandateRow.from_on <= day, MandateRow.until_on >= day)
        .order_by(GroupRow.name)
        .distinct()
    )
    found: dict[UUID, list[str]] = {}
    for charter_id, name in session.execute(statement):
        found.setdefault(charter_id, []).append(name)
    return found


def seat_in_group() -> ColumnElement[bool]:
    """Join a mandate to its group, or to every group when it is for the whole council."""
    anywhere = or_(MandateRow.group_id == GroupRow.id, MandateRow.group_id.is_(None))
    return and_(GroupRow.council_id == MandateRow.council_id, anywhere)


def _groups(council_id: Any) -> Select[*tuple[Any, ...]]:
    row = GroupRow
    columns = (row.id, row.name, row.prefix, row.kind, row.coordinating_id, row.charter_id)
    return select(*columns).where(row.council_id == council_id)


def _group(row: Row[*tuple[Any, ...]]) -> Group:
    own_id, name, prefix, kind, *rest = row
    return Group(own_id, name, prefix, CaseKind(kind), *rest)


_TERRITORY: Final = Direct(
    select(GroupCommuneRow.commune).where(
        GroupCommuneRow.council_id == bindparam("council", type_=Id),
        GroupCommuneRow.group_id == bindparam("group", type_=Id),
    )
)
# Each request waits for the answer.
_GROUP: Final = Direct(
    _groups(bindparam("council", type_=Id)).where(GroupRow.id == bindparam("group", type_=Id))
)


def terms(
    session: Session, council_id: UUID, member_ids: Collection[UUID]
) -> dict[UUID, list[tuple[date, date]]]:
    """Return from when until when each of some members held a mandate, those over too."""
    row = MandateRow
    chosen = select(row.member_id, row.from_on, row.until_on).where(
        row.council_id == council_id, row.member_id.in_(member_ids)
    )
    found: dict[UUID, list[tuple[date, date]]] = {}
    for member_id, from_on, until_on in session.execute(chosen):
        found.setdefault(member_id, []).append((from_on, until_on))
    return found
