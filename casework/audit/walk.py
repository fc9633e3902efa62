"""One pass over the leaves: each against its hash, each node against its children.

Every check is local: a child is taken as stored, so that one edited line gives one fault, where it
is, and not a fault in every line above it. A whole tree rewritten consistently is what the
checkpoints find.
"""

from collections.abc import Iterable, Iterator, Sequence
from struct import error as StructError  # noqa: N812 - a class, named as one

from casework.audit.additions import LeafValues
from casework.audit.blocks import Block
from casework.audit.faults import FaultKind, FaultList
from casework.audit.leaf import kind_of, leaf_hash
from casework.audit.tree import EMPTY_ROOT, HASH, join
from casework.audit.whole import Whole, whole

Peaks = Sequence[bytes | None]


class Walk:
    """Follows the tree from leaf to leaf; `size` leaves were passed so far, or are pruned."""

    def __init__(self, faults: FaultList, size: int = 0, peaks: Peaks = ()) -> None:
        """Begin before the first leaf, or behind the `size` leaves that left `peaks`."""
        self.size = size
        self._faults = faults
        self._peaks = list(peaks)

    @property
    def peaks(self) -> list[bytes | None]:
        """The roots of the complete subtrees passed, as stored; None for what is missing."""
        return list(self._peaks)

    def follow(self, leaves: Iterable[LeafValues]) -> Iterator[LeafValues]:
        """Check and hand on every leaf."""
        for values in leaves:
            if values.seq < self.size:
                self._faults.add(FaultKind.LEAF_EXTRA, values.seq)
                continue
            self.miss_until(values.seq)
            self._check(values)
            yield values

    def miss_until(self, expected: int) -> None:
        """Name the leaves that ought to be there before leaf `expected`, and pass them."""
        if expected > self.size:
            self._faults.add(FaultKind.LEAF_MISSING, self.size, expected - 1)
        while self.size < expected:
            self._grow(None, b"")

    def whole(self, block: Block) -> Whole | None:
        """Return the hashes of the block that comes next; None unless every line of it holds."""
        return whole(block, self.size, self._peaks)

    def leap(self, block: Whole) -> None:
        """Pass a block that holds as if each of its lines had been followed."""
        self.size += block.size
        kept = len(self._peaks) - len(block.climbed)
        top = block.climbed[-1] if block.climbed else block.peaks_of(block.size)[0]
        self._peaks[kept:] = [top]

    def resume(self, size: int, peaks: Peaks) -> None:
        """Go on where somebody else arrived, who began where this stands."""
        self.size, self._peaks = size, list(peaks)

    def root_within(self, block: Whole, lines: int) -> bytes | None:
        """Return the root over the leaves passed and the first `lines` of the next block."""
        return _root([*self._peaks, *block.peaks_of(lines)])

    @property
    def root(self) -> bytes | None:
        """The root over the leaves passed; None when a missing leaf makes it unknowable."""
        return _root(self._peaks)

    @property
    def frontier(self) -> bytes | None:
        """The peaks one after the other; None when one is unknowable."""
        known = [peak for peak in self._peaks if peak is not None]
        return b"".join(known) if len(known) == len(self._peaks) else None

    def _check(self, values: LeafValues) -> None:
        leaf: bytes | None = values.leaf
        if _recomputed(values) != leaf:
            self._faults.add(FaultKind.LEAF_EDITED, values.seq)
            leaf = leaf if type(leaf) is bytes else None
        if self.size & 1 == 0 and values.nodes == b"":
            self._peaks.append(leaf)
            self.size += 1
        else:
            self._grow(leaf, values.nodes if type(values.nodes) is bytes else b"")

    def _grow(self, leaf: bytes | None, nodes: bytes) -> None:
        """Pass one leaf; the nodes it completes must be the hashes of their children."""
        carried, index, at = leaf, self.size, 0
        while index & 1:
            left = self._peaks.pop()
            carried = self._node(left, carried, nodes[at : at + HASH], at // HASH + 1)
            index, at = index >> 1, at + HASH
        if len(nodes) > at:
            self._faults.add(FaultKind.NODE_WRONG, self.size)
        self._peaks.append(carried)
        self.size += 1

    def _node(
        self, left: bytes | None, right: bytes | None, stored: bytes, level: int
    ) -> bytes | None:
        if left is None or right is None:
            return stored or None
        if join(left, right) != stored:
            self._faults.add(FaultKind.NODE_WRONG, self.size + 1 - (1 << level), self.size)
        return stored or None


def _root(peaks: Peaks) -> bytes | None:
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in peaks[-2::-1]:
        root = None if peak is None or root is None else join(peak, root)
    return root


def _recomputed(values: LeafValues) -> bytes | None:
    """Return the hash of a leaf; None for values no leaf can have (SQLite stores any type)."""
    try:
        kind, bound = kind_of(values.kind, values.outcome), values.commitments
        if b"".join(bound) != values.bound:
            return None
        return leaf_hash(values.seq, values.at, kind, bound)
    except (StructError, TypeError, ValueError):
        return None
