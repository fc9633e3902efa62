"""Appending to a register: the last thing a transaction does, so that the lock is short."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from casework.audit.additions import Additions, Head
from casework.audit.compose import Batch, Composer, signed
from casework.audit.ports import RegisterKeyring
from casework.audit.postgresql import PostgresqlRegister
from casework.audit.sqlite import SqliteRegister
from casework.clock import Clock
from casework.db.engine import connection_of
from casework.db.last import Last, say_last
from casework.db.types import to_micros
from casework.entropy import Entropy
from casework.errors import CaseworkError, IntegrityFailure, Unavailable

Appended: TypeAlias = tuple[tuple[int, ...], datetime]
"""The numbers of leaves, and their moment."""


class _Register(Protocol):
    def lock(self) -> Head | None: ...

    def add(self, added: Additions) -> None: ...


class Appender:
    """Writes what a unit of work says into the register of its council.

    Unavailable when the trail cannot be written, IntegrityFailure when what is stored
    contradicts itself or the council has no register.
    """

    def __init__(self, keyring: RegisterKeyring, clock: Clock, entropy: Entropy) -> None:
        """Hold what signs, dates and salts."""
        self._keyring = keyring
        self._clock = clock
        self._entropy = entropy

    def append(self, session: Session, batch: Batch) -> Appended:
        """Append one leaf for each entry, now; return their numbers and their moment.

        The caller does nothing else before the commit but append again.
        """
        with _register(session.connection(), batch.principal.council_id) as register:
            head, added, at = self._composed(session, register, batch)
            register.add(added)
        return tuple(range(head.size, added.head.size)), at

    def conclude(self, session: Session, batch: Batch) -> Appended:
        """Append as the last words of a transaction, which the caller commits next."""
        connection, council_id = connection_of(session), batch.principal.council_id
        with _register(connection, council_id) as register:
            head, added, at = self._composed(session, register, batch)
        named = partial(_named, connection.dialect.loaded_dbapi)
        say_last(connection, Last(partial(register.add, added), named))
        return tuple(range(head.size, added.head.size)), at

    def _composed(
        self, session: Session, register: _Register, batch: Batch
    ) -> tuple[Head, Additions, datetime]:
        session.flush()
        head = _locked(register)
        at = self._clock.now()
        keys = self._keyring.of(batch.principal.council_id)
        return head, Composer(keys, self._entropy, at, batch).compose(head), at

    def checkpoint(self, session: Session, council_id: UUID) -> int:
        """Sign the head as it stands, unless it is signed already; return its size."""
        with _register(session.connection(), council_id) as register:
            head = _locked(register)
            if head.size > head.signed_size:
                at = to_micros(self._clock.now())
                register.add(Additions(*signed(head, at, self._keyring.of(council_id))))
        return head.size


@contextmanager
def _register(connection: Connection, council_id: UUID) -> Iterator[_Register]:
    """Give the register to the driver itself, and name the driver's faults as ours."""
    driver = connection.connection.driver_connection
    faults = connection.dialect.loaded_dbapi
    on_postgresql = connection.dialect.name == "postgresql"
    try:
        yield (PostgresqlRegister if on_postgresql else SqliteRegister)(driver, council_id)
    except faults.Error as fault:
        raise _named(faults, fault) from fault


def _named(faults: Any, fault: Exception) -> CaseworkError:
    if isinstance(fault, faults.IntegrityError):
        return IntegrityFailure("the register already holds what should follow")
    return Unavailable(f"the trail cannot be written: {type(fault).__name__}")


def _locked(register: _Register) -> Head:
    head = register.lock()
    if head is None:
        raise IntegrityFailure("this council has no register")
    return head
