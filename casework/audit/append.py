"""Appending to a register: the last thing a transaction does, so that the lock is short."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeAlias
from uuid import UUID

from sqlalchemy import Connection

from casework.audit.additions import Additions, Head
from casework.audit.compose import Batch, Composer, signed
from casework.audit.ports import RegisterKeyring
from casework.audit.postgresql import PostgresqlRegister
from casework.audit.sqlite import SqliteRegister
from casework.clock import Clock
from casework.db.last import Last, say_last
from casework.entropy import Entropy
from casework.errors import CaseworkError, IntegrityFailure, Unavailable
from casework.moments import to_micros

Appended: TypeAlias = tuple[tuple[int, ...], datetime]
"""The numbers of leaves, and their moment."""


class _Register(Protocol):
    def lock(self) -> Head | None: ...

    def add(self, added: Additions) -> None: ...


class Prepared(NamedTuple):
    """A batch that only its place in the register is missing from."""

    council_id: UUID
    composer: Composer


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

    def prepare(self, batch: Batch) -> Prepared:
        """Do what can be done of an append before anybody is kept waiting by it."""
        council_id = batch.principal.council_id
        return Prepared(council_id, Composer(self._keyring.of(council_id), self._entropy, batch))

    def append(self, connection: Connection, prepared: Prepared) -> Appended:
        """Append one leaf for each entry, now; return their numbers and their moment.

        The caller does nothing else before the commit but append again.
        """
        with _register(connection, prepared.council_id) as register:
            head, added, at = self._composed(register, prepared)
            register.add(added)
        return tuple(range(head.size, added.head.size)), at

    def conclude(self, connection: Connection, prepared: Prepared) -> Appended:
        """Append as the last words of a transaction, which the caller commits next."""
        with _register(connection, prepared.council_id) as register:
            head, added, at = self._composed(register, prepared)
        named = partial(_named, connection.dialect.loaded_dbapi)
        say_last(connection, Last(partial(register.add, added), named))
        return tuple(range(head.size, added.head.size)), at

    def _composed(
        self, register: _Register, prepared: Prepared
    ) -> tuple[Head, Additions, datetime]:
        head = _locked(register)
        at = self._clock.now()
        return head, prepared.composer.compose(head, at), at

    def checkpoint(self, connection: Connection, council_id: UUID) -> int:
        """Sign the head as it stands, unless it is signed already; return its size."""
        with _register(connection, council_id) as register:
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
