"""The keys of compartments as one organisation holds them: in its ring, on their way, or not."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.listed import Listed
from casework.db.types import Id
from casework.keys.models import CompartmentRow, FormerEpochRow, GrantRow, RingRow
from casework.keys.values import Acting, HeldKey

_COMPARTMENT = (
    CompartmentRow.id,
    CompartmentRow.case_id,
    CompartmentRow.compartment_class,
    CompartmentRow.person_id,
    CompartmentRow.organisation_id,
)


def held_by_case(session: Session, acting: Acting, case_id: UUID) -> list[HeldKey]:
    """Return every compartment of a case as the acting organisation holds it."""
    return _held(session, acting, _OF_CASE, case=case_id)


def held_by_cases(
    session: Session, acting: Acting, cases: Sequence[UUID], class_: str
) -> list[HeldKey]:
    """Return the compartments of a class of several cases."""
    return _held(session, acting, _OF_CASES, cases=cases, class_=class_)


def held_compartments(
    session: Session, acting: Acting, compartments: Sequence[UUID], class_: str
) -> list[HeldKey]:
    """Return those of some compartments that are of a class."""
    return _held(session, acting, _THESE, compartments=compartments, class_=class_)


def held_these(session: Session, acting: Acting, compartments: Sequence[UUID]) -> list[HeldKey]:
    """Return some compartments of whatever class."""
    return _held(session, acting, _ANY, compartments=compartments) if compartments else []


def holds_any(
    session: Session,
    place: tuple[UUID, UUID],
    classes: Collection[str],
    cases: Select[UUID],
) -> bool:
    """Say whether (council, organisation) holds, or is given, a part of some classes and cases."""
    row = CompartmentRow
    given = [
        exists().where(
            table.council_id == row.council_id,
            table.organisation_id == place[1],
            table.compartment_id == row.id,
        )
        for table in (RingRow, GrantRow)
    ]
    chosen = (row.council_id == place[0], row.compartment_class.in_(classes), or_(*given))
    any_of = select(row.id).where(*chosen, row.case_id.in_(cases)).limit(1)
    found = session.execute(any_of.execution_options(**sight.CLEAR))
    return found.first() is not None


def _held(
    session: Session,
    acting: Acting,
    statement: Direct,
    **asked: object,
) -> list[HeldKey]:
    # The connection itself knows nothing of keys that this very transaction has just moved.
    session.flush()
    given = {"council": acting.council_id, "organisation": acting.organisation_id, **asked}
    rows = statement.all(connection_of(session), given)
    found = [HeldKey(acting.council_id, *row) for *row, _ in rows]
    followed = [row.id for row in rows if row.followed]
    return _with_former(session, acting, found, followed) if followed else found


def _with_former(
    session: Session, acting: Acting, found: Sequence[HeldKey], followed: Sequence[UUID]
) -> list[HeldKey]:
    """Return the same keys with their older epochs: while a job seals everything anew."""
    given = {"council": acting.council_id, "organisation": acting.organisation_id}
    rows = session.connection().execute(_FORMER, {**given, "compartments": followed}).all()
    former: dict[UUID, list[HeldKey]] = {}
    for row in rows:
        key = HeldKey(acting.council_id, *row)
        former.setdefault(key.compartment_id, []).append(key)
    return [replace(one, former=tuple(former.get(one.compartment_id, ()))) for one in found]


_Epochs = type[CompartmentRow | FormerEpochRow]


def _same_key(table: type[RingRow | GrantRow], epochs: _Epochs) -> ColumnElement[bool]:
    return and_(
        table.council_id == CompartmentRow.council_id,
        table.organisation_id == bindparam("organisation", type_=Id),
        table.compartment_id == CompartmentRow.id,
        table.epoch == epochs.epoch,
    )


def _key_of(epochs: _Epochs) -> tuple[Any, ...]:
    due = CompartmentRow.due_since.is_not(None)
    ring = (RingRow.version, RingRow.entry, RingRow.expires_at)
    return (epochs.epoch, epochs.commitment, due, *ring, GrantRow.epoch.is_not(None))


_HELD: Select[*tuple[Any, ...]] = (
    select(
        *_COMPARTMENT,
        *_key_of(CompartmentRow),
        CompartmentRow.former_since.is_not(None).label("followed"),
    )
    .outerjoin(RingRow, _same_key(RingRow, CompartmentRow))
    .outerjoin(GrantRow, _same_key(GrantRow, CompartmentRow))
    .where(CompartmentRow.council_id == bindparam("council", type_=Id))
    .where(CompartmentRow.erasing_since.is_(None))
)
_FORMER: Select[*tuple[Any, ...]] = (
    select(*_COMPARTMENT, *_key_of(FormerEpochRow))
    .join(
        FormerEpochRow,
        and_(
            FormerEpochRow.council_id == CompartmentRow.council_id,
            FormerEpochRow.compartment_id == CompartmentRow.id,
        ),
    )
    .outerjoin(RingRow, _same_key(RingRow, FormerEpochRow))
    .outerjoin(GrantRow, _same_key(GrantRow, FormerEpochRow))
    .where(CompartmentRow.council_id == bindparam("council", type_=Id))
    .where(CompartmentRow.id.in_(bindparam("compartments", type_=Id, expanding=True)))
)
_OF_CLASS = CompartmentRow.compartment_class == bindparam("class_")
_OF_CASE = Direct(_HELD.where(CompartmentRow.case_id == bindparam("case", type_=Id)))
_OF_CASES = Direct(_HELD.where(Listed(CompartmentRow.case_id, "cases"), _OF_CLASS))
_AMONG = _HELD.where(Listed(CompartmentRow.id, "compartments"))
_ANY = Direct(_AMONG)
_THESE = Direct(_AMONG.where(_OF_CLASS))
