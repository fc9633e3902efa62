"""The two databases that integration and security tests run on, fresh for each test."""

import gc
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings
from sqlalchemy import create_engine
from werkzeug.routing import Rule

from casework.db import connect as connecting
from casework.db.connect import connect
from casework.db.engine import Database
from casework.db.lock import WriterLock
from casework.operations.grants import grant
from casework.operations.migration import upgrade
from casework.operations.schema import Schema
from tests.compiled import sharing_builders, sharing_statements
from tests.postgres import APPLICATION, OWNER, acting_as, administer, cluster, make_roles
from tests.reused import ReusedDatabase
from tests.softhsm import make_token
from tests.spares import Spares

FILE_KEY: Final = bytes(range(32))
SPARES: Final = Spares()
# How long one example takes is the machine's business; what has a budget is measured by the bench.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
# Thousands of tests are kept from their collection to the end, and no garbage is among them:
# looking through them again and again would be a sixth of the time.
gc.set_threshold(10_000, 10, 10)
vars(connecting)["create_engine"] = sharing_statements(create_engine, SPARES)
Rule._compile_builder = sharing_builders(Rule._compile_builder)  # type: ignore[method-assign]


def pytest_collection_finish() -> None:
    gc.freeze()


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is, so that another process can connect to the same one."""

    url: str
    file_key: bytes | None = None

    def connect(self) -> Database:
        return connect(self.url, self.file_key)

    def hasty(self) -> Database:
        """Connect as somebody who waits a fifth of a second for what another holds."""
        if self.file_key is None:
            return connect(f"{self.url}?options=-c%20lock_timeout%3D200")
        lock = Path(self.url.removeprefix("sqlite:///")).with_suffix(".lock")
        return Database(self.connect().engine, WriterLock(lock, patience=0.2))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the URL of a server, without a database name."""
    with cluster() as url:
        make_roles(url)
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, worker_id: str) -> Iterator[str]:
    """Migrate once, as in production: another role owns the tables. Each test gets a copy."""
    name = f"casework_template_{worker_id}"
    administer(postgres_server, f"CREATE DATABASE {name} OWNER {OWNER}")
    database = connect(acting_as(OWNER, f"{postgres_server}/{name}"))
    upgrade(database, Schema.MAIN)
    grant(database, APPLICATION)
    database.engine.dispose()
    yield name
    administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def reused_database(postgres_server: str, postgres_template: str) -> Iterator[ReusedDatabase]:
    """Give the database that one test after another has for itself."""
    name = postgres_template.replace("template", "test")
    reused = ReusedDatabase(postgres_server, postgres_template, name, SPARES)
    yield reused
    reused.drop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate once; each test gets a copy."""
    path = tmp_path_factory.mktemp("template") / "casework.db"
    database = connect(f"sqlite:///{path}", FILE_KEY)
    upgrade(database, Schema.MAIN)
    database.engine.dispose()
    return path


@pytest.fixture(scope="session")
def pin_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a token that holds keys, and give the file of its PIN."""
    return make_token(tmp_path_factory.mktemp("softhsm"))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Address]:
    """Give the place of a fresh database with every table and no row."""
    if request.param == "sqlite":
        path = tmp_path / "casework.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield Address(f"sqlite:///{path}", FILE_KEY)
        return
    reused: ReusedDatabase = request.getfixturevalue("reused_database")
    yield Address(acting_as(APPLICATION, reused.given()))


@pytest.fixture
def database(address: Address) -> Iterator[Database]:
    """Give a fresh database with every table and no row."""
    opened = address.connect()
    yield opened
    opened.engine.dispose()
