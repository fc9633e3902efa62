"""The sealed values of cases, as the job that seals them anew finds and replaces them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table, bindparam, or_, select, update
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.gateway.content import CONTENT, parts_of
from casework.cases.models import CaseRow
from casework.db import sight
from casework.db.types import Blob, Id
from casework.errors import Conflict
from casework.keys.gateway import following
from casework.keys.resealing import Cell, Moved
from casework.keys.values import HeldKey
from casework.partners.gateway import conditions as partners

_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True)
class CaseContents:
    """Walks every sealed column of the cases of some compartments. Opens nothing.

    `tables` are those with a sealed value of a case, those of packages above as well.
    """

    tables: tuple[Any, ...] = CONTENT

    def under_older(self, work: Work, held: Sequence[HeldKey]) -> list[Cell]:
        """Return values not sealed under the newest epoch, their rows locked; perhaps not all."""
        by_epoch = sorted(held, key=lambda key: key.epoch)
        return [
            cell
            for epoch, keys in groupby(by_epoch, key=lambda key: key.epoch)
            for cell in _older(work, self.tables, list(keys), epoch)
        ]

    def replace(self, work: Work, moved: Sequence[Moved]) -> None:
        """Store moved values. Raises `Conflict` when one is not what it was any more."""
        connection = work.session.connection()
        for (table, column), some in groupby(sorted(moved, key=_place), key=_place):
            values = [
                {"one": cell.row, "was": cell.sealed, "becomes": sealed} for cell, sealed in some
            ]
            council = {"council": work.principal.council_id}
            swap = self._swaps[table, column]
            done = connection.execute(swap, [council | one for one in values])
            if done.rowcount != len(values):
                raise Conflict

    @cached_property
    def _swaps(self) -> Mapping[tuple[str, str], Any]:
        return {
            (table.__tablename__, column.name): _swap(table.__table__, column)
            for table in self.tables
            for _, columns in parts_of(table)
            for column in columns
        }

    def coordinating(
        self, session: Session, council_id: UUID, cases: Sequence[UUID]
    ) -> dict[UUID, UUID]:
        """Return the organisation that coordinates the group of each case."""
        statement = select(CaseRow.id, partners.coordinating(CaseRow)).where(
            CaseRow.council_id == council_id, CaseRow.id.in_(cases)
        )
        return dict(session.execute(statement.execution_options(**sight.CLEAR)).all())


def _older(
    work: Work, tables: tuple[Any, ...], held: Sequence[HeldKey], epoch: int
) -> Iterator[Cell]:
    compartments = [key.compartment_id for key in held]
    cases = sorted({key.case_id for key in held})
    for table in tables:
        for part, columns in parts_of(table):
            older = or_(*(following.sealed_before(column, epoch) for column in columns))
            chosen = select(table.id, part, *columns).where(
                table.council_id == work.principal.council_id,
                table.case_id.in_(cases),
                part.in_(compartments),
                older,
            )
            locked = chosen.order_by(table.id).limit(_ROWS_AT_ONCE).with_for_update()
            locked = locked.execution_options(**sight.SHUT)
            for row_id, compartment_id, *values in work.session.connection().execute(locked):
                for column, sealed in zip(columns, values, strict=True):
                    if sealed is not None and not following.is_of(sealed, epoch):
                        name = table.__tablename__
                        yield Cell(compartment_id, name, column.name, row_id, sealed)


def _place(moved: Moved) -> tuple[str, str]:
    return moved[0].table, moved[0].column


def _swap(table: Table, column: Any) -> Any:
    """Write a value only where it is still what was read: an edit meanwhile is never lost."""
    return (
        update(table)
        .where(table.c.council_id == bindparam("council", type_=Id))
        .where(table.c.id == bindparam("one", type_=Id))
        .where(column == bindparam("was", type_=Blob))
        .values({column: bindparam("becomes", type_=Blob)})
        .execution_options(**sight.SHUT)
    )
