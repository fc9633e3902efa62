"""A place of its own for copies that are tried: two databases made for it, and removed."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from casework.errors import Misconfigured
from casework.keys.kek.private_files import alone_in
from casework.operations.cluster import tell
from casework.operations.grants import owner_url
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
        folder = stack.enter_context(_folder(run / FOLDER))
        main, keystore = (
            stack.enter_context(_place(owner_url(settings, one), folder, one, council_id))
            for one in (Schema.MAIN, Schema.KEYSTORE)
        )
        yield replace(settings, database_url=main, keystore_url=keystore, migration_url="")


@contextmanager
def _folder(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=_PRIVATE)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _place(url: str, folder: Path, schema: Schema, council_id: UUID) -> Iterator[str]:
    """Give the address of a database that holds nothing, of the same kind as that of `url`."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{folder}/{schema.value}.db"
        return
    with _database(url, _name(schema, council_id)) as made:
        yield made


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
    try:
        tell(url, *statements)
    except DBAPIError as fault:
        role = make_url(url).username
        sentence = f"{role} can make no database to try a copy in: ALTER ROLE {role} CREATEDB"
        raise Misconfigured([sentence]) from fault
