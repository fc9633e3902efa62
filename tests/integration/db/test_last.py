"""Last words stand or fall with the commit they are said with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text

from casework.db.engine import Database, Scope
from casework.db.last import Last, say_last
from casework.errors import Unavailable
from tests.town import COUNCIL


@contextmanager
def writing(database: Database, *words: str) -> Iterator[None]:
    """Keep a commune, 67001, and say others last."""
    with database.writing(Scope(COUNCIL)) as session:
        connection = session.connection()
        commune(connection, "67001")()
        for code in words:
            say = commune(connection, code)
            say_last(connection, Last(say, lambda fault: Unavailable(type(fault).__name__)))
        yield


def commune(connection: Connection, code: str) -> Callable[[], None]:
    """Return what inserts a commune, given to the driver itself."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        return partial(driver.execute, "INSERT INTO communes VALUES (%s, %s, '')", (COUNCIL, code))
    values = COUNCIL.bytes, code
    return partial(driver.execute, "INSERT INTO communes VALUES (?, ?, '')", values)


def stored(database: Database) -> list[str]:
    with database.reading(Scope(COUNCIL)) as session:
        return list(session.scalars(text("SELECT commune FROM communes ORDER BY commune")))


def test_last_words_are_kept_with_the_rest(database: Database) -> None:
    with writing(database, "67002"):
        pass
    assert stored(database) == ["67001", "67002"]


def test_last_words_that_fail_keep_nothing_and_are_called_as_asked(database: Database) -> None:
    wanted = pytest.raises(Unavailable, match=r"UniqueViolation|IntegrityError")
    with wanted, writing(database, "67001"):
        pass
    assert stored(database) == []


def test_what_is_rolled_back_takes_its_last_words_with_it(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), writing(database, "67002"):
        raise ZeroDivisionError
    with writing(database):
        pass
    assert stored(database) == ["67001"]


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_last_words_are_said_once(database: Database) -> None:
    with pytest.raises(RuntimeError), writing(database, "67002", "67003"):
        pass
    assert stored(database) == []
