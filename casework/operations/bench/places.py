"""Where a measure runs: a throw-away home, on the embedded file or on a private PostgreSQL."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from casework.db.connect import connect
from casework.db.engine import Database
from casework.operations.bench.clear_rows import ClearModel
from casework.operations.cluster import (
    APPLICATION,
    OWNER,
    acting_as,
    administer,
    cluster,
    make_role,
)
from casework.operations.founding import NewCouncil, found
from casework.operations.grants import grant
from casework.operations.home import prepare
from casework.operations.instance import Instance, open_instance, system_edges
from casework.operations.migration import upgrade
from casework.operations.schema import EVERYTHING, Schema
from casework.runtime import Stores
from casework.settings import Settings

COMMUNES: Final = {"67447": "Schiltigheim"}
_MAIN: Final = "casework_bench"
_KEYSTORE: Final = "casework_bench_keys"


class Engine(StrEnum):
    """The databases we run on."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@contextmanager
def instance_on(engine: Engine) -> Iterator[Instance]:
    """Give a new instance, founded and empty, with the tables of the floor beside its own."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="casework-bench-"))
        # A folder of its own: prepared anew, with the rights of a real home.
        environment = {"CASEWORK_HOME": str(Path(folder) / "home")}
        if engine is Engine.POSTGRESQL:
            environment |= _addresses(stack.enter_context(cluster(durable=True)))
        instance = _founded(Settings.from_environment(environment))
        stack.callback(instance.close)
        yield instance


def _addresses(server: str) -> dict[str, str]:
    for role in (OWNER, APPLICATION):
        make_role(server, role)
    for name, owner in ((_MAIN, OWNER), (_KEYSTORE, APPLICATION)):
        administer(server, f"CREATE DATABASE {name} OWNER {owner}")
    return {
        "CASEWORK_DATABASE_URL": acting_as(APPLICATION, f"{server}/{_MAIN}"),
        "CASEWORK_MIGRATION_DATABASE_URL": acting_as(OWNER, f"{server}/{_MAIN}"),
        "CASEWORK_KEYSTORE_URL": acting_as(APPLICATION, f"{server}/{_KEYSTORE}"),
    }


def _founded(settings: Settings) -> Instance:
    edges = system_edges()
    prepare(settings, edges.entropy)
    stores = Stores(settings, edges)
    owner = connect(settings.migration_url) if settings.migration_url else stores.main
    _make_tables(owner, stores)
    for database in (owner, stores.main, stores.keystore_database):
        database.engine.dispose()
    found(settings, edges, NewCouncil("Conseil inventé", COMMUNES), "bench")
    return open_instance(settings, edges)


def take_stock(instance: Instance) -> None:
    """Count the rows as a PostgreSQL in service does by itself: its plans rest on it."""
    if not instance.settings.migration_url:
        return
    owner = connect(instance.settings.migration_url)
    with owner.writing(EVERYTHING) as session:
        session.connection().exec_driver_sql("ANALYZE")
    owner.engine.dispose()


def _make_tables(owner: Database, stores: Stores) -> None:
    upgrade(owner, Schema.MAIN)
    upgrade(stores.keystore_database, Schema.KEYSTORE)
    ClearModel.metadata.create_all(owner.engine)
    if owner is not stores.main:
        grant(owner, APPLICATION)
