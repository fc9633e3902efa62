"""Sealed values of one more table, beside others, for the job that seals them anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.db.types import Blob, Id
from casework.errors import Conflict
from casework.keys.gateway import following
from casework.keys.resealing import Cell, Contents, Moved
from casework.keys.values import HeldKey


@dataclass(frozen=True, slots=True)
class TableBeside:
    """Implements `resealing.Contents` with a table and what else there is. Opens nothing.

    Each row of the table names its compartment in `compartment_id`; `options` are those of every
    statement on it.
    """

    others: Contents
    table: Any
    sealed: Sequence[Any]
    options: Mapping[str, Any]

    def under_older(self, work: Work, held: Sequence[HeldKey]) -> list[Cell]:
        """Return values not sealed under the newest epoch, their rows locked."""
        own = [cell for key in held for cell in self._older(work, key)]
        return [*self.others.under_older(work, held), *own]

    def replace(self, work: Work, moved: Sequence[Moved]) -> None:
        """Store moved values. Raises `Conflict` when one is not what it was any more."""
        name = self.table.__tablename__
        self.others.replace(work, [one for one in moved if one[0].table != name])
        council = {"council": work.principal.council_id}
        for cell, sealed in (one for one in moved if one[0].table == name):
            values = {"one": cell.row, "was": cell.sealed, "becomes": sealed}
            swap = self._swap(self.table.__table__.c[cell.column])
            done = work.session.connection().execute(swap, {**council, **values})
            if done.rowcount != 1:
                raise Conflict

    def coordinating(
        self, session: Session, council_id: UUID, cases: Sequence[UUID]
    ) -> dict[UUID, UUID]:
        """Return the organisation that coordinates each case, as the others know it."""
        return self.others.coordinating(session, council_id, cases)

    def _older(self, work: Work, key: HeldKey) -> Iterator[Cell]:
        row = self.table
        older = or_(*(following.sealed_before(column, key.epoch) for column in self.sealed))
        mine = (row.council_id == key.council_id, row.compartment_id == key.compartment_id)
        chosen = select(row.id, *self.sealed).where(*mine, older).with_for_update()
        locked = chosen.execution_options(**self.options)
        for row_id, *values in work.session.connection().execute(locked):
            for column, sealed in zip(self.sealed, values, strict=True):
                if sealed is not None and not following.is_of(sealed, key.epoch):
                    yield Cell(key.compartment_id, row.__tablename__, column.name, row_id, sealed)

    def _swap(self, column: Any) -> Any:
        """Write a value only where it is still what was read: an edit meanwhile is never lost."""
        table = self.table.__table__
        return (
            update(table)
            .where(table.c.council_id == bindparam("council", type_=Id))
            .where(table.c.id == bindparam("one", type_=Id))
            .where(column == bindparam("was", type_=Blob))
            .values({column: bindparam("becomes", type_=Blob)})
            .execution_options(**self.options)
        )
