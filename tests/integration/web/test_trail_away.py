"""A full disk, or a register that somebody holds: pages and API refuse, then go on."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from casework.db.engine import Scope
from tests.conftest import Address
from tests.founding import settle
from tests.integration.api.program import Program, program_of
from tests.office import Desk, office_of
from tests.small_disk import SmallDisk, postgresql_on_small_disk, sqlite_on_small_disk
from tests.town import COUNCIL, Town

SOON = 5.0
SECRET = "Bavards"
ENOUGH, MOST = 5, 200


@dataclass(frozen=True)
class Ways:
    """One case, on a page and in the API, for a member who may read it."""

    town: Town
    desk: Desk
    program: Program
    case_id: UUID

    @classmethod
    def of(cls, town: Town, folder: Path) -> "Ways":
        case_id = town.refer()
        town.follow(case_id)
        ways = cls(
            town, office_of(town, folder).at("coordination"), program_of(town, folder), case_id
        )
        assert [one().status_code for one in ways.all()] == [200, 200]
        assert all(SECRET in one().text for one in ways.all())
        return ways

    def all(self) -> list[Callable[[], TestResponse]]:
        return [self.page, self.document]

    def page(self) -> TestResponse:
        return self.desk.get(f"/situations/{self.case_id}")

    def document(self) -> TestResponse:
        return self.program.get("coordination", f"/cases/{self.case_id}")

    def leaves(self) -> int:
        with self.town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
            return int(session.execute(text("SELECT count(*) FROM audit_leaves")).scalar_one())

    def sound(self) -> bool:
        return self.town.runtime.register.verify(self.town.who("dpo")).clean


def refused(page: TestResponse, document: TestResponse) -> None:
    """Check that both say in French when to come back, and nothing else."""
    assert (page.status_code, page.mimetype) == (503, "text/html")
    assert 'lang="fr"' in page.text
    assert "Le service n’est pas disponible pour l’instant" in page.text
    assert (document.status_code, document.mimetype) == (503, "application/problem+json")
    assert (document.json or {})["code"] == "unavailable"
    for answer in (page, document):
        assert int(answer.headers["Retry-After"]) > 0
        assert SECRET not in answer.text


def test_while_somebody_holds_the_register_pages_and_api_refuse_within_five_seconds(
    address: Address, tmp_path: Path
) -> None:
    town = settle(address, tmp_path)
    ways, other = Ways.of(town, tmp_path), address.connect()
    before = ways.leaves()
    with (
        ThreadPoolExecutor(4) as together,
        other.writing(Scope(COUNCIL, whole=True)) as session,
    ):
        session.execute(text("UPDATE audit_heads SET signed_at = signed_at"))
        since = time.monotonic()
        first, second, third, last = [together.submit(one) for one in (*ways.all(), *ways.all())]
        refused(first.result(), second.result())
        refused(third.result(), last.result())
        assert time.monotonic() - since < SOON
    other.engine.dispose()
    assert ways.leaves() == before
    assert [one().status_code for one in ways.all()] == [200, 200]
    assert ways.leaves() > before
    assert ways.sound()
    town.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def disk(request: pytest.FixtureRequest) -> Iterator[SmallDisk]:
    """Give a small disk with a database that has every table and no row."""
    wanted = request.getfixturevalue
    if request.param == "sqlite":
        template = wanted("sqlite_template").read_bytes()
        with sqlite_on_small_disk(template) as small:
            yield small
        return
    server, template = wanted("postgres_server"), wanted("postgres_template")
    with postgresql_on_small_disk(server, template) as small:
        yield small


def use_up(ways: Ways) -> None:
    """Read until nothing fits any more: a short line may still, where a long one did not."""
    refusals = 0
    for _ in range(MOST):
        answers = {one().status_code for one in ways.all()}
        assert answers <= {200, 503}
        refusals = refusals + 1 if answers == {503} else 0
        if refusals == ENOUGH:
            return
    pytest.fail("the disk is not full")


def test_on_a_full_disk_pages_and_api_refuse_and_go_on_once_there_is_room(
    disk: SmallDisk, tmp_path: Path
) -> None:
    town = settle(disk.address, tmp_path)
    ways, main = Ways.of(town, tmp_path), town.runtime.stores.main
    disk.fill(main)
    use_up(ways)
    before, since = ways.leaves(), time.monotonic()
    refused(ways.page(), ways.document())
    assert time.monotonic() - since < SOON
    assert ways.leaves() == before
    disk.free(main)
    assert [one().status_code for one in ways.all()] == [200, 200]
    assert ways.leaves() > before
    assert ways.sound()
    town.dispose()
