"""Verifies a stored register: every leaf, node, checkpoint and part, and where they disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.additions import Head
from casework.audit.aside import Helper, Passage, Root, Side, Span, Task, joined, shared_out
from casework.audit.contents import DigestCheck, PartCheck
from casework.audit.crew import snapshot
from casework.audit.faults import FaultKind, FaultList, Verification
from casework.audit.forgetting.claim import CLAIMS, LOOKED_AT, believed
from casework.audit.forgetting.proving import ForgettingCheck
from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Slice
from casework.audit.notes import NoteCheck, known_in, signed_in
from casework.audit.ports import RegisterKeys
from casework.audit.sealed_rows import RowCheck
from casework.audit.stretch import Stretch
from casework.audit.tree import EMPTY_ROOT
from casework.audit.walk import Walk
from casework.db.engine import Database


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
    database: Database,
    keys: RegisterKeys,
    council_id: UUID,
    extent: Extent | None = None,
    helpers: Sequence[Helper] = (),
) -> Verification:
    """Verify the register of a council as it stood when this began; appends may go on.

    `helpers` do a part of it at the same time: what is found is the same, in the same order.
    """
    with snapshot(database, council_id, helpers) as (session, ready):
        return _Verifier(session, keys, council_id, ready).run(extent or Extent())


_Checks = tuple[Walk, NoteCheck, PartCheck | None]


class _Verifier:
    def __init__(
        self, session: Session, keys: RegisterKeys, council_id: UUID, helpers: Sequence[Helper]
    ) -> None:
        self._gateway = RegisterGateway(session, council_id)
        self._keys = keys
        self._helpers = helpers
        self._faults = FaultList()
        self._rows = RowCheck(session, council_id, self._faults)

    def run(self, extent: Extent) -> Verification:
        head = self._gateway.head()
        if head is None:
            self._faults.add(FaultKind.NO_REGISTER, 0)
            head = Head(0, EMPTY_ROOT, b"", 0, 0)
        claim = believed(self._keys, self._gateway.page(CLAIMS, (), Slice(count=LOOKED_AT)))
        spans = shared_out(head.size, 1 + len(self._helpers), claim.horizons.first)
        forgotten = ForgettingCheck(claim, self._faults)
        notes = self._notes(head, extent, spans)
        parts = PartCheck(self._keys, claim.horizons, self._faults)
        walk = forgotten.walk(self._gateway.covers(), notes)
        forgotten.check(self._gateway.moments(forgotten.last_lines))
        self._walk(head, (walk, notes, parts if extent.parts else None), spans)
        self._look_around(claim.horizons.first)
        if extent.rows:
            self._rows.check(self._gateway.digests(head.size))
        kept, count = tuple(self._faults.kept), self._faults.count
        first = claim.horizons.first
        return Verification(head.size, head.root, notes.good, parts.closed, kept, count, first)

    def _notes(self, head: Head, extent: Extent, spans: Sequence[Span]) -> NoteCheck:
        own, *others = spans
        asked = list(zip(self._helpers, others, strict=False))
        for helper, span in asked:
            helper.ask("notes", span.first, span.end)
        side, signer = Side(self._gateway, self._keys), self._keys.signer
        stored = self._gateway.notes(head.size)
        read = [known_in(one, signer) for one in stored if one.size <= own.end]
        for helper, span in asked:
            found = helper.answer()
            read += found if isinstance(found, list) else side.notes(span.first, span.end)
        # The newest by its signature in any case: all that was ever signed rests on it.
        read[-1:] = [signed_in(one.note, signer) for one in stored[-1:]]
        notes = NoteCheck(head, signer, self._faults)
        notes.read_stored(stored, read, self._gateway.notes_beyond())
        notes.read_held(extent.held)
        return notes

    def _walk(self, head: Head, checks: _Checks, spans: Sequence[Span]) -> None:
        walk, notes, parts = checks
        (own, *others), signed = spans, notes.sizes
        asked = list(zip(self._helpers, others, strict=False))
        gone = parts.horizons if parts else None
        for helper, span in asked:
            helper.ask("walk", Task(span, gone, span.within(signed)))
        digests = DigestCheck((), self._faults)
        stretch = Stretch(walk, digests, parts, signed, notes.compare)
        self._follow(stretch, own)
        for helper, span in asked:
            found = joined(stretch, helper.answer(), span.first)
            if found:
                self._take(found, notes, parts)
            else:
                self._follow(stretch, span)
        walk.miss_until(head.size)
        digests.end()
        if parts:
            parts.end()
        self._end(head, walk)

    def _follow(self, stretch: Stretch, span: Span) -> None:
        """Check the leaves of a span, and count its share of the stored subjects."""
        parts = stretch.parts
        stretch.digests.more(self._gateway.digests(span.end, span.first))
        blocks = self._gateway.blocks(*span[:2], span.step, parts=parts is not None)
        stretch.follow(blocks)
        if parts:
            parts.count(self._gateway.subjects(span.size, span.tags))

    def _take(self, found: Passage, notes: NoteCheck, parts: PartCheck | None) -> None:
        """Tell what a helper found, as if it were found here and now."""
        for one in found.told:
            if isinstance(one, Root):
                notes.compare(one.size, one.root)
            else:
                self._faults.add(one.what, one.first, one.last, one.where)
        self._faults.count += found.untold
        if parts and found.opened:
            parts.add(found.opened)

    def _end(self, head: Head, walk: Walk) -> None:
        """Compare the head with what was walked."""
        known = walk.root is not None and walk.frontier is not None
        if known and (walk.root, walk.frontier) != (head.root, head.frontier):
            self._faults.add(FaultKind.HEAD_WRONG, head.size)

    def _look_around(self, first: int) -> None:
        """Look behind the head, and before the first line, where nothing may be left."""
        astray = self._gateway.parts_astray(first)
        for seq in (one for one in astray if one < first):
            self._faults.add(FaultKind.PART_RETURNED, seq)
        beyond = {one for one in astray if one >= first}
        for seq in sorted(beyond.union(self._gateway.leaves_beyond())):
            self._faults.add(FaultKind.LEAF_EXTRA, seq)
