"""Blocks hashed whole: nothing is said of a block but that it holds.

The smallest contradiction makes a block one to be walked line by line, which says where it is.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from struct import Struct
from struct import error as StructError  # noqa: N812 - a class, named as one
from typing import Final, NamedTuple

from casework.audit.blocks import GAP, MOST, Block, Columns
from casework.audit.leaf import Run, leaf_hashes
from casework.audit.tree import HASH, NODE, join, peak_places

_BOUND: Final = 4 * HASH
_EACH: Final = _BOUND + len(GAP)
_MOMENTS: Final = re.compile(r"[0-9]+(?:,[0-9]+)*", re.ASCII)
_ROWS: Final = 3 * HASH


class Whole(NamedTuple):
    """A block in which nothing contradicts anything.

    Its hashes level by level from the leaves, the nodes it completes with blocks before it, and
    what its lines bound of the rows they wrote.
    """

    levels: Sequence[Sequence[bytes]]
    climbed: Sequence[bytes]
    bound_rows: Sequence[bytes]

    @property
    def size(self) -> int:
        """How many lines it has."""
        return len(self.levels[0])

    def peaks_of(self, lines: int) -> list[bytes]:
        """Return the roots of the complete subtrees of its first `lines`, largest first."""
        return [self.levels[level][index] for level, index in _peaks(lines)]


def whole(block: Block, first: int, peaks: Sequence[bytes | None]) -> Whole | None:
    """Return the hashes of a block that begins at `first`, behind `peaks`; None unless it holds.

    It holds when every line of it is there and has the hash stored, and every node that it
    completes, also with what lies before, is the hash of its children.
    """
    columns, size = block.columns, block.size
    if columns is None or block.first != first or columns.places != _places(size):
        return None
    run = _run(columns, first, size)
    hashes = _hashes(run) if run else []
    if not run or GAP.join(hashes) != columns.leaves:
        return None
    levels = _levels(hashes)
    climbed = _climbed(levels[-1][0], first // size, peaks)
    if climbed is None or _completed(levels) + b"".join(climbed) != columns.nodes:
        return None
    return Whole(levels, climbed, [one[_ROWS:] for one in run.bound])


# Each block is asked for the same roots again, at each checkpoint.
_peaks: Final = lru_cache(MOST)(peak_places)


@lru_cache
def _places(size: int) -> str:
    return ",".join(map(str, range(size)))


def _run(columns: Columns, first: int, size: int) -> Run | None:
    """Return the lines of a block; None when a moment is no number, or something too long."""
    kinds, bound = columns.kinds.split("\n"), columns.bound
    if not _MOMENTS.fullmatch(columns.moments) or len(bound) != size * _EACH - len(GAP):
        return None
    ats, pieces = [*map(int, columns.moments.split(","))], _pieces(size).unpack(bound + GAP)
    if GAP.join(pieces) != bound or not len(kinds) == len(ats) == size:
        return None
    return Run(first, ats, kinds, pieces)


def _hashes(run: Run) -> list[bytes]:
    """Return the hashes of lines; none when a kind is longer than any can be."""
    try:
        return leaf_hashes(run)
    except StructError:
        return []


@lru_cache
def _pieces(size: int) -> Struct:
    return Struct(f"{_BOUND}s{len(GAP)}x" * size)


def _levels(hashes: list[bytes]) -> list[list[bytes]]:
    sha256, levels = hashlib.sha256, [hashes]
    while len(levels[-1]) > 1:
        pairs = iter(levels[-1])
        both = zip(pairs, pairs, strict=True)
        levels.append([sha256(NODE + left + right).digest() for left, right in both])
    return levels


def _completed(levels: Sequence[Sequence[bytes]]) -> bytes:
    """Return what the leaves of a block complete inside it, each lowest first, as it is stored."""
    if len(levels) == 1:
        return b""
    done = [GAP + node for node in levels[1]]
    for hashes in levels[2:]:
        pairs = iter(done)
        both = zip(pairs, pairs, hashes, strict=True)
        done = [b"".join((left, GAP, right, node)) for left, right, node in both]
    return done[0]


def _climbed(top: bytes, index: int, peaks: Sequence[bytes | None]) -> list[bytes] | None:
    """Return the nodes that a block completes with those before it; None when one is unknown."""
    nodes: list[bytes] = []
    for left in reversed(peaks):
        if not index & 1:
            break
        if left is None or len(left) != HASH:
            return None
        nodes.append(join(left, nodes[-1] if nodes else top))
        index >>= 1
    return nodes
