"""Finds compartments that wait for a new epoch, or to be sealed anew, and who can see to it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, union_all
from sqlalchemy.orm import Session

from casework.keys.models import CompartmentRow, GrantRow, RingRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A compartment that waits; `epochs` are those each able organisation holds, or is given."""

    compartment_id: UUID
    case_id: UUID
    epoch: int
    epochs: dict[UUID, frozenset[int]]

    def able(self, first: UUID | None) -> list[UUID]:
        """Return who holds the newest epoch: those with most of the older ones, then `first`."""
        newest = [one for one, held in self.epochs.items() if self.epoch in held]
        return sorted(newest, key=lambda one: (-len(self.epochs[one]), one != first, one))


Find = Callable[[Session, UUID, Collection[UUID], UUID, int], list[Waiting]]
"""Finds compartments of a council, by organisations that are able, after an id, at most so many."""


def due(
    session: Session, council_id: UUID, able: Collection[UUID], after: UUID, most: int
) -> list[Waiting]:
    """Return compartments that wait for a new epoch, by id, those after one."""
    return _waiting(session, council_id, CompartmentRow.due_since.is_not(None), (able, after, most))


def followed(
    session: Session, council_id: UUID, able: Collection[UUID], after: UUID, most: int
) -> list[Waiting]:
    """Return compartments in which something may be sealed under an older epoch."""
    older = CompartmentRow.former_since.is_not(None)
    return _waiting(session, council_id, older, (able, after, most))


def of_organisation(session: Session, place: tuple[UUID, UUID], most: int) -> list[UUID]:
    """Return some compartments that wait and whose key (council, organisation) holds."""
    row = CompartmentRow
    waits = or_(row.due_since.is_not(None), row.former_since.is_not(None))
    mine = (row.council_id == place[0], row.erasing_since.is_(None), waits)
    chosen = select(row.id).where(*mine, _held_by([place[1]])).order_by(row.id).limit(most)
    return list(session.scalars(chosen))


def _waiting(
    session: Session,
    council_id: UUID,
    condition: ColumnElement[bool],
    page: tuple[Collection[UUID], UUID, int],
) -> list[Waiting]:
    able, after, most = page
    row = CompartmentRow
    mine = (row.council_id == council_id, row.erasing_since.is_(None), row.id > after)
    chosen = select(row.id, row.case_id, row.epoch).where(*mine, condition, _held_by(able))
    rows = session.execute(chosen.order_by(row.id).limit(most)).all()
    epochs = _epochs(session, council_id, [one for one, *_ in rows], able)
    return [Waiting(one, case_id, epoch, epochs.get(one, {})) for one, case_id, epoch in rows]


def _held_by(able: Collection[UUID]) -> ColumnElement[bool]:
    def one(table: type[RingRow | GrantRow]) -> Any:
        return exists().where(
            table.council_id == CompartmentRow.council_id,
            table.compartment_id == CompartmentRow.id,
            table.epoch == CompartmentRow.epoch,
            table.organisation_id.in_(able),
            table.expires_at.is_(None),
        )

    return or_(one(RingRow), one(GrantRow))


def _epochs(
    session: Session, council_id: UUID, compartments: Sequence[UUID], able: Collection[UUID]
) -> dict[UUID, dict[UUID, frozenset[int]]]:
    held = union_all(
        *(
            select(table.compartment_id, table.organisation_id, table.epoch).where(
                and_(table.council_id == council_id, table.compartment_id.in_(compartments)),
                table.organisation_id.in_(able),
                table.expires_at.is_(None),
            )
            for table in (RingRow, GrantRow)
        )
    )
    found: dict[UUID, dict[UUID, frozenset[int]]] = {}
    for compartment_id, organisation_id, epoch in session.execute(held):
        mine = found.setdefault(compartment_id, {})
        mine[organisation_id] = mine.get(organisation_id, frozenset()) | {epoch}
    return found
