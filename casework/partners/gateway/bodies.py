"""Loads and saves organisations and their members."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, select, true, update
from sqlalchemy.orm import Session

from casework.charters.vocabulary import PartnerCategory
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.partners.models import MemberRow, OrganisationRow
from casework.partners.values import (
    Member,
    MemberLabel,
    Organisation,
    PersonName,
)

NAME: Final = (MemberRow.civility, MemberRow.given_name, MemberRow.family_name)
_ORGANISATION: Final = (
    OrganisationRow.id,
    OrganisationRow.name,
    OrganisationRow.category,
    OrganisationRow.commune,
    OrganisationRow.left_on,
    OrganisationRow.suspended_on,
)
_ORGANISATIONS: Final = Direct(
    select(*_ORGANISATION)
    .where(OrganisationRow.council_id == bindparam("council", type_=Id))
    .order_by(OrganisationRow.name)
)


def add_organisation(session: Session, council_id: UUID, organisation: Organisation) -> None:
    """Keep a new partner body."""
    session.add(
        OrganisationRow(
            council_id=council_id,
            id=organisation.id,
            name=organisation.name,
            category=organisation.category.value,
            commune=organisation.commune,
        )
    )
    session.flush()


def organisations(session: Session, council_id: UUID) -> list[Organisation]:
    """Return every partner body by its name."""
    found = _ORGANISATIONS.all(connection_of(session), {"council": council_id})
    return [
        Organisation(one, name, PartnerCategory(category), commune, left_on, suspended_on)
        for one, name, category, commune, left_on, suspended_on in found
    ]


def add_member(session: Session, council_id: UUID, member: Member) -> None:
    """Keep a new person of a partner."""
    session.add(
        MemberRow(
            council_id=council_id,
            id=member.id,
            organisation_id=member.organisation_id,
            civility=member.name.civility,
            given_name=member.name.given,
            family_name=member.name.family,
            locked=member.locked,
        )
    )
    session.flush()


def members(session: Session, council_id: UUID) -> list[Member]:
    """Return every member by family name, then given name."""
    return read_members(session, council_id, true())


def active_members(session: Session, council_id: UUID, organisation_id: UUID) -> list[UUID]:
    """Return the ids of a body's members to whom the service is open, by family name."""
    chosen = and_(MemberRow.organisation_id == organisation_id, MemberRow.locked.is_(False))
    return [one.id for one in read_members(session, council_id, chosen)]


def open_members(session: Session, council_id: UUID) -> dict[UUID, UUID]:
    """Return the body of each member whose access is not closed."""
    row = MemberRow
    open_ones = (row.council_id == council_id, row.locked.is_(False))
    return dict(session.execute(select(row.id, row.organisation_id).where(*open_ones)).all())


def set_locked(session: Session, council_id: UUID, member_id: UUID, *, locked: bool) -> bool:
    """Close or reopen the service to a member; say whether there is one."""
    row = MemberRow
    chosen = (row.council_id == council_id, row.id == member_id)
    found = session.execute(update(row).where(*chosen).values(locked=locked).returning(row.id))
    return found.first() is not None


def labels(session: Session, council_id: UUID, ids: Iterable[UUID]) -> dict[UUID, MemberLabel]:
    """Return how members are shown, by id; unknown ids are simply absent."""
    statement = (
        select(MemberRow.id, OrganisationRow.name, *NAME)
        .join(OrganisationRow, body_of_member())
        .where(MemberRow.council_id == council_id, MemberRow.id.in_(set(ids)))
    )
    rows = session.execute(statement)
    return {one: MemberLabel.of(PersonName(*name), body) for one, body, *name in rows}


def read_members(session: Session, council_id: UUID, chosen: ColumnElement[bool]) -> list[Member]:
    """Return chosen members by family name, then given name."""
    row = MemberRow
    statement = (
        select(row.id, row.organisation_id, *NAME, row.locked)
        .where(row.council_id == council_id, chosen)
        .order_by(row.family_name, row.given_name, row.id)
    )
    return [
        Member(one, body, PersonName(*name), locked)
        for one, body, *name, locked in session.execute(statement)
    ]


def body_of_member() -> ColumnElement[bool]:
    """Join a member to their organisation."""
    return and_(
        OrganisationRow.council_id == MemberRow.council_id,
        OrganisationRow.id == MemberRow.organisation_id,
    )
