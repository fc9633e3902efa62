"""Lines read by the block, which the database puts together: column after column."""

from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Lock
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from casework.audit.additions import BOUND, LeafValues
from casework.errors import Unavailable

MOST: Final = 4096
GAP: Final = b"between 2 lines\n"
"""It overlaps with no copy of itself, and no hash is found that holds it: no byte changes lines."""

_LEAST: Final = 16
_AHEAD: Final = 4
_NODES: Final = "SELECT seq, leaf, nodes FROM audit_leaves"
_CLOSED: Final = (None,) * (len(LeafValues._fields) - len(BOUND))
_LOWEST: Final = -(2**63)

Row = tuple[Any, ...]


class Columns(NamedTuple):
    """The lines of a block, each column in one piece, in their order.

    `places` are those in the block; between the bytes of two lines lies `GAP`. Lines with a value
    of another type than it must be are left out.
    """

    places: str
    moments: str
    kinds: str
    leaves: bytes
    nodes: bytes
    bound: bytes


class Block(NamedTuple):
    """Lines from `first` on: their columns, if `size` of them were found, and how to read them."""

    first: int
    size: int
    columns: Columns | None
    rows: Callable[[], list[Row]]


def step_for(lines: int) -> int:
    """Return how many lines to read at once: a power of two, several times in all but a few."""
    return max(_LEAST, min(MOST, 1 << (lines // 4).bit_length() >> 1))


def values_of(row: Row) -> LeafValues:
    """Return a row as a leaf; without its parts, if they were not read."""
    return LeafValues(*row) if len(row) > len(BOUND) else LeafValues(*row, *_CLOSED)


class BlockReader:
    """Reads leaves through the driver itself: a row of it costs a third of one of the mapper."""

    def __init__(self, connection: Connection, council_id: UUID, *, parts: bool = False) -> None:
        """Read in the transaction of `connection`; the sealed parts only where they are asked."""
        self._driver: Any = connection.connection.driver_connection
        self._faults: Any = connection.dialect.loaded_dbapi.Error
        self._on_postgresql = connection.dialect.name == "postgresql"
        self._council = council_id if self._on_postgresql else council_id.bytes
        self._alone = Lock()
        self._mark = "%b" if self._on_postgresql else "?"
        self._columns = _columns_on_postgresql() if self._on_postgresql else _columns_on_sqlite()
        self._rows = self._worded(_WITH_PARTS if parts else _WITHOUT, "ORDER BY l.seq")
        self._next = self._worded("SELECT min(l.seq) FROM audit_leaves l", "")

    def blocks(self, first: int, end: int, step: int) -> Iterator[Block]:
        """Give the lines before `end` in order, those of one multiple of `step` at a time.

        Lines numbered below zero, which no register has, come before all when `first` is 0.
        A thread reads ahead: while a block is hashed, the next ones are fetched and deciphered.
        """
        with ThreadPoolExecutor(1) as ahead:
            found = self._found(first, end, step)
            following = deque(ahead.submit(next, found, None) for _ in range(_AHEAD))
            while block := following.popleft().result():
                following.append(ahead.submit(next, found, None))
                yield block

    def _found(self, first: int, end: int, step: int) -> Iterator[Block]:
        at = first
        while at < end:
            stop = min(end, (at // step + 1) * step)
            columns = self._together(at, stop)
            rows = None if columns else self._lines(at, stop)
            if columns or rows:
                yield Block(at, stop - at, columns, self._later(at, stop, rows))
            elif stop < end:
                stop = self._read(self._next, self._council, stop, end)[0][0] or end
            at = stop

    def nodes_of(self, seqs: Collection[int]) -> dict[int, tuple[bytes, bytes]]:
        """Return the hashes of some leaves, and the nodes each completes, by number."""
        given = [list(seqs)] if self._on_postgresql else list(seqs)
        marks = "= ANY(%b)" if self._on_postgresql else f"IN ({', '.join('?' * len(seqs))})"
        statement = f"{_NODES} WHERE council_id = {self._mark} AND seq {marks}"
        found = self._read(statement, self._council, *given)
        return {seq: (leaf, nodes) for seq, leaf, nodes in found}

    def _together(self, at: int, stop: int) -> Columns | None:
        """Return the columns of lines that make up one subtree; None if some are not sound."""
        size = stop - at
        if size & (size - 1) or at % size:
            return None
        given = (at, self._council, at or _LOWEST, stop)
        try:
            ((count, *columns),) = self._read(self._columns, *given)
        except Unavailable:
            # On SQLite somebody may have stored more than fits into one piece; lines tell where.
            if self._on_postgresql:
                raise
            return None
        return Columns(*columns) if count == size else None

    def _lines(self, at: int, stop: int) -> list[Row]:
        return self._read(self._rows, self._council, at or _LOWEST, stop)

    def _later(self, at: int, stop: int, rows: list[Row] | None) -> Callable[[], list[Row]]:
        return lambda: rows or self._lines(at, stop)

    def _worded(self, what: str, order: str) -> str:
        mark = self._mark
        return f"{what} WHERE l.council_id = {mark} AND l.seq >= {mark} AND l.seq < {mark} {order}"

    def _read(self, statement: str, *given: object) -> list[Row]:
        binary = {"binary": True} if self._on_postgresql else {}
        try:
            with self._alone:
                found = self._driver.execute(statement, given, **binary)
                rows: list[Row] = found.fetchall()
        except self._faults as fault:
            raise Unavailable(f"the trail cannot be read: {type(fault).__name__}") from fault
        return rows


_WITHOUT: Final = f"SELECT {', '.join(BOUND)} FROM audit_leaves l"  # noqa: S608 - of constants
_WITH_PARTS: Final = (
    f"SELECT {', '.join(f'l.{name}' for name in BOUND)},"  # noqa: S608 - of constants
    f" {', '.join(f'p.{name}' for name in LeafValues._fields[len(BOUND) :])} FROM audit_leaves l"
    " LEFT JOIN audit_parts p ON p.council_id = l.council_id AND p.seq = l.seq"
)
_LINES: Final = "SELECT * FROM audit_leaves WHERE council_id = {0} AND seq >= {0} AND seq < {0}"


@cache
def _columns_on_sqlite() -> str:
    """Any type lies in any column there: blobs come after texts, and after them nothing."""
    gap = f"x'{GAP.hex()}'"
    return (
        "SELECT count(*), group_concat(seq - ?), group_concat(at),"  # noqa: S608 - of constants
        f" group_concat(kind || '=' || outcome, char(10)), CAST(group_concat(leaf, {gap}) AS BLOB),"
        f" CAST(group_concat(nodes, {gap}) AS BLOB), CAST(group_concat(bound, {gap}) AS BLOB)"
        f" FROM ({_LINES.format('?')} ORDER BY seq)"
        " WHERE min(leaf, nodes, bound) >= x'' AND max(kind, outcome) < x''"
    )


@cache
def _columns_on_postgresql() -> str:
    """Leave out what cannot be a line: pieces that become too long would end the transaction."""
    gap = f"'\\x{GAP.hex()}'::bytea"
    return (
        "SELECT count(*), string_agg((seq - %b::bigint)::text, ','), string_agg(at::text, ','),"  # noqa: S608 - of constants
        f" string_agg(kind || '=' || outcome, E'\\n'), string_agg(leaf, {gap}),"
        f" string_agg(nodes, {gap}), string_agg(bound, {gap})"
        f" FROM ({_LINES.format('%b')} AND octet_length(leaf) = 32 AND octet_length(bound) = 128"
        " AND octet_length(nodes) <= 2048 ORDER BY seq) AS lines"
    )
