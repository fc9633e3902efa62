"""Which cases stand where, by id and state alone: for those who compare without opening."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.cases.models import CaseRow
from casework.cases.procedures.steps import CaseState
from casework.db import sight


def places(
    session: Session, council_id: UUID, groups: Collection[UUID], states: Collection[CaseState]
) -> dict[UUID, UUID]:
    """Return the cases of some groups in some states, each with its group."""
    row = CaseRow
    chosen = (row.group_id.in_(list(groups)), row.state.in_(sorted(states)))
    found = session.execute(
        select(row.id, row.group_id)
        .where(row.council_id == council_id, *chosen)
        .execution_options(**sight.CLEAR)
    )
    return dict(found.all())


def references(session: Session, council_id: UUID, cases: Collection[UUID]) -> dict[UUID, str]:
    """Return the references of those of some cases that have one."""
    row = CaseRow
    chosen = (row.id.in_(list(cases)), row.reference.is_not(None))
    found = session.execute(
        select(row.id, row.reference)
        .where(row.council_id == council_id, *chosen)
        .execution_options(**sight.CLEAR)
    )
    return {own_id: str(reference) for own_id, reference in found}
