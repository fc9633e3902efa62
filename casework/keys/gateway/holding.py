"""The keys of compartments as one organisation holds them: in its ring, on their way, or not."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from casework.db.types import Id
from casework.keys.models import CompartmentRow, GrantRow, RingRow
from casework.keys.values import HeldKey

_COMPARTMENT = (
    CompartmentRow.id,
    CompartmentRow.case_id,
    CompartmentRow.compartment_class,
    CompartmentRow.person_id,
    CompartmentRow.organisation_id,
    CompartmentRow.epoch,
    CompartmentRow.commitment,
)


def held_by_case(session: Session, acting: tuple[UUID, UUID], case_id: UUID) -> list[HeldKey]:
    """Return every compartment of a case as (council, organisation) holds it."""
    return _held(session, acting, _OF_CASE, case=case_id)


def held_by_cases(
    session: Session, acting: tuple[UUID, UUID], cases: Sequence[UUID], class_: str
) -> list[HeldKey]:
    """Return the compartments of a class of several cases."""
    return _held(session, acting, _OF_CASES, cases=cases, class_=class_)


def held_compartments(
    session: Session, acting: tuple[UUID, UUID], compartments: Sequence[UUID], class_: str
) -> list[HeldKey]:
    """Return those of some compartments that are of a class."""
    return _held(session, acting, _THESE, compartments=compartments, class_=class_)


def _held(
    session: Session,
    acting: tuple[UUID, UUID],
    statement: Select[*tuple[Any, ...]],
    **asked: object,
) -> list[HeldKey]:
    council_id, organisation_id = acting
    # The connection itself knows nothing of keys that this very transaction has just moved.
    session.flush()
    given = {"council": council_id, "organisation": organisation_id, **asked}
    rows = session.connection().execute(statement, given).all()
    return [HeldKey(council_id, *row) for row in rows]


def _same_compartment(table: type[RingRow | GrantRow]) -> ColumnElement[bool]:
    return and_(
        table.council_id == CompartmentRow.council_id,
        table.organisation_id == bindparam("organisation", type_=Id),
        table.compartment_id == CompartmentRow.id,
        table.epoch == CompartmentRow.epoch,
    )


_HELD: Select[*tuple[Any, ...]] = (
    select(*_COMPARTMENT, RingRow.version, RingRow.entry, GrantRow.epoch.is_not(None))
    .outerjoin(RingRow, _same_compartment(RingRow))
    .outerjoin(GrantRow, _same_compartment(GrantRow))
    .where(CompartmentRow.council_id == bindparam("council", type_=Id))
    .where(CompartmentRow.erasing_since.is_(None))
)
_OF_CLASS = CompartmentRow.compartment_class == bindparam("class_")
_OF_CASE = _HELD.where(CompartmentRow.case_id == bindparam("case", type_=Id))
_OF_CASES = _HELD.where(
    CompartmentRow.case_id.in_(bindparam("cases", type_=Id, expanding=True)), _OF_CLASS
)
_THESE = _HELD.where(
    CompartmentRow.id.in_(bindparam("compartments", type_=Id, expanding=True)), _OF_CLASS
)
