"""A writer killed at any point: what it acknowledged is there, and nothing is half there."""

import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from casework.audit.verify import verify
from casework.db.engine import Scope
from casework.identity import Reason
from tests.killable import write
from tests.processes import PROCESSES
from tests.raw import raw
from tests.town import COUNCIL, Town

ROUNDS = 8
_AFTER = (1, 2, 3, 5, 7, 11, 13, 17)


def _killed_after(town: Town, folder: Path, case_id: UUID, count: int) -> list[UUID]:
    """Let a writer acknowledge `count` contributions, then kill it while it goes on."""
    heard, said = PROCESSES.Pipe(duplex=False)
    job = (said, town.address, folder, town.who("coordination"), case_id)
    writer = PROCESSES.Process(target=write, args=job)
    writer.start()
    said.close()
    acknowledged = [heard.recv() for _ in range(count)]
    writer.kill()
    acknowledged += _rest(heard)
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    return acknowledged


def _rest(heard: Connection) -> Iterator[UUID]:
    with heard:
        while True:
            try:
                yield heard.recv()
            except EOFError:
                return


def test_acknowledged_contributions_survive_a_killed_writer(town: Town, tmp_path: Path) -> None:
    case_id = town.refer()
    who = town.who("coordination")
    town.runtime.cases.read(who, Reason.DUTY, case_id)
    acknowledged = [
        one for count in _AFTER[:ROUNDS] for one in _killed_after(town, tmp_path, case_id, count)
    ]
    case = town.runtime.cases.read(who, Reason.DUTY, case_id)
    assert {one.id for one in case.shared} >= set(acknowledged)
    assert all(isinstance(one.text, str) for one in case.shared)


def test_every_row_of_a_killed_writer_has_its_leaf(town: Town, tmp_path: Path) -> None:
    case_id = town.refer()
    town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    for count in _AFTER[:4]:
        _killed_after(town, tmp_path, case_id, count)
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        rows = session.execute(raw("SELECT count(*) FROM contributions")).scalar_one()
        leaves = session.execute(
            text("SELECT count(*) FROM audit_leaves WHERE kind LIKE 'contribution:written%'")
        ).scalar_one()
    assert rows == leaves >= sum(_AFTER[:4])
    keys = town.runtime.register_keys.of(COUNCIL)
    assert verify(town.runtime.stores.main, keys, COUNCIL).clean
