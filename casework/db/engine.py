"""One database, two ways in: reading, and writing behind the fair lock."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from casework.db import sight
from casework.db.driver import tell
from casework.db.lending import LentSession
from casework.db.lock import WriterLock
from casework.errors import Conflict, Unavailable

WRITES: Final = "casework_write"
SCOPE: Final = "casework_scope"
ALONE: Final = "casework_alone"
"""What a connection is asked for: see `connect`, where transactions begin."""

_OPEN: Final = "casework_connection"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows a transaction may touch: the further wall of PostgreSQL's row-level security.

    `whole` is for the service's own jobs, which see states and dates of every case of a council.
    """

    council_id: UUID
    organisation_id: UUID | None = None
    whole: bool = False


class Database:
    """Gives sessions, and nothing else may. SQLite and PostgreSQL behave alike behind it."""

    def __init__(self, engine: Engine, lock: WriterLock | None) -> None:
        """`lock` is the fair lock of a SQLite file; PostgreSQL needs none."""
        self.engine = engine
        self._writing_engine = engine.execution_options(**{WRITES: True})
        self._reading_engine = engine.execution_options(**{WRITES: False})
        self._alone = engine.execution_options(**{ALONE: True})
        self._lock = lock
        for given in (self._writing_engine, self._reading_engine, self._alone):
            sight.watch(given)

    @property
    def on_postgresql(self) -> bool:
        """Say which of the two dialects this is."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """Give a connection for single statements, which need no transaction around them."""
        with faults_named(), self._alone.connect() as connection:
            yield connection

    @contextmanager
    def reading(self, scope: Scope) -> Iterator[Session]:
        """Give a session that reads one snapshot and writes nothing."""
        with self._session(self._reading_engine, scope) as session:
            yield session
            # What was loaded stays readable; what somebody changed by mistake is never written.
            session.expunge_all()
            if self.on_postgresql:
                # It could not write. After a ROLLBACK the driver prepares all statements anew.
                session.commit()

    @contextmanager
    def writing(self, scope: Scope) -> Iterator[Session]:
        """Give a session that commits at the end of the block, or leaves no trace."""
        with self.turn(), self._session(self._writing_engine, scope) as session:
            yield session
            session.commit()

    @contextmanager
    def appending(self, scope: Scope) -> Iterator[Connection]:
        """Do the same without the mapper, for statements given to the driver itself."""
        with (
            self.turn(),
            faults_named(),
            self._writing_engine.connect() as connection,
            connection.execution_options(**{SCOPE: scope}).begin(),
        ):
            yield connection

    def turn(self) -> AbstractContextManager[None]:
        """Wait for one's turn among the writers of a file; PostgreSQL needs no turns."""
        return self._lock.held() if self._lock else nullcontext()

    @contextmanager
    def _session(self, engine: Engine, scope: Scope) -> Iterator[Session]:
        with LentSession(engine, expire_on_commit=False) as session, faults_named():
            # Begun with its scope, before anything can be asked without one.
            options = {SCOPE: scope} if self.on_postgresql else None
            session.info[_OPEN] = session.connection(execution_options=options)
            yield session


def connection_of(session: Session) -> Connection:
    """Return the connection of a session given here: asking SQLAlchemy costs a tenth of a query."""
    found: Connection = session.info[_OPEN]
    return found


def narrow(connection: Connection, scope: Scope) -> None:
    """Tell PostgreSQL, from here to the end of this transaction, whose rows may be seen."""
    tell(connection, scope_text(scope))


@lru_cache(maxsize=256)
def scope_text(scope: Scope) -> str:
    """Return the statements that narrow a transaction of PostgreSQL to a scope."""
    organisation = "" if scope.organisation_id is None else UUID(str(scope.organisation_id))
    told = {
        "council": UUID(str(scope.council_id)),
        "organisation": organisation,
        "reach": "whole" if scope.whole else "organisation",
    }
    return ";".join(f"SET LOCAL casework.{name} = '{value}'" for name, value in told.items())


@contextmanager
def faults_named() -> Iterator[None]:
    """Turn a database that cannot be used now into `Unavailable`, without its words.

    What another transaction has just changed, or added first, is a `Conflict`, as if read later.
    """
    try:
        yield
    except StaleDataError as fault:
        raise Conflict from fault
    except DBAPIError as fault:
        if is_outage(fault):
            raise Unavailable(type(fault.orig).__name__) from fault
        if type(fault.orig).__name__ == _OVERTAKEN:
            raise Conflict from fault
        raise


# PostgreSQL's word. SQLite has one writer at a time: the same fault there is a fault of ours.
_OVERTAKEN: Final = "UniqueViolation"
_OUTAGES: Final = frozenset(
    {"OperationalError", "DiskFullError", "DiskFull", "AdminShutdown", "InterfaceError",
     "LockNotAvailable", "QueryCanceled", "ReadOnlySqlTransaction", "DeadlockDetected",
     "SerializationFailure"}
)  # fmt: skip


def is_outage(fault: DBAPIError) -> bool:
    """Say whether the fault is of the machine (locked, full, gone), not of the statement."""
    return fault.connection_invalidated or type(fault.orig).__name__ in _OUTAGES
