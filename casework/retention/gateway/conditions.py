"""What the tables of retention say of the row of a case, as conditions for others' statements."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists

from casework.cases.gateway.forgetting import Elsewhere
from casework.retention.models import EliminationItemRow, EliminationListRow, HoldRow
from casework.retention.policy import ListState


def elsewhere(day: date) -> Elsewhere:
    """Return what the tables of retention say of the row of a case on a day."""
    return Elsewhere(
        held=lambda case: exists().where(HoldRow.case_id == case.id, *_running(case, day)),
        listed=lambda case: exists().where(_item_of(case)),
        visaed=lambda case: exists().where(_item_of(case), _list_in(ListState.VISAED)),
    )


def _running(owner: Any, day: date) -> Sequence[ColumnElement[bool]]:
    return (
        HoldRow.council_id == owner.council_id,
        HoldRow.lifted_on.is_(None),
        HoldRow.until_on >= day,
    )


def _item_of(case: Any) -> ColumnElement[bool]:
    row = EliminationItemRow
    return and_(row.council_id == case.council_id, row.case_id == case.id)


def _list_in(state: ListState) -> ColumnElement[bool]:
    return and_(
        EliminationListRow.council_id == EliminationItemRow.council_id,
        EliminationListRow.id == EliminationItemRow.list_id,
        EliminationListRow.state == state,
    )
