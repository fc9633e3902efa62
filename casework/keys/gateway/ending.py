"""The end of compartments as rows: marked, emptied of keys, removed, remembered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Insert, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casework.keys.gateway import exceptions
from casework.keys.models import (
    CompartmentRow,
    EndedCompartmentRow,
    FormerEpochRow,
    GrantRow,
    RingRow,
)

_ASKED_AT_ONCE: Final = 1000


def begin_erasure(
    session: Session, council_id: UUID, cases: Sequence[UUID], now: datetime
) -> list[UUID]:
    """Mark the compartments of cases as dying and take their keys from every ring."""
    chosen = (CompartmentRow.council_id == council_id, CompartmentRow.case_id.in_(cases))
    compartments = list(session.scalars(select(CompartmentRow.id).where(*chosen)))
    session.execute(update(CompartmentRow).where(*chosen).values(erasing_since=now))
    for table in (RingRow, GrantRow):
        session.execute(
            delete(table).where(
                table.council_id == council_id, table.compartment_id.in_(compartments)
            )
        )
    return compartments


def finish_erasure(
    session: Session, council_id: UUID, dying: Mapping[UUID, Sequence[UUID]], now: datetime
) -> None:
    """Remove, by case, compartments whose peppers are gone, with keys that arrived meanwhile."""
    exceptions.forget(session, council_id, list(dying))
    compartments = [one for parts in dying.values() for one in parts]
    for table in (RingRow, GrantRow, FormerEpochRow):
        chosen = (table.council_id == council_id, table.compartment_id.in_(compartments))
        session.execute(delete(table).where(*chosen))
    session.execute(
        delete(CompartmentRow).where(
            CompartmentRow.council_id == council_id, CompartmentRow.id.in_(compartments)
        )
    )
    ended = [
        {"council_id": council_id, "id": one, "case_id": case_id, "ended_at": now}
        for case_id, parts in dying.items()
        for one in parts
    ]
    if ended:
        session.execute(_unless_known(session), ended)


def unfinished_erasures(session: Session, council_id: UUID) -> dict[UUID, list[UUID]]:
    """Return, by case, what is left of cases whose erasure began and was not confirmed.

    All compartments of such a case are dying, those too that somebody made while it began.
    """
    marked = select(CompartmentRow.case_id).where(
        CompartmentRow.council_id == council_id, CompartmentRow.erasing_since.is_not(None)
    )
    return _by_case(session, council_id, CompartmentRow.case_id.in_(marked))


def cases_of(session: Session, council_id: UUID, compartments: Iterable[UUID]) -> set[UUID]:
    """Return the cases of those of `compartments` that exist."""
    found: set[UUID] = set()
    for part in _parts(sorted(compartments)):
        found |= set(_by_case(session, council_id, CompartmentRow.id.in_(part)))
    return found


def living(session: Session, council_id: UUID) -> dict[UUID, UUID]:
    """Return the case of every compartment that is not marked as dying."""
    unmarked = CompartmentRow.erasing_since.is_(None)
    found = _by_case(session, council_id, unmarked)
    return {one: case_id for case_id, parts in found.items() for one in parts}


def needed(session: Session, council_id: UUID) -> set[tuple[UUID, int]]:
    """Return (compartment, epoch) of all under which something may be sealed."""
    now = select(CompartmentRow.id, CompartmentRow.epoch)
    former = select(FormerEpochRow.compartment_id, FormerEpochRow.epoch)
    both = (
        now.where(CompartmentRow.council_id == council_id),
        former.where(FormerEpochRow.council_id == council_id),
    )
    return {(one, epoch) for places in both for one, epoch in session.execute(places)}


def ended(session: Session, council_id: UUID) -> dict[UUID, UUID]:
    """Return the case of every compartment whose end was confirmed."""
    row = EndedCompartmentRow
    chosen = select(row.id, row.case_id).where(row.council_id == council_id)
    return dict(session.execute(chosen).all())


def compartments_of(
    session: Session, council_id: UUID, cases: Sequence[UUID]
) -> dict[UUID, list[UUID]]:
    """Return, by case, every compartment of some cases."""
    return _by_case(session, council_id, CompartmentRow.case_id.in_(cases))


def _parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[at : at + _ASKED_AT_ONCE] for at in range(0, len(ids), _ASKED_AT_ONCE))


def _unless_known(session: Session) -> Insert:
    """Return the insertion of what two sweeps may confirm at once."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    insert_into = postgresql.insert if on_postgresql else sqlite.insert
    return insert_into(EndedCompartmentRow).on_conflict_do_nothing()


def _by_case(
    session: Session, council_id: UUID, chosen: ColumnElement[bool]
) -> dict[UUID, list[UUID]]:
    statement = select(CompartmentRow.case_id, CompartmentRow.id).where(
        CompartmentRow.council_id == council_id, chosen
    )
    found: dict[UUID, list[UUID]] = {}
    for case_id, compartment_id in session.execute(statement):
        found.setdefault(case_id, []).append(compartment_id)
    return found
