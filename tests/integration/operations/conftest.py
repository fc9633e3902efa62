"""Databases with nothing in them, and homes on them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from casework.db.connect import connect
from casework.db.engine import Database
from casework.operations.founding import NewCouncil, found
from casework.operations.home import Home, prepare
from casework.operations.instance import Instance, open_instance
from casework.operations.migration import upgrade
from casework.operations.schema import Schema
from casework.settings import Settings
from casework.stores import Edges, open_stores
from tests.conftest import FILE_KEY
from tests.fakes import CountingEntropy, FixedClock
from tests.postgres import APPLICATION, OWNER, acting_as, new_database

COUNCIL: Final = NewCouncil("Conseil inventé", {"67447": "Schiltigheim"})
Environment = dict[str, str]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give a database that was never migrated, as its owner."""
    if request.param == "sqlite":
        opened = connect(f"sqlite:///{tmp_path}/empty.db", FILE_KEY)
        yield opened
        opened.engine.dispose()
        return
    server = request.getfixturevalue("postgres_server")
    with new_database(server) as url:
        opened = connect(acting_as(OWNER, url))
        yield opened
        opened.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Environment]:
    """Give the settings of a home to come: SQLite files, or PostgreSQL with separate roles."""
    home = {"CASEWORK_HOME": str(tmp_path / "home")}
    if request.param == "sqlite":
        yield home
        return
    server = request.getfixturevalue("postgres_server")
    with new_database(server) as main, new_database(server) as keystore:
        yield home | {
            "CASEWORK_DATABASE_URL": acting_as(APPLICATION, main),
            "CASEWORK_MIGRATION_DATABASE_URL": acting_as(OWNER, main),
            "CASEWORK_KEYSTORE_URL": acting_as(OWNER, keystore),
        }


@pytest.fixture
def edges() -> Edges:
    return Edges(FixedClock(), CountingEntropy())


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Found a council once, on SQLite; each test gets a copy."""
    home = tmp_path_factory.mktemp("founded") / "home"
    edges, settings = Edges(FixedClock(), CountingEntropy()), settings_of(home)
    prepare(settings, edges.entropy)
    migrate(settings, edges)
    found(settings, edges, COUNCIL, "founder")
    return home


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Home:
    """Give a home whose council is founded."""
    shutil.copytree(founded, tmp_path / "home")
    return Home(settings_of(tmp_path / "home"))


@pytest.fixture
def instance(home: Home, edges: Edges) -> Iterator[Instance]:
    """Give a founded instance, open."""
    edges = Edges(edges.clock, CountingEntropy(seed=1))
    opened = open_instance(home.settings, edges)
    yield opened
    opened.close()


def settings_of(home: Path) -> Settings:
    return Settings.from_environment({"CASEWORK_HOME": str(home)})


def migrate(settings: Settings, edges: Edges) -> None:
    with open_stores(settings, edges) as stores:
        upgrade(stores.main, Schema.MAIN)
        upgrade(stores.keystore_database, Schema.KEYSTORE)
