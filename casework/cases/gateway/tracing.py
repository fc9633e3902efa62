"""What a report of readings needs of a case: ids and dates, no content and no name."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.cases.models import CaseRow, NamingRow, PersonRow
from casework.cases.values import Naming, TracedCase, TracedPerson
from casework.db import sight


def traced_case(session: Session, council_id: UUID, case_id: UUID) -> TracedCase | None:
    """Return who has ties to a case, and who is in it; None when there is none."""
    row = session.scalars(
        select(CaseRow)
        .where(CaseRow.council_id == council_id, CaseRow.id == case_id)
        .execution_options(**sight.CLEAR)
    ).one_or_none()
    if row is None:
        return None
    return TracedCase(
        id=row.id,
        group_id=row.group_id,
        reference=row.reference or "",
        referrer_id=row.referrer_id,
        namings=_namings(session, council_id, case_id),
        persons=_persons(session, council_id, case_id),
    )


def _namings(session: Session, council_id: UUID, case_id: UUID) -> tuple[Naming, ...]:
    one = NamingRow
    found = session.execute(
        select(one.member_id, one.organisation_id, one.from_on, one.until_on)
        .where(one.council_id == council_id, one.case_id == case_id)
        .execution_options(**sight.CLEAR)
    )
    return tuple(Naming(*row) for row in found)


def _persons(session: Session, council_id: UUID, case_id: UUID) -> tuple[TracedPerson, ...]:
    one = PersonRow
    found = session.execute(
        select(one.id, one.compartment_id, one.relation)
        .where(one.council_id == council_id, one.case_id == case_id)
        .order_by(one.id)
        .execution_options(**sight.CLEAR)
    )
    return tuple(TracedPerson(*row) for row in found)
