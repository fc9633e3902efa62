"""Several at once: each letter its number, none missing, and one attachments part for all."""

from collections.abc import Iterator
from multiprocessing.pool import Pool
from pathlib import Path
from uuid import UUID

import pytest

from casework.db.engine import Scope
from casework.entropy import SystemEntropy
from casework.identity import Principal, Reason
from casework.letters.fields import LetterField as F
from casework.letters.values import AskedLetters, Issued
from casework.runtime import Edges, Runtime
from tests.conftest import Address
from tests.fakes import FixedClock
from tests.gathering import accepted, today
from tests.letters import new_letter
from tests.processes import PROCESSES
from tests.raw import raw
from tests.town import COUNCIL, Town, open_stores

WRITERS, EACH = 2, 3
ONCE = UUID("01930000-0000-7000-8000-0000000000c2")


def _issue(job: tuple[Address, Path, Principal, UUID, int]) -> list[str]:
    address, folder, who, case_id, _ = job
    edges = Edges(FixedClock(), SystemEntropy())
    issuing = Runtime(open_stores(address, folder, edges), edges, COUNCIL).letters.issuing
    made = [issuing.issue(who, Reason.DUTY, case_id, new_letter()) for _ in range(EACH)]
    again = issuing.issue(who, Reason.DUTY, case_id, new_letter(once=ONCE))
    numbers = [one.fields[F.REFERENCE] for one in made if isinstance(one, Issued)]
    return [*numbers, *([again.fields[F.REFERENCE]] if isinstance(again, Issued) else [])]


@pytest.fixture
def processes() -> Iterator[Pool]:
    with PROCESSES.Pool(WRITERS) as pool:
        yield pool


def test_numbers_of_two_writers_have_no_hole_and_one_form_makes_one_letter(
    town: Town, processes: Pool, tmp_path: Path
) -> None:
    case_id, who = accepted(town), town.who("coordination")
    town.runtime.letters.reader.everywhere(who, Reason.DUTY, AskedLetters())
    jobs = [(town.address, tmp_path, who, case_id, number) for number in range(WRITERS)]
    given = [number for numbers in processes.map(_issue, jobs) for number in numbers]
    most = WRITERS * EACH + 1
    year = today(town).year
    assert sorted(given) == [f"SN-{year}-C{number:03d}" for number in range(1, most + 1)]
    parts = raw("SELECT count(DISTINCT compartment_id), count(*) FROM letters")
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        assert tuple(session.execute(parts).one()) == (1, most)
