"""Four processes at once: nothing lost, nothing failed, numbers given once, the tree intact."""

from collections.abc import Iterator
from multiprocessing.pool import Pool
from pathlib import Path
from uuid import UUID

import pytest

from casework.audit.verify import verify
from casework.cases.orders import Asked
from casework.entropy import SystemEntropy
from casework.errors import Conflict
from casework.identity import Principal, Reason
from casework.runtime import Edges, Runtime
from tests.conftest import Address
from tests.fakes import FixedClock
from tests.processes import PROCESSES
from tests.town import COUNCIL, Town, open_stores

WRITERS = 4
EACH = 12


def _runtime(address: Address, folder: Path) -> Runtime:
    edges = Edges(FixedClock(), SystemEntropy())
    return Runtime(open_stores(address, folder, edges), edges, COUNCIL)


def _contribute(job: tuple[Address, Path, Principal, UUID, int]) -> int:
    address, folder, who, case_id, number = job
    runtime = _runtime(address, folder)
    for turn in range(EACH):
        runtime.cases.contribute(who, Reason.DUTY, case_id, f"Mot inventé {number}-{turn}")
    return EACH


def _accept(job: tuple[Address, Path, Principal, UUID, int]) -> str:
    address, folder, who, case_id, _ = job
    return _runtime(address, folder).referrals.accept(who, Reason.DUTY, case_id, version=1)


def _close(job: tuple[Address, Path, Principal, UUID, int]) -> bool:
    address, folder, who, case_id, _ = job
    try:
        _runtime(address, folder).referrals.accept(who, Reason.DUTY, case_id, version=1)
    except Conflict:
        return False
    return True


@pytest.fixture
def processes() -> Iterator[Pool]:
    with PROCESSES.Pool(WRITERS) as pool:
        yield pool


def test_no_contribution_of_four_writers_is_lost(
    town: Town, processes: Pool, tmp_path: Path
) -> None:
    case_id = town.refer()
    who = town.who("coordination")
    town.runtime.cases.read(who, Reason.DUTY, case_id)
    jobs = [(town.address, tmp_path, who, case_id, number) for number in range(WRITERS)]
    assert sum(processes.map(_contribute, jobs)) == WRITERS * EACH
    case = town.runtime.cases.read(who, Reason.DUTY, case_id)
    written = {one.text for one in case.shared}
    assert len(written) == WRITERS * EACH
    keys = town.runtime.register_keys.of(COUNCIL)
    assert verify(town.runtime.stores.main, keys, COUNCIL).clean


def test_references_given_by_four_writers_are_all_different(
    town: Town, processes: Pool, tmp_path: Path
) -> None:
    cases = [town.refer() for _ in range(WRITERS * 2)]
    who = town.who("coordination")
    town.runtime.cases.list_cases(who, Reason.DUTY, Asked())
    jobs = [(town.address, tmp_path, who, case_id, 0) for case_id in cases]
    given = processes.map(_accept, jobs)
    assert sorted(given) == [f"SN-2026-{number:03d}" for number in range(1, len(cases) + 1)]


def test_one_of_four_who_accept_the_same_referral_wins(
    town: Town, processes: Pool, tmp_path: Path
) -> None:
    case_id = town.refer()
    jobs = [(town.address, tmp_path, town.who("coordination"), case_id, 0)] * WRITERS
    assert sum(processes.map(_close, jobs)) == 1
