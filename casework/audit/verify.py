"""Verifies a stored register: every leaf, node, checkpoint and part, and where they disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.additions import Head
from casework.audit.contents import DigestCheck, PartCheck
from casework.audit.faults import FaultKind, FaultList, Verification
from casework.audit.forgetting.claim import CLAIMS, LOOKED_AT, believed
from casework.audit.forgetting.proving import ForgettingCheck
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Slice
from casework.audit.notes import NoteCheck
from casework.audit.ports import RegisterKeys
from casework.audit.sealed_rows import RowCheck
from casework.audit.tree import EMPTY_ROOT
from casework.audit.walk import Walk
from casework.db.engine import Database, Scope


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a verification goes.

    `parts` opens every part, which needs its keys; without, only the public key is used,
    and the newest line about forgetting is opened. `rows`
    compares the sealed values now stored with their newest digests. `held` are checkpoints kept
    elsewhere: without one, nobody can see that the newest unsigned lines were cut off.
    """

    parts: bool = True
    rows: bool = False
    held: Sequence[str] = ()


def verify(
    database: Database, keys: RegisterKeys, council_id: UUID, extent: Extent | None = None
) -> Verification:
    """Verify the register of a council as it stood when this began; appends may go on."""
    with database.reading(Scope(council_id, whole=True)) as session:
        return _Verifier(session, keys, council_id).run(extent or Extent())


_Checks = tuple[NoteCheck, ForgettingCheck, PartCheck | None]


class _Verifier:
    def __init__(self, session: Session, keys: RegisterKeys, council_id: UUID) -> None:
        self._gateway = RegisterGateway(session, council_id)
        self._keys = keys
        self._faults = FaultList()
        self._rows = RowCheck(session, council_id, self._faults)

    def run(self, extent: Extent) -> Verification:
        head = self._gateway.head()
        if head is None:
            self._faults.add(FaultKind.NO_REGISTER, 0)
            head = Head(0, EMPTY_ROOT, b"", 0, 0)
        claim = believed(self._keys, self._gateway.page(CLAIMS, (), Slice(count=LOOKED_AT)))
        forgotten = ForgettingCheck(claim, self._faults)
        notes = self._notes(head, extent)
        parts = PartCheck(self._keys, claim.horizons, self._faults)
        walk = forgotten.walk(self._gateway.covers(), notes)
        self._walk(head, walk, (notes, forgotten, parts if extent.parts else None))
        if extent.rows:
            self._rows.check(self._gateway.digests(head.size))
        kept, count = tuple(self._faults.kept), self._faults.count
        first = claim.horizons.first
        return Verification(head.size, head.root, notes.good, parts.closed, kept, count, first)

    def _notes(self, head: Head, extent: Extent) -> NoteCheck:
        notes = NoteCheck(head, self._keys.signer, self._faults)
        notes.read_stored(self._gateway.notes(head.size), self._gateway.notes_beyond())
        notes.read_held(extent.held)
        return notes

    def _walk(self, head: Head, walk: Walk, checks: _Checks) -> None:
        notes, forgotten, parts = checks
        digests = DigestCheck(self._gateway.digests(head.size), self._faults)
        for values in walk.follow(self._gateway.leaves(head.size), head.size):
            digests.check(values)
            forgotten.check(values)
            if parts:
                parts.check(values)
            if notes.passes(walk.size):
                notes.compare(walk.size, walk.root)
        digests.end()
        if parts:
            parts.compare(self._gateway.subjects(head.size))
        self._end(head, walk)

    def _end(self, head: Head, walk: Walk) -> None:
        """Compare the head with what was walked, and look behind it."""
        known = walk.root is not None and walk.frontier is not None
        if known and (walk.root, walk.frontier) != (head.root, head.frontier):
            self._faults.add(FaultKind.HEAD_WRONG, head.size)
        for seq in self._gateway.leaves_beyond():
            self._faults.add(FaultKind.LEAF_EXTRA, seq)
