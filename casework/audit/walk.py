"""One pass over the leaves: each against its hash, each node against its children.

Every check is local: a child is taken as stored, so that one edited line gives one fault, where it
is, and not a fault in every line above it. A whole tree rewritten consistently is what the
checkpoints find.
"""

from collections.abc import Iterable, Iterator
from struct import error as StructError  # noqa: N812 - a class, named as one

from casework.audit.additions import LeafValues, bound_in
from casework.audit.faults import FaultKind, FaultList
from casework.audit.leaf import kind_of, leaf_hash
from casework.audit.tree import EMPTY_ROOT, HASH, join


class Walk:
    """Follows the tree from leaf to leaf; `size` leaves were passed so far, or are pruned."""

    def __init__(
        self, faults: FaultList, first: int = 0, peaks: Iterable[bytes | None] = ()
    ) -> None:
        """Begin before leaf `first`; `peaks` stand for those before it, largest first."""
        self.size = first
        self._faults = faults
        self._peaks: list[bytes | None] = list(peaks)

    def follow(self, leaves: Iterable[LeafValues], expected: int) -> Iterator[LeafValues]:
        """Check and hand on every leaf; `expected` is how many the head says there are."""
        for values in leaves:
            if values.seq < self.size:
                self._faults.add(FaultKind.LEAF_EXTRA, values.seq)
                continue
            self._miss_until(values.seq)
            self._check(values)
            yield values
        self._miss_until(expected)

    @property
    def root(self) -> bytes | None:
        """The root over the leaves passed; None when a missing leaf makes it unknowable."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in self._peaks[-2::-1]:
            root = None if peak is None or root is None else join(peak, root)
        return root

    @property
    def frontier(self) -> bytes | None:
        """The peaks one after the other; None when one is unknowable."""
        known = [peak for peak in self._peaks if peak is not None]
        return b"".join(known) if len(known) == len(self._peaks) else None

    def _miss_until(self, seq: int) -> None:
        if seq > self.size:
            self._faults.add(FaultKind.LEAF_MISSING, self.size, seq - 1)
        while self.size < seq:
            self._grow(None, b"")

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


def _recomputed(values: LeafValues) -> bytes | None:
    """Return the hash of a leaf; None for values no leaf can have (SQLite stores any type)."""
    try:
        kind = kind_of(values.kind, values.outcome)
        return leaf_hash(values.seq, values.at, kind, bound_in(values))
    except (StructError, TypeError, ValueError):
        return None
