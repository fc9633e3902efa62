"""Who holds parts of some classes, as conditions on the rows of other gateways."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from casework.keys.models import CompartmentRow, GrantRow, RingRow


def has_part(case: Any, classes: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a case has a living part of one of some classes."""
    return exists().where(_of(case, classes))


def holds_part(case: Any, organisation_id: Any, classes: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that an organisation holds one, or is given it."""
    return or_(*(_in(table, case, organisation_id, classes) for table in (RingRow, GrantRow)))


def _in(
    table: type[RingRow | GrantRow],
    case: Any,
    organisation_id: Any,
    classes: Collection[str],
) -> ColumnElement[bool]:
    return exists().where(
        _of(case, classes),
        table.council_id == CompartmentRow.council_id,
        table.compartment_id == CompartmentRow.id,
        table.organisation_id == organisation_id,
    )


def _of(case: Any, classes: Collection[str]) -> ColumnElement[bool]:
    return and_(
        CompartmentRow.council_id == case.council_id,
        CompartmentRow.case_id == case.id,
        CompartmentRow.compartment_class.in_(sorted(classes)),
        CompartmentRow.erasing_since.is_(None),
    )
