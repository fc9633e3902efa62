"""The sealed values of enquiries, beside those of cases, for the job that seals them anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.db.types import Blob, Id
from casework.enquiries.gateway import SEALED, TABLE
from casework.enquiries.models import EnquiryRow
from casework.errors import Conflict
from casework.keys.gateway import following
from casework.keys.resealing import Cell, Contents, Moved
from casework.keys.values import HeldKey


@dataclass(frozen=True, slots=True)
class EnquiriesBeside:
    """Implements `keys.resealing.Contents` with enquiries and what else there is. Opens nothing."""

    others: Contents

    def under_older(self, work: Work, held: Sequence[HeldKey]) -> list[Cell]:
        """Return values not sealed under the newest epoch, their rows locked."""
        own = [cell for key in held for cell in _older(work, key)]
        return [*self.others.under_older(work, held), *own]

    def replace(self, work: Work, moved: Sequence[Moved]) -> None:
        """Store moved values. Raises `Conflict` when one is not what it was any more."""
        self.others.replace(work, [one for one in moved if one[0].table != TABLE])
        council = {"council": work.principal.council_id}
        for cell, sealed in (one for one in moved if one[0].table == TABLE):
            values = {"one": cell.row, "was": cell.sealed, "becomes": sealed}
            done = work.session.connection().execute(_SWAP[cell.column], {**council, **values})
            if done.rowcount != 1:
                raise Conflict

    def coordinating(
        self, session: Session, council_id: UUID, cases: Sequence[UUID]
    ) -> dict[UUID, UUID]:
        """Return the organisation that coordinates each case; an enquiry has none."""
        return self.others.coordinating(session, council_id, cases)


def _older(work: Work, key: HeldKey) -> Iterator[Cell]:
    row = EnquiryRow
    older = or_(*(following.sealed_before(column, key.epoch) for column in SEALED))
    mine = (row.council_id == key.council_id, row.compartment_id == key.compartment_id)
    locked = select(row.id, *SEALED).where(*mine, older).with_for_update()
    for row_id, *values in work.session.connection().execute(locked):
        for column, sealed in zip(SEALED, values, strict=True):
            if sealed is not None and not following.is_of(sealed, key.epoch):
                yield Cell(key.compartment_id, TABLE, column.name, row_id, sealed)


def _swap(column: Any) -> Any:
    """Write a value only where it is still what was read: an edit meanwhile is never lost."""
    table = EnquiryRow.__table__
    return (
        update(table)  # type: ignore[arg-type]
        .where(table.c.council_id == bindparam("council", type_=Id))
        .where(table.c.id == bindparam("one", type_=Id))
        .where(column == bindparam("was", type_=Blob))
        .values({column: bindparam("becomes", type_=Blob)})
    )


_SWAP: Final = {column.name: _swap(column) for column in SEALED}
