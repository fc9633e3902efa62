"""When the machine fails: a clear refusal, nothing opened, nothing half-written."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import text

from casework.audit.verify import verify
from casework.errors import Misconfigured, Unavailable
from casework.identity import Reason
from casework.keys.kek.file import FileKek
from casework.runtime import Runtime
from tests.fakes import CountingEntropy
from tests.town import COUNCIL, KEK, TestStores, Town

_ROOM: Final = 40
"""More than what fits into the pages that are there already."""


@contextmanager
def _held(town: Town, tmp_path: Path) -> Iterator[None]:
    """Hold what every writer needs, as a stuck process would."""
    engine = town.runtime.stores.main.engine
    if town.runtime.stores.main.on_postgresql:
        with engine.connect() as connection:
            connection.execute(text("SELECT * FROM audit_heads FOR UPDATE"))
            yield
        return
    handle = os.open(tmp_path / "casework.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield
    os.close(handle)


def test_a_trail_that_cannot_be_written_refuses_reading(town: Town, tmp_path: Path) -> None:
    case_id = town.refer()
    who = town.who("coordination")
    edges = town.runtime.edges
    stores = TestStores(town.address.hasty(), town.keystore, tmp_path / KEK, edges)
    with _held(town, tmp_path), pytest.raises(Unavailable):
        Runtime(stores, edges, COUNCIL).cases.read(who, Reason.DUTY, case_id)
    stores.main.engine.dispose()
    assert town.runtime.cases.read(who, Reason.DUTY, case_id).subject is not None


def test_a_full_disk_refuses_reading_and_writing_and_loses_nothing(
    town: Town, case_on_a_full_disk: UUID
) -> None:
    who, cases = town.who("coordination"), town.runtime.cases
    asked = (who, Reason.DUTY, case_on_a_full_disk)
    written = _until_refused(lambda: cases.contribute(*asked, "Mot inventé"))
    _until_refused(lambda: cases.read(*asked))
    _give_space(town)
    assert len(cases.read(*asked).shared) == written
    assert verify(town.runtime.stores.main, town.runtime.register_keys.of(COUNCIL), COUNCIL).clean


def _until_refused(task: Callable[[], object]) -> int:
    """Do something until the disk takes no more: pages have room left. Return how often it was."""
    for done in range(_ROOM):
        try:
            task()
        except Unavailable:
            return done
    raise AssertionError("a full disk takes everything")


@pytest.fixture
def case_on_a_full_disk(town: Town) -> UUID:
    """Send a referral, then let the database grow no further."""
    case_id = town.refer()
    town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    _take_space(town)
    return case_id


def _take_space(town: Town) -> None:
    """SQLite itself then answers that the disk is full; PostgreSQL that it only reads."""
    engine = town.runtime.stores.main.engine
    engine.dispose()
    if town.runtime.stores.main.on_postgresql:
        _on_every_connection(town, "SET default_transaction_read_only = on")
        return
    _on_every_connection(town, "PRAGMA max_page_count = 1")


def _give_space(town: Town) -> None:
    limited = "RESET default_transaction_read_only"
    full = "PRAGMA max_page_count = 1073741823"
    _on_every_connection(town, limited if town.runtime.stores.main.on_postgresql else full)


def _on_every_connection(town: Town, statement: str) -> None:
    """The pool of a quiet test holds one connection."""
    with town.runtime.stores.main.engine.connect() as connection:
        connection.exec_driver_sql(statement)
        connection.commit()


def test_a_key_store_that_is_gone_opens_nothing(town: Town, tmp_path: Path) -> None:
    case_id = town.refer()
    town.keystore.engine.dispose()
    (tmp_path / "keys.db").rename(tmp_path / "elsewhere.db")
    with pytest.raises(Unavailable):
        town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path, town: Town, mode: int) -> None:
    del town
    path = tmp_path / "kek"
    path.chmod(mode)
    with pytest.raises(Misconfigured, match="chmod 600"):
        FileKek(path, CountingEntropy())


def test_a_missing_key_file_is_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="missing"):
        FileKek(tmp_path / "absent", CountingEntropy())
