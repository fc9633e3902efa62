"""Lines read and hashed by the block: nothing is said of a block but that it is whole.

The smallest contradiction makes a block one to be walked line by line, which says where it is.
"""

from collections.abc import Collection, Iterator, Sequence
from struct import error as StructError  # noqa: N812 - a class, named as one
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from casework.audit.additions import LeafValues
from casework.audit.leaf import leaf_hashes
from casework.audit.tree import HASH, join, peak_places
from casework.errors import Unavailable

MOST: Final = 4096
_LEAST: Final = 16
_NARROW: Final = LeafValues._fields[: LeafValues._fields.index("who_salt")]
_NODES: Final = "SELECT seq, leaf, nodes FROM audit_leaves"
_CLOSED: Final = (None,) * (len(LeafValues._fields) - len(_NARROW))

Row = tuple[Any, ...]


def step_for(lines: int) -> int:
    """Return how many lines to read at once: a power of two, several times in all but a few."""
    return max(_LEAST, min(MOST, 1 << (lines // 4).bit_length() >> 1))


def values_of(row: Row) -> LeafValues:
    """Return a row as a leaf; without its parts, if they were not read."""
    return LeafValues(*row) if len(row) > len(_NARROW) else LeafValues(*row, *_CLOSED)


class BlockReader:
    """Reads leaves through the driver itself: a row of it costs a third of one of the mapper."""

    def __init__(self, connection: Connection, council_id: UUID, *, parts: bool = False) -> None:
        """Read in the transaction of `connection`; the sealed parts only where they are asked."""
        self._driver: Any = connection.connection.driver_connection
        self._faults: Any = connection.dialect.loaded_dbapi.Error
        self._on_postgresql = connection.dialect.name == "postgresql"
        self._council = council_id if self._on_postgresql else council_id.bytes
        columns = ", ".join(LeafValues._fields if parts else _NARROW)
        self._some = self._worded(columns, "ORDER BY seq")
        self._next = self._worded("min(seq)", "")

    def blocks(self, first: int, end: int, step: int) -> Iterator[list[Row]]:
        """Give the rows before `end` in order, those of one multiple of `step` at a time.

        Lines numbered below zero, which no register has, come before all when `first` is 0.
        """
        at = first
        while at < end:
            stop = min(end, (at // step + 1) * step)
            rows = self._read(self._some, at or -(2**63), stop)
            if rows:
                yield rows
            elif stop < end:
                stop = self._read(self._next, stop, end)[0][0] or end
            at = stop

    def nodes_of(self, seqs: Collection[int]) -> dict[int, tuple[bytes, bytes]]:
        """Return the hashes of some leaves, and the nodes each completes, by number."""
        given = [list(seqs)] if self._on_postgresql else list(seqs)
        marks = "= ANY(%b)" if self._on_postgresql else f"IN ({', '.join('?' * len(seqs))})"
        mark = "%b" if self._on_postgresql else "?"
        statement = f"{_NODES} WHERE council_id = {mark} AND seq {marks}"
        return {seq: (leaf, nodes) for seq, leaf, nodes in self._read(statement, *given)}

    def _worded(self, what: str, order: str) -> str:
        mark = "%b" if self._on_postgresql else "?"
        where = f"council_id = {mark} AND seq >= {mark} AND seq < {mark}"
        return f"SELECT {what} FROM audit_leaves WHERE {where} {order}"  # noqa: S608 - of constants

    def _read(self, statement: str, *given: object) -> list[Row]:
        binary = {"binary": True} if self._on_postgresql else {}
        try:
            found = self._driver.execute(statement, (self._council, *given), **binary)
            rows: list[Row] = found.fetchall()
        except self._faults as fault:
            raise Unavailable(f"the trail cannot be read: {type(fault).__name__}") from fault
        return rows


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
        return [self.levels[level][index] for level, index in peak_places(lines)]


def whole(rows: Sequence[Row], first: int, peaks: Sequence[bytes | None]) -> Whole | None:
    """Return the hashes of a block that begins at `first`, behind `peaks`; None unless it holds.

    It holds when every line of it is there and has the hash stored, and every node that it
    completes, also with what lies before, is the hash of its children.
    """
    size = len(rows)
    if size & (size - 1) or first % size or (rows[0][0], rows[-1][0]) != (first, first + size - 1):
        return None
    seqs, ats, acts, outcomes, leaves, nodes, *bound = list(zip(*rows, strict=True))[: len(_NARROW)]
    try:
        hashes = leaf_hashes(zip(seqs, ats, acts, outcomes, *bound, strict=True))
    except (StructError, TypeError, ValueError):
        return None
    levels = _levels(hashes)
    climbed = _climbed(levels[-1][0], first // size, peaks)
    if climbed is None or hashes != list(leaves):
        return None
    completed = _completed(levels)
    completed[-1] += b"".join(climbed)
    return Whole(levels, climbed, bound[-1]) if completed == list(nodes) else None


def _levels(hashes: list[bytes]) -> list[list[bytes]]:
    levels = [hashes]
    while len(levels[-1]) > 1:
        pairs = iter(levels[-1])
        levels.append([join(left, right) for left, right in zip(pairs, pairs, strict=True)])
    return levels


def _completed(levels: Sequence[Sequence[bytes]]) -> list[bytes]:
    """Return what each leaf of a block completes inside it, lowest first."""
    nodes = [b""] * len(levels[0])
    for level, hashes in enumerate(levels[1:], 1):
        for index, one in enumerate(hashes, 1):
            nodes[(index << level) - 1] += one
    return nodes


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
