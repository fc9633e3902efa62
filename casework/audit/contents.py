"""Checks of what hangs on the tree: the parts, the digests of rows, the index of subjects."""

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Final, NamedTuple

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

Digests = Iterable[tuple[int, RowDigest]]


class DigestCheck:
    """Each leaf against the digests stored for it, both read in order."""

    def __init__(self, digests: Digests, faults: FaultList) -> None:
        """`digests` come in the order of their leaves."""
        self._groups = _bound(digests)
        self._faults = faults
        self._none = rows_commitment(())
        self._ahead: deque[tuple[int, bytes]] = deque()

    def more(self, digests: Digests) -> None:
        """Go on with later ones."""
        self._groups = chain(self._groups, _bound(digests))

    def agree(self, first: int, bound: Sequence[bytes]) -> bool:
        """Pass a block of leaves from `first` on if each is bound to what is stored, or nothing."""
        end = first + len(bound)
        self._look(end)
        mine = [one for one in self._ahead if one[0] < end]
        if mine and mine[0][0] < first:
            return False
        stored = [self._none] * len(bound)
        for seq, digest in mine:
            stored[seq - first] = digest
        if stored != list(bound):
            return False
        for _ in mine:
            self._ahead.popleft()
        return True

    def check(self, values: LeafValues) -> None:
        """Compare what is stored for one leaf with what it committed to."""
        self._look(values.seq + 1)
        while self._ahead and self._ahead[0][0] < values.seq:
            self._strange()
        mine = self._none
        if self._ahead and self._ahead[0][0] == values.seq:
            mine = self._ahead.popleft()[1]
        if mine != values.commitments.rows:
            self._faults.add(FaultKind.DIGESTS_CHANGED, values.seq)

    def end(self) -> None:
        """Name the digests of leaves that were not there."""
        self._ahead.extend(self._groups)
        while self._ahead:
            self._strange()

    def nothing_before(self, seq: int) -> bool:
        """Say whether every digest of the leaves before `seq` was for a leaf that was there."""
        self._look(seq)
        return not self._ahead or self._ahead[0][0] >= seq

    def _look(self, end: int) -> None:
        """Read on until the first digests of a leaf not before `end`."""
        while not self._ahead or self._ahead[-1][0] < end:
            following = next(self._groups, None)
            if following is None:
                return
            self._ahead.append(following)

    def _strange(self) -> None:
        self._faults.add(FaultKind.DIGESTS_CHANGED, self._ahead.popleft()[0])


def _bound(digests: Digests) -> Iterator[tuple[int, bytes]]:
    """Give the number of each leaf that has digests with what it must be bound to."""
    for seq, group in groupby(digests, itemgetter(0)):
        yield seq, rows_commitment(one for _, one in group)


class Opened(NamedTuple):
    """What a stretch of leaves told of its parts, to be put together with the others'."""

    closed: int
    unknown: set[int]
    sums: dict[int, int]


class PartCheck:
    """Opens every part, compares it with its commitment, and sums up the subjects it names.

    The stored index of subjects is compared by sums over blocks of lines: it is the one table
    too large to hold, and its order is not that of the lines.
    """

    def __init__(self, keys: RegisterKeys, horizons: Horizons, faults: FaultList) -> None:
        """Needs the keys of the parts and of the tags; `horizons` say which parts must be gone."""
        self.closed = 0
        self.horizons = horizons
        self._keys = keys
        self._tags = lru_cache(_PARTS)(self._tags_in)
        self._faults = faults
        self._unknown: set[int] = set()
        self._sums: defaultdict[int, int] = defaultdict(int)

    def check(self, values: LeafValues) -> None:
        """Check the three parts of one leaf."""
        for part in stored_parts(values):
            if values.seq < self.horizons.of(part.tag):
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

    def count(self, stored: Iterable[Subject]) -> None:
        """Take the stored subjects off those that the parts name."""
        for subject in stored:
            self._count(subject, -1)

    @property
    def opened(self) -> Opened:
        """What was found so far."""
        return Opened(self.closed, self._unknown, dict(self._sums))

    def add(self, other: Opened) -> None:
        """Take in what was found in other leaves."""
        self.closed += other.closed
        self._unknown |= other.unknown
        for block, found in other.sums.items():
            self._sums[block] += found

    def end(self) -> None:
        """Name the blocks in which the parts and the stored subjects disagree."""
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
