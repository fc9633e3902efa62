"""A database on a disk that can be filled to its last byte, and emptied again."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import event

from casework.db.engine import Database
from tests.conftest import FILE_KEY, Address
from tests.postgres import APPLICATION, OWNER, acting_as, administer

PAGE: Final = 4096
_NAME: Final = "casework_cramped"


@dataclass(frozen=True)
class SmallDisk:
    """Where a database lies, and what fills and frees that place."""

    address: Address
    fill: Callable[[Database], None]
    free: Callable[[Database], None]


@contextmanager
def sqlite_on_small_disk(template: bytes) -> Iterator[SmallDisk]:
    """Give a file on a disk of its own; without root, a file that may grow no further."""
    with _mounted("16m") as (folder, real):
        path = folder / "casework.db"
        path.write_bytes(template)
        address = Address(f"sqlite:///{path}", FILE_KEY)
        filler = _Filler(folder / "filler")
        limit = _PageLimit()
        yield SmallDisk(address, *((filler.fill, filler.free) if real else (limit.on, limit.off)))


@contextmanager
def postgresql_on_small_disk(server: str, template: str) -> Iterator[SmallDisk]:
    """Give a database in a tablespace on a disk of its own; without root, a read-only one."""
    with _mounted("96m") as (folder, real):
        where = f" TABLESPACE {_NAME}" if real else ""
        if real:
            shutil.chown(folder, "postgres")
            administer(server, f"CREATE TABLESPACE {_NAME} LOCATION '{folder}'")
        administer(server, f"CREATE DATABASE {_NAME} TEMPLATE {template} OWNER {OWNER}{where}")
        address = Address(acting_as(APPLICATION, f"{server}/{_NAME}"))
        filler, mode = _Filler(folder / "filler"), _ReadOnly(server)
        yield SmallDisk(address, *((filler.fill, filler.free) if real else (mode.on, mode.off)))
        administer(server, f"DROP DATABASE {_NAME} WITH (FORCE)")
        if real:
            administer(server, f"DROP TABLESPACE {_NAME}")


@contextmanager
def _mounted(size: str) -> Iterator[tuple[Path, bool]]:
    """Give a folder that is a disk; or False beside it, where this machine lets us have none."""
    folder = Path(tempfile.mkdtemp(prefix="casework-disk-"))
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "casework-tests", str(folder)]
    real = subprocess.run(words, check=False, capture_output=True).returncode == 0  # noqa: S603
    try:
        yield folder, real
    finally:
        if real:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S603, S607
        shutil.rmtree(folder)


@dataclass
class _Filler:
    """A file that takes what is left of a disk."""

    path: Path

    def fill(self, _: Database) -> None:
        with self.path.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(PAGE))
            except OSError:
                return

    def free(self, _: Database) -> None:
        self.path.unlink()


@dataclass
class _PageLimit:
    """The error of a full disk, made by SQLite itself."""

    pages: int = 0

    def on(self, database: Database) -> None:
        with database.engine.connect() as connection:
            self.pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        event.listen(database.engine, "checkout", self._limit)

    def off(self, _: Database) -> None:
        self.pages = 1 << 30

    def _limit(self, connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {self.pages}")


@dataclass
class _ReadOnly:
    """A server that takes nothing any more."""

    server: str

    def on(self, database: Database) -> None:
        self._set(database, "on")

    def off(self, database: Database) -> None:
        self._set(database, "off")

    def _set(self, database: Database, to: str) -> None:
        statement = f"ALTER DATABASE {_NAME} SET default_transaction_read_only = {to}"
        administer(self.server, statement)
        database.engine.dispose()
