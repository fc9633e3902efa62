"""What a transaction says last, in the same breath as its commit.

On PostgreSQL both go to the server together, hence one round trip: what fails there keeps the
commit from happening. On SQLite nothing is far away, and it is said at once.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Dialect, PoolProxiedConnection

_WAITS: Final = "casework_last"
_Commit = Callable[[PoolProxiedConnection], None]


@dataclass(frozen=True, slots=True)
class Last:
    """Something to do whose result nobody waits for, and how its fault is called."""

    say: Callable[[], None]
    named: Callable[[Exception], Exception]


def say_last(connection: Connection, last: Last) -> None:
    """Say it when this transaction commits. The caller asks nothing of it any more."""
    if connection.dialect.name != "postgresql":
        try:
            last.say()
        except connection.dialect.loaded_dbapi.Error as fault:
            raise last.named(fault) from fault
    elif connection.info.setdefault(_WAITS, last) is not last:
        raise RuntimeError("last words were said already")


def forget_last(connection: Connection) -> None:
    """Begin without what a transaction that was rolled back would have said."""
    connection.info.pop(_WAITS, None)


def say_last_at_commit(dialect: Dialect) -> None:
    """Let a dialect of PostgreSQL commit with what waits to be said, or as ever; said once."""
    if "do_commit" not in vars(dialect):
        vars(dialect)["do_commit"] = _commit_with_last(dialect)


def _commit_with_last(dialect: Dialect) -> _Commit:
    usual, faults = dialect.do_commit, dialect.loaded_dbapi.Error

    def commit(pooled: Any) -> None:
        last = pooled.info.pop(_WAITS, None)
        if last is None:
            usual(pooled)
            return
        try:
            with pooled.driver_connection.pipeline():
                last.say()
                pooled.driver_connection.commit()
        except BaseException as fault:
            # SQLAlchemy takes what failed to commit for ended; this may be halfway.
            with suppress(faults):
                pooled.driver_connection.rollback()
            if isinstance(fault, faults):
                raise last.named(fault) from fault
            raise

    return commit
