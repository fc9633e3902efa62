"""Who sits in a group on a day, and whether each is bound by its charter: three statements."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from casework.charters import gateway as charters
from casework.charters.vocabulary import PartnerCategory
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.identity import Mandate, Role
from casework.partners.models import MandateRow, MemberRow, OrganisationRow
from casework.partners.values import Group, Organisation, PersonName, Seat


def seats_of(session: Session, council_id: UUID, group: Group, day: date) -> list[Seat]:
    """Return who may come into a group on `day`, by family name.

    Locked accounts are left out, and bodies whose access review suspends them.
    """
    bodies, persons = charters.parties_to(session, council_id, group.charter_id, day)
    asked = {"council": council_id, "group": group.id, "day": day}
    found = _MANDATES.all(connection_of(session), asked)
    lines = groupby(found, key=lambda row: row.id)
    return [_seat(list(rows), bodies, persons) for _, rows in lines]


def _mandates() -> Select[*tuple[Any, ...]]:
    member, body, mandate = MemberRow, OrganisationRow, MandateRow
    council_id, group_id = bindparam("council", type_=Id), bindparam("group", type_=Id)
    day = bindparam("day", type_=Date)
    current = and_(
        mandate.council_id == council_id, mandate.from_on <= day, mandate.until_on >= day
    )
    seated = select(mandate.member_id).where(current, mandate.group_id == group_id)
    return (
        select(member.id, member.civility, member.given_name, member.family_name)
        .add_columns(body.id.label("body"), body.name, body.category, body.commune)
        .add_columns(mandate.role, mandate.group_id, mandate.from_on, mandate.until_on)
        .join(body, and_(body.council_id == member.council_id, body.id == member.organisation_id))
        .join(
            mandate, and_(mandate.council_id == member.council_id, mandate.member_id == member.id)
        )
        .where(member.council_id == council_id, member.locked.is_(False), member.id.in_(seated))
        .where(body.suspended_on.is_(None))
        .where(current, or_(mandate.group_id == group_id, mandate.group_id.is_(None)))
        .order_by(member.family_name, member.given_name, member.id, mandate.id)
    )


_MANDATES: Final = Direct(_mandates())


def _seat(rows: list[Any], bodies: frozenset[UUID], persons: frozenset[UUID]) -> Seat:
    first = rows[0]
    signed = first.body in bodies and first.id in persons
    return Seat(
        member_id=first.id,
        name=PersonName(first.civility, first.given_name, first.family_name),
        organisation=Organisation(
            first.body, first.name, PartnerCategory(first.category), first.commune
        ),
        mandates=tuple(_held(rows, signed=signed)),
    )


def _held(rows: list[Any], *, signed: bool) -> Iterable[Mandate]:
    for row in rows:
        yield Mandate(Role(row.role), row.group_id, row.from_on, row.until_on, signed)
