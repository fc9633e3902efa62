"""Connections to PostgreSQL that one test leaves to the next, as requests do in production.

Behind a new one stands a new process, which reads the catalogue and plans every statement anew:
a third of what PostgreSQL did for a test of cases.
"""

import os
from collections import defaultdict
from typing import Any, Final

from psycopg import Connection, Error
from psycopg.pq import TransactionStatus
from sqlalchemy import Dialect

_MOST: Final = 6
_AS_NEW: Final = (
    "CLOSE ALL; RESET SESSION AUTHORIZATION; RESET ALL; UNLISTEN *;"
    " SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES"
)
_Place = tuple[object, ...]


class Spares:
    """Idle connections to one database: of what a test did with them only plans are left."""

    def __init__(self) -> None:
        """Keep nothing until `keep_for` names a database."""
        self._database = ""
        self._idle: defaultdict[_Place, list[Connection[Any]]] = defaultdict(list)

    def keep_for(self, database: str) -> None:
        """Keep what is connected to this database from now on."""
        self._database = database

    @property
    def processes(self) -> list[int]:
        """The server's processes behind what is kept."""
        return [one.info.backend_pid for each in self._idle.values() for one in each]

    def close(self) -> None:
        """Close all that is kept."""
        for each in self._idle.values():
            while each:
                each.pop().close()

    def lend_to(self, dialect: Dialect) -> None:
        """Let a dialect look here before it connects, and bring back what it would close."""
        connect, close = dialect.connect, dialect.do_close

        def take(*where: Any, **how: Any) -> Any:
            idle = self._idle[_place(how.get("user"), how.get("dbname"), how.get("options"))]
            while idle:
                if _made_new(found := idle.pop()):
                    return found
            return connect(*where, **how)

        def bring_back(connection: Any) -> None:
            if not self._kept(connection):
                close(connection)

        vars(dialect).update(connect=take, do_close=bring_back)

    def _kept(self, connection: Connection[Any]) -> bool:
        info = connection.info
        if connection.closed or info.transaction_status is not TransactionStatus.IDLE:
            return False
        idle = self._idle[_place(info.user, info.dbname, info.options)]
        if info.dbname != self._database or len(idle) >= _MOST:
            return False
        idle.append(connection)
        return True


def _place(user: object, database: object, options: object) -> _Place:
    """Return where a connection leads; a process that was forked has none of its parent's."""
    return os.getpid(), user, database, options


def _made_new(connection: Connection[Any]) -> bool:
    try:
        connection.execute(_AS_NEW)
    except Error:
        connection.close()
        return False
    return True
