"""Bodies asked who still works there: their people, and the access that waits for the answer."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from casework.partners.gateway.bodies import NAME
from casework.partners.models import GroupRow, MandateRow, MemberRow, OrganisationRow


class PersonLine(NamedTuple):
    """A person beside one mandate of theirs, or none; a whole council has no group's name."""

    member_id: UUID
    civility: str
    given: str
    family: str
    role: str | None
    group: str | None
    until_on: date | None


def people_of(
    session: Session, council_id: UUID, organisation_id: UUID, day: date
) -> list[PersonLine]:
    """Return whom the service is open to in a body, with the mandates not over on `day`."""
    person, mandate, group = MemberRow, MandateRow, GroupRow
    held = and_(
        mandate.council_id == person.council_id,
        mandate.member_id == person.id,
        mandate.until_on >= day,
    )
    where = and_(group.council_id == mandate.council_id, group.id == mandate.group_id)
    found = session.execute(
        select(person.id, *NAME, mandate.role, group.name, mandate.until_on)
        .outerjoin(mandate, held)
        .outerjoin(group, where)
        .where(person.council_id == council_id, person.organisation_id == organisation_id)
        .where(person.locked.is_(False))
        .order_by(person.family_name, person.given_name, person.id, group.name, mandate.id)
    )
    return [PersonLine(*row) for row in found]


def first_mandates(session: Session, council_id: UUID, day: date) -> dict[UUID, date]:
    """Return when the first mandate of each body began, of those not over on `day`.

    Of bodies that have not left, and of people to whom the service is open.
    """
    person, mandate, body = MemberRow, MandateRow, OrganisationRow
    found = session.execute(
        select(body.id, func.min(mandate.from_on))
        .join(person, and_(person.council_id == body.council_id, person.organisation_id == body.id))
        .join(
            mandate, and_(mandate.council_id == person.council_id, mandate.member_id == person.id)
        )
        .where(body.council_id == council_id, body.left_on.is_(None), person.locked.is_(False))
        .where(mandate.until_on >= day)
        .group_by(body.id)
    )
    return dict(found.all())


def suspend(session: Session, council_id: UUID, organisation_id: UUID, day: date) -> None:
    """Let no mandate of a body's people count from now on."""
    _set(session, council_id, organisation_id, day)


def reopen(session: Session, council_id: UUID, organisation_id: UUID) -> bool:
    """Let them count again; say whether they did not."""
    row = OrganisationRow
    mine = (row.council_id == council_id, row.id == organisation_id)
    suspended = session.scalar(select(row.id).where(*mine, row.suspended_on.is_not(None)))
    _set(session, council_id, organisation_id, None)
    return suspended is not None


def mandates_ending(
    session: Session, council_id: UUID, between: tuple[date, date]
) -> Iterable[tuple[UUID, UUID | None, date]]:
    """Return (member, group, last day) where somebody's last mandate in a group ends in between."""
    person, mandate = MemberRow, MandateRow
    last = func.max(mandate.until_on)
    found = session.execute(
        select(mandate.member_id, mandate.group_id, last)
        .join(person, and_(person.council_id == mandate.council_id, person.id == mandate.member_id))
        .where(mandate.council_id == council_id, person.locked.is_(False))
        .group_by(mandate.member_id, mandate.group_id)
        .having(last.between(*between))
    )
    return [(member_id, group_id, until) for member_id, group_id, until in found]


def _set(session: Session, council_id: UUID, organisation_id: UUID, day: date | None) -> None:
    row = OrganisationRow
    mine = (row.council_id == council_id, row.id == organisation_id)
    session.execute(update(row).where(*mine).values(suspended_on=day))
