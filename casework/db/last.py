"""What a transaction says last, in the same breath as its commit.

On PostgreSQL both go to the server together, hence one round trip: what fails there keeps the
commit from happening. On SQLite nothing is far away, and it is said at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Last:
    """Something to do whose result nobody waits for, and how its fault is called."""

    say: Callable[[], None]
    named: Callable[[Exception], Exception]


# By transaction, so that one that is rolled back takes its last words with it.
_WAITING: WeakKeyDictionary[Any, Last] = WeakKeyDictionary()


def say_last(connection: Connection, last: Last) -> None:
    """Say it when this transaction commits. The caller asks nothing of it any more."""
    if connection.dialect.name != "postgresql":
        _say(connection, last)
    elif _WAITING.setdefault(connection.get_transaction(), last) is not last:
        raise RuntimeError("last words were said already")


def commit_on_postgresql(connection: Connection) -> None:
    """Say what waits, and commit; without anything SQLAlchemy commits as ever."""
    last = _WAITING.pop(connection.get_transaction(), None)
    if last is None:
        return
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            last.say()
            driver.commit()
    except BaseException as fault:
        # What SQLAlchemy takes for ended may be halfway: nobody is given this connection again.
        connection.invalidate()
        if isinstance(fault, connection.dialect.loaded_dbapi.Error):
            raise last.named(fault) from fault
        raise


def _say(connection: Connection, last: Last) -> None:
    try:
        last.say()
    except connection.dialect.loaded_dbapi.Error as fault:
        raise last.named(fault) from fault
