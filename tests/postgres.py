"""The PostgreSQL of the tests: one private cluster for each process that asks.

Three roles, as in production: one owns the tables and migrates (and may make a database to try
copies in), one serves (it owns nothing and cannot step over row-level security), and one is whoever
holds the machine.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Final

from sqlalchemy.exc import IntegrityError, ProgrammingError

from casework.db.connect import connect
from casework.db.engine import Database
from casework.operations.cluster import (
    APPLICATION,
    OWNER,
    acting_as,
    administer,
    cluster,
    make_role,
)

__all__ = ["APPLICATION", "OWNER", "acting_as", "administer", "cluster"]

INTRUDER: Final = "casework_intruder"
_numbers = count()


def make_roles(server: str) -> None:
    """Make the three roles, unless another process of the same server did."""
    for role, powers in ((OWNER, "CREATEDB"), (APPLICATION, "NOCREATEDB")):
        with suppress(ProgrammingError, IntegrityError):
            make_role(server, role, f"NOSUPERUSER NOBYPASSRLS {powers}")
    with suppress(ProgrammingError, IntegrityError):
        make_role(server, INTRUDER, "SUPERUSER")


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """Give the URL of a database that its owner alone may change, then remove it."""
    name = f"casework_new_{os.getpid()}_{next(_numbers)}"
    administer(server, f"CREATE DATABASE {name} OWNER {OWNER}")
    try:
        yield f"{server}/{name}"
    finally:
        administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def broken_into(database: Database) -> Iterator[Database]:
    """Give the same database to somebody who holds the machine: no rights, no rows withheld."""
    if not database.on_postgresql:
        yield database
        return
    address = database.engine.url.render_as_string(hide_password=False)
    opened = connect(acting_as(INTRUDER, address))
    try:
        yield opened
    finally:
        opened.engine.dispose()
