"""The Merkle tree of RFC 6962: hashes in, hashes out.

Leaves are level 0; node (level, index) covers leaves index·2^level … (index+1)·2^level - 1.
"""

import hashlib
from dataclasses import dataclass
from typing import Final, NamedTuple

HASH: Final = 32
NODE: Final = b"\x01"
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()


class Node(NamedTuple):
    """A complete subtree above the leaves: it never changes again."""

    level: int
    idx: int
    hash: bytes


def join(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (RFC 6962, 2.1)."""
    return hashlib.sha256(NODE + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that appending needs: the size, and the roots of the complete subtrees, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @classmethod
    def from_bytes(cls, size: int, peaks: bytes) -> "Frontier":
        """Read what `to_bytes` wrote; ValueError when it is not a frontier of `size`."""
        if len(peaks) != HASH * size.bit_count():
            raise ValueError("not the frontier of this size")
        return cls(size, tuple(peaks[at : at + HASH] for at in range(0, len(peaks), HASH)))

    def to_bytes(self) -> bytes:
        """Return the peaks one after the other."""
        return b"".join(self.peaks)

    @property
    def root(self) -> bytes:
        """The root of the tree of `size` leaves."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            root = join(peak, root)
        return root

    def append(self, leaf: bytes) -> tuple["Frontier", list[Node]]:
        """Return the frontier with one more leaf, and the nodes it completes, lowest first."""
        peaks, done, carried = list(self.peaks), [], leaf
        level, index = 0, self.size
        while index & 1:
            carried = join(peaks.pop(), carried)
            level, index = level + 1, index >> 1
            done.append(Node(level, index, carried))
        return Frontier(self.size + 1, (*peaks, carried)), done


def peak_places(size: int) -> list[tuple[int, int]]:
    """Return (level, index) of the complete subtrees of a tree of `size`, largest first."""
    places, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            places.append((level, start >> level))
            start += 1 << level
    return places
