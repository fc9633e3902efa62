"""Checks of what hangs on the tree: the parts, the digests of rows, the index of subjects."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from casework.audit.additions import LeafValues, Subject
from casework.audit.faults import FaultKind, FaultList
from casework.audit.forgetting.claim import Horizons
from casework.audit.leaf import DET, RowDigest, rows_commitment
from casework.audit.parts import Stored, open_part, stored_parts, subjects_in
from casework.audit.ports import RegisterKeys
from casework.errors import SealBroken

_BLOCK: Final = 16
_SUM: Final = 16
_PARTS: Final = 10_000


class DigestCheck:
    """Each leaf against the digests stored for it, both read in order."""

    def __init__(self, digests: Iterable[tuple[int, RowDigest]], faults: FaultList) -> None:
        """`digests` come in the order of their leaves."""
        self._groups: Iterator[tuple[int, list[RowDigest]]] = (
            (seq, [one for _, one in group]) for seq, group in groupby(digests, itemgetter(0))
        )
        self._faults = faults
        self._none = rows_commitment(())
        self._next = next(self._groups, None)

    def check(self, values: LeafValues) -> None:
        """Compare what is stored for one leaf with what it committed to."""
        while self._next and self._next[0] < values.seq:
            self._strange(self._next[0])
        mine = self._none
        if self._next and self._next[0] == values.seq:
            mine = rows_commitment(self._next[1])
            self._next = next(self._groups, None)
        if mine != values.rows_c:
            self._faults.add(FaultKind.DIGESTS_CHANGED, values.seq)

    def end(self) -> None:
        """Name the digests of leaves that were not there."""
        while self._next:
            self._strange(self._next[0])

    def _strange(self, seq: int) -> None:
        self._faults.add(FaultKind.DIGESTS_CHANGED, seq)
        self._next = next(self._groups, None)


class PartCheck:
    """Opens every part, compares it with its commitment, and sums up the subjects it names.

    The stored index of subjects is compared by sums over blocks of lines: it is the one table
    too large to hold, and its order is not that of the lines.
    """

    def __init__(self, keys: RegisterKeys, horizons: Horizons, faults: FaultList) -> None:
        """Needs the keys of the parts and of the tags; `horizons` say which parts must be gone."""
        self.closed = 0
        self._horizons = horizons
        self._keys = keys
        self._tags = lru_cache(_PARTS)(self._tags_in)
        self._faults = faults
        self._unknown: set[int] = set()
        self._sums: defaultdict[int, int] = defaultdict(int)

    def check(self, values: LeafValues) -> None:
        """Check the three parts of one leaf."""
        for part in stored_parts(values):
            if values.seq < self._horizons.of(part.tag):
                self._gone(values, part)
                continue
            text = self._open(values, part)
            if part.tag == DET:
                continue
            if text is None:
                self._unknown.add(values.seq // _BLOCK)
                continue
            for tag in self._tags(text):
                self._count(Subject(tag, values.seq), 1)

    def compare(self, stored: Iterable[Subject]) -> None:
        """Compare the subjects the parts name with those stored."""
        for subject in stored:
            self._count(subject, -1)
        for block, rest in sorted(self._sums.items()):
            if rest and block not in self._unknown:
                first = block * _BLOCK
                self._faults.add(FaultKind.SUBJECTS_CHANGED, first, first + _BLOCK - 1)

    def _count(self, subject: Subject, sign: int) -> None:
        bound = hashlib.sha256(subject.tag + subject.seq.to_bytes(8, "big")).digest()
        self._sums[subject.seq // _BLOCK] += sign * int.from_bytes(bound[:_SUM], "big")

    def _tags_in(self, part: bytes) -> list[bytes]:
        return [self._keys.tags.tag(kind, one) for kind, one in subjects_in(part)]

    def _open(self, values: LeafValues, part: Stored) -> bytes | None:
        if part.salt is None or part.sealed is None:
            self._faults.add(FaultKind.PART_MISSING, values.seq, where=part.tag.decode())
            return None
        try:
            plaintext = open_part(self._keys, values, part)
        except (SealBroken, OverflowError, TypeError, ValueError):
            self._faults.add(FaultKind.PART_EDITED, values.seq, where=part.tag.decode())
            return None
        if plaintext is None:
            self.closed += 1
            self._faults.add(FaultKind.PART_CLOSED, values.seq, where=part.tag.decode())
        return plaintext

    def _gone(self, values: LeafValues, part: Stored) -> None:
        self.closed += 1
        if part.salt is not None or part.sealed is not None:
            self._faults.add(FaultKind.PART_RETURNED, values.seq, where=part.tag.decode())
