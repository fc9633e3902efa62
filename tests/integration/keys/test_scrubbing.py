"""What the files of the key store hold of a destroyed pepper: nothing, even after a kill.

The files are searched in clear: under SQLCipher no search would ever find anything.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from casework.db.connect import connect
from casework.db.model import KeyStoreModel
from casework.errors import Unavailable
from casework.keys.keystore import KeyStore
from tests.eraser import in_clear
from tests.fakes import CountingEntropy, FixedClock
from tests.postgres import INTRUDER, OWNER, acting_as, new_database
from tests.town import COUNCIL

NOW = FixedClock().now()
IDS = [UUID(int=one) for one in range(1, 301)]
DEAD, ALIVE = IDS[:150], IDS[150:]
Peppers = dict[UUID, bytes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.db"


@pytest.fixture
def store(path: Path) -> Iterator[KeyStore]:
    database = in_clear(path)
    KeyStoreModel.metadata.create_all(database.engine)
    yield KeyStore(database)
    database.engine.dispose()


@pytest.fixture
def peppers(store: KeyStore) -> Peppers:
    entropy = CountingEntropy(seed=5)
    drawn = {one: entropy.bytes(32) for one in IDS}
    store.keep_peppers(COUNCIL, {(one, 1): pepper for one, pepper in drawn.items()})
    return drawn


def _found(folder: Path, peppers: Peppers, of: list[UUID]) -> int:
    files = b"".join(one.read_bytes() for one in folder.iterdir())
    return sum(peppers[one] in files for one in of)


def test_destroyed_peppers_leave_no_bytes_in_the_files_of_the_key_store(
    store: KeyStore, peppers: Peppers, tmp_path: Path
) -> None:
    assert _found(tmp_path, peppers, IDS) == len(IDS)
    store.destroy(COUNCIL, DEAD, NOW)
    assert _found(tmp_path, peppers, DEAD) == 0
    assert _found(tmp_path, peppers, ALIVE) == len(ALIVE)


def test_killed_after_the_commit_the_next_try_leaves_no_byte(
    store: KeyStore, peppers: Peppers, tmp_path: Path, path: Path
) -> None:
    command = [sys.executable, "-m", "tests.eraser", str(path), *map(str, DEAD)]
    killed = subprocess.run(command, check=False, cwd=Path(__file__).parents[3])  # noqa: S603
    assert killed.returncode == -signal.SIGKILL
    assert store.erased(COUNCIL) == set(DEAD)
    assert _found(tmp_path, peppers, DEAD) > 0
    store.destroy(COUNCIL, DEAD, NOW)
    assert _found(tmp_path, peppers, DEAD) == 0
    assert _found(tmp_path, peppers, ALIVE) == len(ALIVE)


def test_while_a_reader_keeps_the_log_the_erasure_is_not_called_done(
    store: KeyStore, peppers: Peppers, tmp_path: Path, path: Path
) -> None:
    reader = in_clear(path)
    with reader.engine.connect() as reading:
        reading.execute(text("SELECT count(*) FROM peppers")).scalar_one()
        with pytest.raises(Unavailable):
            store.destroy(COUNCIL, DEAD, NOW)
    reader.engine.dispose()
    store.destroy(COUNCIL, DEAD, NOW)
    assert _found(tmp_path, peppers, DEAD) == 0


@pytest.fixture
def served(postgres_server: str) -> Iterator[tuple[KeyStore, str]]:
    with new_database(postgres_server) as url:
        database = connect(acting_as(OWNER, url))
        KeyStoreModel.metadata.create_all(database.engine)
        yield KeyStore(database), url
        database.engine.dispose()


def test_on_postgresql_the_table_is_written_anew_without_them(
    served: tuple[KeyStore, str],
) -> None:
    store, url = served
    entropy = CountingEntropy(seed=5)
    peppers = {one: entropy.bytes(32) for one in IDS}
    store.keep_peppers(COUNCIL, {(one, 1): pepper for one, pepper in peppers.items()})
    assert _in_table(url, peppers) == set(IDS)
    store.destroy(COUNCIL, DEAD, NOW)
    assert _in_table(url, peppers) == set(ALIVE)


def test_on_postgresql_a_dump_under_way_keeps_the_erasure_from_being_called_done(
    served: tuple[KeyStore, str],
) -> None:
    store, url = served
    store.keep_peppers(COUNCIL, {(one, 1): bytes(32) for one in IDS})
    dump = connect(acting_as(INTRUDER, url))
    with dump.engine.connect() as reading:
        reading.execute(text("LOCK TABLE peppers IN ACCESS SHARE MODE"))
        with pytest.raises(Unavailable):
            store.destroy(COUNCIL, DEAD, NOW)
    dump.engine.dispose()
    store.destroy(COUNCIL, DEAD, NOW)
    assert {one for one, _ in store.held(COUNCIL)} == set(ALIVE)


def _in_table(url: str, peppers: Peppers) -> set[UUID]:
    """Return whose bytes stand in the file of the table, as whoever holds the machine sees it."""
    intruder = connect(acting_as(INTRUDER, url))
    with intruder.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("CHECKPOINT")
        path = "pg_read_binary_file(pg_relation_filepath('peppers'))"
        file = bytes(connection.exec_driver_sql(f"SELECT {path}").scalar_one())
    intruder.engine.dispose()
    return {one for one, pepper in peppers.items() if pepper in file}
