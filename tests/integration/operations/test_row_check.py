"""Sealed values are compared with the register each night, and after a restore, by the service."""

from pathlib import Path
from typing import Any, cast

import pytest

from casework.audit.actions import Act, Outcome
from casework.audit.lines import Asked, Line
from casework.db.engine import Scope
from casework.entropy import new_id
from casework.errors import Unavailable
from casework.operations.instance import Instance
from casework.operations.jobs import mend, regular_jobs
from casework.operations.tick import JobKind, Ran, Ticker
from tests.integration.api.program import Program, program_of
from tests.office import office_of
from tests.postgres import broken_into
from tests.raw import raw
from tests.town import COUNCIL, Town

CHECK, BROKEN = JobKind.ROW_CHECK, Ran(JobKind.ROW_CHECK, "internal")


def opened(town: Town) -> Instance:
    return cast("Instance", town.runtime)


@pytest.fixture
def jobs(town: Town) -> Ticker:
    """Give the two jobs that look after what an old copy brings back."""
    chosen = {JobKind.RETURNED, CHECK}
    every = regular_jobs(opened(town))
    return Ticker(town.runtime, [job for job in every if job.kind in chosen])


def behind(town: Town, statement: str, **values: Any) -> None:
    """Write as whoever holds the machine."""
    with broken_into(town.runtime.stores.main) as taken, taken.writing(Scope(COUNCIL)) as session:
        session.execute(raw(statement), values)


def verdicts(town: Town) -> list[Line]:
    asked = Asked(frozenset({Act.REGISTER_VERIFIED}))
    return list(town.runtime.register.read(town.who("dpo"), asked).lines)


def test_each_night_a_line_says_that_the_sealed_values_were_compared(
    town: Town, jobs: Ticker
) -> None:
    town.refer()
    assert Ran(CHECK) in jobs.tick()
    assert Ran(CHECK) not in jobs.tick()
    town.clock.advance(hours=23, minutes=59)
    assert Ran(CHECK) not in jobs.tick()
    town.clock.advance(minutes=1)
    assert Ran(CHECK) in jobs.tick()
    told = [(one.kind, one.outcome, one.detail["rows"]) for one in verdicts(town)]
    assert told == [("service", Outcome.ALLOWED, True)] * 2


def test_a_value_put_back_deleted_or_edited_is_told_until_a_check_of_values_finds_none(
    town: Town, jobs: Ticker, tmp_path: Path
) -> None:
    """No content key is used: whoever writes the rows edits a real sealed column of a case."""
    case_id, _ = town.refer(), town.refer()
    mine = case_id if town.runtime.stores.main.on_postgresql else case_id.bytes
    row = {"id": mine}
    with broken_into(town.runtime.stores.main) as taken, taken.reading(Scope(COUNCIL)) as session:
        name = "SELECT family_name_sealed FROM persons WHERE case_id = :id"
        honest = session.execute(raw(name), row).scalar_one()
    edit = "UPDATE persons SET family_name_sealed = :value WHERE case_id = :id"
    for wrong in (honest[:-1] + b"x", None):
        behind(town, edit, value=wrong, **row)
        assert jobs.run_now(CHECK) == [BROKEN]
    assert town.runtime.register.verify(town.who("dpo")).clean
    program, desk = program_of(town, tmp_path), office_of(town, tmp_path).at("dpo")
    assert outcomes(program) == ("allowed", "failed")
    shown = desk.get("/dpd/acces").text
    assert ("— contradictoire" in shown, 'class="proof broken"' in shown) == (True, True)
    assert "Des valeurs scellées ne sont plus celles" in shown
    behind(town, edit, value=honest, **row)
    assert jobs.run_now(CHECK) == [Ran(CHECK)]
    shown = desk.get("/dpd/acces").text
    assert ("— intact" in shown, 'class="proof broken"' in shown) == (True, False)
    assert outcomes(program) == ("allowed", "allowed")


def outcomes(program: Program) -> tuple[str, str]:
    """Return how the newest verification ended, and the newest one that compared values."""
    told = program.get("dpo", "/access-log").json
    return told["verified"]["outcome"], told["compared"]["outcome"]


def test_a_contradiction_waits_for_the_next_night_and_an_outage_does_not(
    town: Town, jobs: Ticker, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.refer()
    behind(town, "UPDATE persons SET family_name_sealed = NULL")
    assert BROKEN in jobs.tick()
    town.clock.advance(minutes=5)
    assert BROKEN not in jobs.tick()
    town.clock.advance(hours=23, minutes=55)

    def away(*_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as out:
        out.setattr(type(town.runtime.register), "verify", away)
        assert Ran(CHECK, "unavailable") in jobs.tick()
    town.clock.advance(minutes=5)
    assert BROKEN in jobs.tick()


def test_what_an_old_copy_brought_back_makes_the_check_due_at_once(
    town: Town, jobs: Ticker
) -> None:
    town.refer()
    assert jobs.tick() == [Ran(JobKind.RETURNED), Ran(CHECK)]
    keystore = town.runtime.stores.keystore
    keystore.destroy(COUNCIL, [one for one, _ in keystore.held(COUNCIL)], town.clock.now())
    town.clock.advance(minutes=10)
    assert jobs.tick() == [Ran(JobKind.RETURNED), Ran(CHECK)]
    town.clock.advance(minutes=10)
    assert jobs.tick() == [Ran(JobKind.RETURNED)]


def test_databases_of_different_days_are_noticed_before_serving(town: Town, jobs: Ticker) -> None:
    """A pepper newer than every part known: the main database is the older one."""
    town.refer()
    jobs.tick()
    mend(opened(town))
    assert jobs.tick() == []
    town.clock.advance(seconds=1)
    newer = new_id(town.clock, town.runtime.edges.entropy)
    town.runtime.stores.keystore.prepare_peppers(COUNCIL, {(newer, 1): bytes(32)})
    mend(opened(town))
    assert jobs.tick() == [Ran(CHECK)]
