"""When the trail cannot be written, nothing opens and nothing is half-written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import text

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.db.connect import connect
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, Unavailable
from casework.identity import Reason
from tests.conftest import Address
from tests.postgres import broken_into
from tests.register import CASE, COUNCIL, SHEET, Register, join_register, member, open_register

READ = Entry(Act.CASE_READ, CASE, (SHEET,))


@pytest.fixture
def hasty(address: Address) -> Iterator[Register]:
    database = address.hasty()
    yield open_register(database)
    database.engine.dispose()


def works(register: Register) -> list[Callable[[], Any]]:
    """Return the ways in, each of which must need the trail."""

    def consult() -> None:
        with register.ledger.consult(member(), Reason.DUTY) as work:
            work.record(READ)

    def begin() -> None:
        with register.ledger.begin(member(), Reason.DUTY) as work:
            work.record(READ)

    def refused() -> None:
        with register.ledger.consult(member(), Reason.DUTY):
            raise AccessDenied("case:read", "not_named")

    return [consult, begin, refused]


def break_table(register: Register, table: str) -> None:
    with broken_into(register.database) as owned, owned.writing(Scope(COUNCIL)) as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))


@pytest.mark.parametrize("table", ["audit_heads", "audit_leaves", "audit_parts", "audit_subjects"])
@pytest.mark.parametrize("way", [0, 1, 2])
def test_without_a_table_of_the_trail_nothing_opens(
    register: Register, table: str, way: int
) -> None:
    register.read()
    break_table(register, table)
    with pytest.raises(Unavailable):
        works(register)[way]()


@contextmanager
def locked(register: Register) -> Iterator[None]:
    """Hold the register as a long transaction of somebody else would."""
    with register.database.writing(Scope(COUNCIL)) as session:
        session.execute(text("UPDATE audit_heads SET signed_at = signed_at"))
        yield


@pytest.mark.parametrize("way", [0, 1, 2])
def test_while_somebody_holds_the_trail_nothing_opens(
    hasty: Register, address: Address, way: int
) -> None:
    hasty.read()
    other = address.connect()
    with locked(join_register(other)), pytest.raises(Unavailable):
        works(hasty)[way]()
    other.engine.dispose()
    assert hasty.read().seqs == (1,)
    assert hasty.verify().clean


FILE = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
SERVER = pytest.mark.parametrize("address", ["postgresql"], indirect=True)


def small(database: Database) -> None:
    """Let the file grow no further: the same error as a full disk."""
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


@FILE
def test_on_a_full_disk_nothing_opens_and_what_was_there_verifies(address: Address) -> None:
    database = address.connect()
    register = open_register(database)
    register.read(times=10)
    small(database)
    with pytest.raises(Unavailable):
        register.read(times=100)
    result = register.verify()
    assert result.clean
    assert result.size >= 10
    database.engine.dispose()


@FILE
def test_on_a_read_only_file_nothing_opens(address: Address) -> None:
    database = address.connect()
    register = open_register(database)
    register.read()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(Unavailable):
        register.read()
    database.engine.dispose()


@SERVER
def test_on_a_read_only_server_nothing_opens(address: Address) -> None:
    database = address.connect()
    register = open_register(database)
    register.read()
    standby = connect(f"{address.url}?options=-c%20default_transaction_read_only%3Don")
    with pytest.raises(Unavailable):
        join_register(standby).read()
    standby.engine.dispose()
    database.engine.dispose()
