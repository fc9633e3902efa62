"""Complete subtrees as they are stored: each lies with the leaf that completed it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from casework.audit.proof import NodeReader
from casework.audit.tree import HASH, peak_places
from casework.errors import IntegrityFailure


class Stored(NamedTuple):
    """Leaves by number, each with its hash and the nodes it completes; nodes of pruned lines."""

    leaves: Mapping[int, tuple[bytes, bytes]]
    covers: Mapping[tuple[int, int], bytes]


def completing(places: Iterable[tuple[int, int]]) -> set[int]:
    """Return the leaves that complete the subtrees at (level, index)."""
    return {((index + 1) << level) - 1 for level, index in places}


def reader_of(stored: Stored) -> NodeReader:
    """Return a reader that raises IntegrityFailure for what is not there."""

    def read(level: int, index: int) -> bytes:
        if (level, index) in stored.covers:
            return stored.covers[level, index]
        leaf, nodes = stored.leaves.get(((index + 1) << level) - 1, (b"", b""))
        found = (leaf + nodes)[level * HASH : (level + 1) * HASH]
        if len(found) != HASH:
            raise IntegrityFailure("a line that a proof needs is missing or shortened")
        return found

    return read


def peaks_of(stored: Stored, size: int) -> list[bytes | None]:
    """Return the roots of the subtrees that make up `size` leaves; None for what is not there.

    As a walk would carry them, which takes what is stored for what it is.
    """
    return [_peak(stored, level, index) for level, index in peak_places(size)]


def _peak(stored: Stored, level: int, index: int) -> bytes | None:
    if (level, index) in stored.covers:
        return stored.covers[level, index]
    leaf, nodes = stored.leaves.get(((index + 1) << level) - 1, (None, b""))
    if not level:
        return leaf if type(leaf) is bytes else None
    # SQLite stores any type.
    return (nodes[(level - 1) * HASH : level * HASH] or None) if type(nodes) is bytes else None
