"""The statements of an append on PostgreSQL: one to lock the head, one that adds all rows.

The second is a single statement whatever it adds: on a network, round trips are what an append
costs. Its shape depends on three small numbers only, so the server keeps it prepared.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Final
from uuid import UUID

from casework.audit.additions import BOUND, Additions, Head, LeafValues, Note, Subject
from casework.audit.leaf import RowDigest

_LOCK: Final = (
    "SELECT size, root, frontier, signed_size, signed_at FROM audit_heads"
    " WHERE council_id = %b FOR UPDATE"
)
_LEAVES: Final = (
    "INSERT INTO audit_leaves (council_id, seq, at, kind, outcome, leaf, nodes, bound) VALUES "
)
_LEAF: Final = "(%b, %b, %b, %b, %b, %b, %b, %b)"
_PARTS: Final = (
    "INSERT INTO audit_parts (council_id, seq, who_salt, who, what_salt, what, det_salt, det)"
    " VALUES "
)
_PART: Final = "(%b, %b, %b, %b, %b, %b, %b, %b)"
_SUBJECTS: Final = (
    "INSERT INTO audit_subjects (council_id, tag, seq)"
    " SELECT %b, * FROM unnest(%b::bytea[], %b::bigint[])"
)
_DIGESTS: Final = (
    "INSERT INTO row_digests (council_id, seq, table_name, row_id, column_name, digest)"
    " SELECT %b, %b, * FROM unnest(%b::text[], %b::uuid[], %b::text[], %b::bytea[])"
)
_NOTE: Final = (
    "INSERT INTO audit_checkpoints (council_id, size, at, note, mark) VALUES (%b, %b, %b, %b, %b)"
)
_HEAD: Final = (
    "UPDATE audit_heads SET size = %b, root = %b, frontier = %b, signed_size = %b, signed_at = %b"
    " WHERE council_id = %b"
)
_TOGETHER: Final = 16


class PostgresqlRegister:
    """The register of one council in PostgreSQL, for one transaction."""

    def __init__(self, driver: Any, council_id: UUID) -> None:
        """`driver` is the raw connection of the transaction."""
        self._driver = driver
        self._council = council_id

    def lock(self) -> Head | None:
        """Lock the head until the commit and return it; None without a register."""
        row = self._driver.execute(_LOCK, (self._council,)).fetchone()
        return None if row is None else Head(*row)

    def add(self, added: Additions) -> None:
        """Insert every row and move the head; the leaves of a large batch go ahead of the rest."""
        early, leaves = added.leaves[:-_TOGETHER], added.leaves[-_TOGETHER:]
        if early:
            with self._driver.cursor() as cursor:
                cursor.executemany(_LEAVES + _LEAF, self._bound(early))
                cursor.executemany(_PARTS + _PART, self._parts(early))
        values = [
            *chain.from_iterable(self._bound(leaves)),
            *chain.from_iterable(self._parts(leaves)),
            *self._subjects(added.subjects),
            *self._digests(added.head.size - 1, added.digests),
            *self._note(added.note),
            *added.head,
            self._council,
        ]
        statement = _statement(len(leaves), bool(added.digests), added.note is not None)
        self._driver.execute(statement, values)

    def _bound(self, leaves: Iterable[LeafValues]) -> list[tuple[Any, ...]]:
        return [(self._council, *one[: len(BOUND)]) for one in leaves]

    def _parts(self, leaves: Iterable[LeafValues]) -> list[tuple[Any, ...]]:
        return [(self._council, one.seq, *one[len(BOUND) :]) for one in leaves]

    def _subjects(self, subjects: Sequence[Subject]) -> list[Any]:
        columns = zip(*subjects, strict=True) if subjects else ((), ())
        return [self._council, *map(_array, columns)]

    def _digests(self, seq: int, digests: Sequence[RowDigest]) -> list[Any]:
        columns = map(_array, zip(*digests, strict=True))
        return [self._council, seq, *columns] if digests else []

    def _note(self, note: Note | None) -> list[Any]:
        return [self._council, *note] if note else []


def _array(values: Iterable[bytes | int | str | UUID | None]) -> str:
    """Write an array as PostgreSQL reads one; the driver would look at each element three times."""
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: bytes | int | str | UUID | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


@lru_cache
def _statement(leaves: int, digests: bool, note: bool) -> str:
    """Return the one statement that inserts so many leaves and what goes with them."""
    bound, sealed = _LEAVES + ", ".join([_LEAF] * leaves), _PARTS + ", ".join([_PART] * leaves)
    lines = [(bound, leaves > 0), (sealed, leaves > 0)]
    parts = [*lines, (_SUBJECTS, True), (_DIGESTS, digests), (_NOTE, note)]
    wanted = [text for text, present in parts if present]
    named = ", ".join(f"added{number} AS ({text})" for number, text in enumerate(wanted))
    return f"WITH {named} {_HEAD}"
