"""A SQLite file as bytes: copied while others write, put back in an empty place.

The bytes stay encrypted by the file's own key, which the KEK wraps.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from sqlalchemy.exc import DBAPIError

from casework.db.connect import connect
from casework.db.engine import Database
from casework.errors import Misconfigured, SealBroken
from casework.keys.kek.private_files import create_private, settle, writing_private

_BESIDE: Final = ("", "-wal", "-shm")


@contextmanager
def copied(database: Database, snapshot: Path) -> Iterator[IO[bytes]]:
    """Give the file as it stood at one moment; `snapshot` holds it meanwhile, then is gone."""
    snapshot.unlink(missing_ok=True)
    create_private(snapshot, b"")
    try:
        with database.glancing() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(snapshot),))
        with snapshot.open("rb") as file:
            yield file
    finally:
        snapshot.unlink(missing_ok=True)


@contextmanager
def put_back(path: Path, key: bytes) -> Iterator[IO[bytes]]:
    """Give where to write the file that will be at `path`: whole and of this key, or not at all.

    Raises `SealBroken` for a file of another key, or damaged.
    """
    _require_free(path)
    begun = path.with_name(f".{path.name}.part")
    begun.unlink(missing_ok=True)
    try:
        with writing_private(begun) as file:
            yield file
        _require_whole(begun, key)
        begun.replace(path)
        settle(path.parent)
    finally:
        begun.unlink(missing_ok=True)


def _require_free(path: Path) -> None:
    """Raise `Misconfigured` where a file, or what was left beside one, stands in the way."""
    names = [path.with_name(path.name + ending) for ending in _BESIDE]
    there = [str(one) for one in names if one.exists()]
    if there:
        raise Misconfigured([f"stop the service and move {' '.join(there)} away first"])


def _require_whole(path: Path, key: bytes) -> None:
    database = connect(f"sqlite:///{path}", key)
    try:
        with database.glancing() as connection:
            broken = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
    except DBAPIError as fault:
        raise SealBroken("the copy belongs to other keys than those in secrets/") from fault
    finally:
        database.engine.dispose()
    if broken:
        raise SealBroken(f"{len(broken)} pages of the copy are damaged")
