"""What remains of an organisation that leaves: its name, its members' names, their dates."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casework.partners.models import GroupRow, MandateRow, MemberRow, OrganisationRow

_AT_ONCE = {"synchronize_session": False}


def mark_left(session: Session, council_id: UUID, organisation_id: UUID, day: date) -> bool:
    """Write down that an organisation has left; False when there is none, or it left before."""
    row = OrganisationRow
    mine = (row.council_id == council_id, row.id == organisation_id, row.left_on.is_(None))
    found = session.execute(update(row).where(*mine).values(left_on=day).returning(row.id))
    return found.first() is not None


def has_left(session: Session, council_id: UUID, organisation_id: UUID) -> bool:
    """Say whether an organisation has left."""
    row = OrganisationRow
    mine = (row.council_id == council_id, row.id == organisation_id, row.left_on.is_not(None))
    return session.execute(select(row.id).where(*mine)).first() is not None


def members_of(session: Session, council_id: UUID, organisation_id: UUID) -> list[UUID]:
    """Return every person of an organisation."""
    row = MemberRow
    mine = (row.council_id == council_id, row.organisation_id == organisation_id)
    return list(session.scalars(select(row.id).where(*mine).order_by(row.id)))


def body_of(session: Session, council_id: UUID, member_id: UUID) -> UUID | None:
    """Return the organisation of a member."""
    row = MemberRow
    return session.scalar(
        select(row.organisation_id).where(row.council_id == council_id, row.id == member_id)
    )


def coordinated(session: Session, council_id: UUID, organisation_id: UUID) -> int:
    """Count the groups that an organisation coordinates."""
    row = GroupRow
    mine = (row.council_id == council_id, row.coordinating_id == organisation_id)
    return session.scalar(select(func.count()).select_from(row).where(*mine)) or 0


def shut_out(session: Session, council_id: UUID, members: Collection[UUID], last: date) -> int:
    """Close the service to members, end their mandates on `last`, and count these."""
    person, mandate = MemberRow, MandateRow
    locked = update(person).where(person.council_id == council_id, person.id.in_(members))
    session.execute(locked.values(locked=True), execution_options=_AT_ONCE)
    running = (
        mandate.council_id == council_id,
        mandate.member_id.in_(members),
        mandate.until_on > last,
    )
    ended = update(mandate).where(*running).values(until_on=last)
    return session.connection().execute(ended).rowcount
