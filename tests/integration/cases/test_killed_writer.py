"""A writer killed at any point: what it acknowledged is there, and nothing is half there."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from casework.audit.verify import verify
from casework.db.engine import Scope
from casework.identity import Reason
from tests.town import COUNCIL, Town

ROUNDS = 8
_AFTER = (1, 2, 3, 5, 7, 11, 13, 17)


def _killed_after(town: Town, folder: Path, case_id: UUID, count: int) -> list[str]:
    """Let a writer acknowledge `count` contributions, then kill it while it goes on."""
    command = [sys.executable, "-m", "tests.killable", town.address.url, str(folder), str(case_id)]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline().strip() for _ in range(count)]
        os.kill(writer.pid, signal.SIGKILL)
        said += [line.strip() for line in writer.stdout.readlines() if line.endswith("\n")]
    return [line for line in said if line]


def test_acknowledged_contributions_survive_a_killed_writer(town: Town, tmp_path: Path) -> None:
    case_id = town.refer()
    who = town.who("coordination")
    town.runtime.cases.read(who, Reason.DUTY, case_id)
    acknowledged = [
        one for count in _AFTER[:ROUNDS] for one in _killed_after(town, tmp_path, case_id, count)
    ]
    case = town.runtime.cases.read(who, Reason.DUTY, case_id)
    assert {str(one.id) for one in case.shared} >= set(acknowledged)
    assert all(isinstance(one.text, str) for one in case.shared)


def test_every_row_of_a_killed_writer_has_its_leaf(town: Town, tmp_path: Path) -> None:
    case_id = town.refer()
    town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    for count in _AFTER[:4]:
        _killed_after(town, tmp_path, case_id, count)
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        rows = session.execute(text("SELECT count(*) FROM contributions")).scalar_one()
        leaves = session.execute(
            text("SELECT count(*) FROM audit_leaves WHERE kind LIKE 'contribution:written%'")
        ).scalar_one()
    assert rows == leaves >= sum(_AFTER[:4])
    keys = town.runtime.register_keys.of(COUNCIL)
    assert verify(town.runtime.stores.main, keys, COUNCIL).clean
