"""Between which statements a power cut makes a difference."""

from typing import Final

from sqlalchemy import Connection

_LOOKING_ON: Final = ("SELECT", "PRAGMA", "SET", "SHOW", "BEGIN")


def is_step(connection: Connection, statement: str) -> bool:
    """Say whether work is to be cut before a statement too, and not before its commit alone.

    A statement that looks on leaves nothing behind: a cut before it is one before the next that
    changes. What changes is undone with its transaction: SQLite shows that at every change,
    PostgreSQL, which takes five times as long, at every commit.
    """
    looks_on = statement.lstrip().upper().startswith(_LOOKING_ON)
    return not looks_on and connection.dialect.name != "postgresql"
