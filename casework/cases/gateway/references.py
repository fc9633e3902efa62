"""References of cases by id and back: content of nothing."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.cases.models import CaseRow
from casework.db import sight


def references_of(session: Session, council_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return references by id; erased cases and those without a number are absent."""
    statement = select(CaseRow.id, CaseRow.reference).where(
        CaseRow.council_id == council_id,
        CaseRow.id.in_(list(ids)),
        CaseRow.reference.is_not(None),
    )
    found = session.execute(statement.execution_options(**sight.CLEAR))
    return {one: reference or "" for one, reference in found}


def unnumbered_among(session: Session, council_id: UUID, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return which of some ids are cases that wait for a number: referrals not answered yet."""
    statement = select(CaseRow.id).where(
        CaseRow.council_id == council_id, CaseRow.id.in_(list(ids)), CaseRow.reference.is_(None)
    )
    return frozenset(session.scalars(statement.execution_options(**sight.CLEAR)))


def case_of(session: Session, council_id: UUID, reference: str) -> UUID | None:
    """Return the case of a reference, or None."""
    statement = select(CaseRow.id).where(
        CaseRow.council_id == council_id, CaseRow.reference == reference
    )
    return session.scalar(statement.execution_options(**sight.CLEAR))
