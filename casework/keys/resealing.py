"""Values of older epochs, moved under the newest key a small batch at a time. No text is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.errors import SealBroken
from casework.keys.cipher import Resealer
from casework.keys.gateway import following
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey


@dataclass(frozen=True, slots=True)
class Cell:
    """A sealed value where it stands, in a part of a case."""

    compartment_id: UUID
    table: str
    column: str
    row: UUID
    sealed: bytes


Moved = tuple[Cell, bytes]
"""A value as it stood, and as it stands from now on."""


class Contents(Protocol):
    """Keeps the sealed values of compartments; their keys are elsewhere."""

    def under_older(self, work: Work, held: Sequence[HeldKey]) -> list[Cell]:
        """Return values not sealed under the newest epoch, locked; perhaps not all at once."""
        ...

    def replace(self, work: Work, moved: Sequence[Moved]) -> None:
        """Store moved values. Raises `Conflict` when one is not what it was any more."""
        ...

    def coordinating(
        self, session: Session, council_id: UUID, cases: Sequence[UUID]
    ) -> dict[UUID, UUID]:
        """Return the organisation that coordinates each case."""
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """What one batch did: how many values it moved, and the compartments that are finished."""

    values: int
    finished: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Resealing:
    """Moves values inside the caller's unit of work, and ends epochs that nothing needs."""

    keyring: Keyring
    contents: Contents

    def batch(self, work: Work, held: Sequence[HeldKey], most: int) -> Done:
        """Move up to `most` values of compartments that the caller has locked.

        A value that was moved or altered behind our back stays where it is, and its epoch with it.
        """
        followed = [key for key in held if key.former]
        if not followed:
            return Done(0, frozenset())
        resealers = {key.compartment_id: self.keyring.resealer(work, key) for key in followed}
        cells = self.contents.under_older(work, followed)
        moved: list[Moved] = []
        for cell in cells:
            if len(moved) == most:
                break
            moved += _moved(resealers[cell.compartment_id], cell)
        self.contents.replace(work, moved)
        finished = self._retired(work, followed)
        for key in followed:
            self._record(work, key, moved, finished)
        return Done(len(moved), frozenset(finished))

    def _retired(self, work: Work, held: Sequence[HeldKey]) -> dict[UUID, int]:
        """End the older epochs under which nothing is left, as this very transaction sees it."""
        left = {cell.compartment_id for cell in self.contents.under_older(work, held)}
        gone = [one.compartment_id for one in held if one.compartment_id not in left]
        ended = following.retire(work.session, work.principal.council_id, gone) if gone else {}
        return {one: len(ended.get(one, ())) for one in gone}

    def _record(
        self, work: Work, key: HeldKey, moved: Sequence[Moved], finished: dict[UUID, int]
    ) -> None:
        values = sum(cell.compartment_id == key.compartment_id for cell, _ in moved)
        ended = finished.get(key.compartment_id)
        if not values and ended is None:
            return
        detail: Detail = {"epoch": key.epoch, "values": values, "ended": ended or 0}
        parts = (key.compartment_id,)
        work.record(Entry(Act.COMPARTMENT_RESEALED, key.case_id, compartments=parts, detail=detail))


def _moved(resealer: Resealer, cell: Cell) -> list[Moved]:
    if not resealer.moves(cell.sealed):
        return []
    try:
        sealed = resealer.move(cell.table, cell.column, cell.row, cell.sealed)
    except SealBroken:
        return []
    return [(cell, sealed)]
