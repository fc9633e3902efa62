"""A place of its own for copies that are tried: two databases made for it, and removed."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import DBAPIError

from casework.errors import Misconfigured
from casework.keys.kek.private_files import alone_in
from casework.operations.schema import Schema
from casework.settings import Settings

FOLDER: Final = "drill"
_PRIVATE: Final = 0o700


@contextmanager
def elsewhere(settings: Settings, council_id: UUID) -> Iterator[Settings]:
    """Give settings of two databases that hold nothing yet; one trial at a time.

    What a trial that was killed left behind goes first. Raises `Misconfigured` where the role may
    not make a database.
    """
    run = settings.home / "run"
    with alone_in(run), ExitStack() as stack:
        if settings.database_url.startswith("sqlite"):
            urls = stack.enter_context(_files(run / FOLDER))
        else:
            main = settings.migration_url or settings.database_url
            servers = {Schema.MAIN: main, Schema.KEYSTORE: settings.keystore_url}
            urls = {
                schema: stack.enter_context(_database(url, _name(schema, council_id)))
                for schema, url in servers.items()
            }
        main, keystore = urls[Schema.MAIN], urls[Schema.KEYSTORE]
        yield replace(settings, database_url=main, keystore_url=keystore, migration_url="")


@contextmanager
def _files(folder: Path) -> Iterator[dict[Schema, str]]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=_PRIVATE)
    try:
        yield {schema: f"sqlite:///{folder}/{schema.value}.db" for schema in Schema}
    finally:
        shutil.rmtree(folder)


def _name(schema: Schema, council_id: UUID) -> str:
    return f"casework_drill_{schema.value}_{council_id.hex}"


@contextmanager
def _database(url: str, name: str) -> Iterator[str]:
    """Give a database of its own on the same server, for the same role."""
    _tell(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        _tell(url, f"DROP DATABASE {name} WITH (FORCE)")


def _tell(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    except DBAPIError as fault:
        role = make_url(url).username
        sentence = f"{role} can make no database to try a copy in: ALTER ROLE {role} CREATEDB"
        raise Misconfigured([sentence]) from fault
    finally:
        engine.dispose()
