"""The statements of an append on SQLite, given to the driver itself.

The transaction already holds the writer lock and began IMMEDIATE: reading the head is enough.
"""

from typing import Any, Final
from uuid import UUID

from casework.audit.additions import BOUND, Additions, Head

_LOCK: Final = (
    "SELECT size, root, frontier, signed_size, signed_at FROM audit_heads WHERE council_id = ?"
)
_LEAF: Final = (
    "INSERT INTO audit_leaves (council_id, seq, at, kind, outcome, leaf, nodes, bound)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_PARTS: Final = (
    "INSERT INTO audit_parts (council_id, seq, who_salt, who, what_salt, what, det_salt, det)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SUBJECT: Final = "INSERT INTO audit_subjects (council_id, tag, seq) VALUES (?, ?, ?)"
_DIGEST: Final = (
    "INSERT INTO row_digests (council_id, seq, table_name, row_id, column_name, digest)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_NOTE: Final = (
    "INSERT INTO audit_checkpoints (council_id, size, at, note, mark) VALUES (?, ?, ?, ?, ?)"
)
_HEAD: Final = (
    "UPDATE audit_heads SET size = ?, root = ?, frontier = ?, signed_size = ?, signed_at = ?"
    " WHERE council_id = ?"
)


class SqliteRegister:
    """The register of one council in a SQLite file, for one transaction."""

    def __init__(self, driver: Any, council_id: UUID) -> None:
        """`driver` is the raw connection of the transaction."""
        self._driver = driver
        self._council = council_id.bytes

    def lock(self) -> Head | None:
        """Return the head; None when this council has no register."""
        row = self._driver.execute(_LOCK, (self._council,)).fetchone()
        return None if row is None else Head(*row)

    def add(self, added: Additions) -> None:
        """Insert every row and move the head."""
        council, driver = self._council, self._driver
        bound = len(BOUND)
        driver.executemany(_LEAF, [(council, *one[:bound]) for one in added.leaves])
        driver.executemany(_PARTS, [(council, one.seq, *one[bound:]) for one in added.leaves])
        driver.executemany(_SUBJECT, [(council, *one) for one in added.subjects])
        if added.digests:
            driver.executemany(_DIGEST, self._digests(added))
        if added.note:
            driver.execute(_NOTE, (council, *added.note))
        driver.execute(_HEAD, (*added.head, council))

    def _digests(self, added: Additions) -> list[tuple[object, ...]]:
        seq = added.head.size - 1
        return [
            (self._council, seq, one.table, one.row_id.bytes, one.column, one.digest)
            for one in added.digests
        ]
