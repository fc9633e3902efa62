"""Regular jobs: each once when due, whoever ticks; one that failed or was killed comes back."""

from datetime import timedelta
from typing import cast

import pytest

from casework.audit.forgetting.policy import Terms
from casework.errors import Unavailable
from casework.identity import Principal, PrincipalKind
from casework.operations.instance import Instance
from casework.operations.jobs import regular_jobs, ticker
from casework.operations.tick import Job, JobKind, Ran, Ticker
from tests.fakes import FixedClock
from tests.gathering import rows
from tests.town import COUNCIL, Town

HOUR = timedelta(hours=1)


class Counted:
    """A task that remembers who ran it, and fails when told."""

    def __init__(self) -> None:
        self.by: list[Principal] = []
        self.fault: type[BaseException] | None = None

    def __call__(self, who: Principal) -> None:
        self.by.append(who)
        if self.fault:
            raise self.fault


@pytest.fixture
def task() -> Counted:
    return Counted()


@pytest.fixture
def jobs(town: Town, task: Counted) -> Ticker:
    return Ticker(town.runtime, [Job(JobKind.RETENTION, HOUR, task)])


def test_a_job_runs_when_due_and_not_before(town: Town, jobs: Ticker, task: Counted) -> None:
    assert jobs.tick() == [Ran(JobKind.RETENTION)]
    assert jobs.tick() == []
    town.clock.advance(minutes=59)
    assert jobs.tick() == []
    town.clock.advance(minutes=1)
    assert jobs.tick() == [Ran(JobKind.RETENTION)]
    assert [who.kind for who in task.by] == [PrincipalKind.SERVICE] * 2


def test_two_that_tick_at_once_run_it_once(town: Town, task: Counted) -> None:
    second = Ticker(town.runtime, [Job(JobKind.RETENTION, HOUR, task)])

    def meanwhile(who: Principal) -> None:
        task(who)
        assert second.tick() == []

    Ticker(town.runtime, [Job(JobKind.RETENTION, HOUR, meanwhile)]).tick()
    assert len(task.by) == 1


def test_a_job_that_fails_is_tried_again_and_stops_no_other(town: Town, task: Counted) -> None:
    other, task.fault = Counted(), Unavailable
    jobs = Ticker(
        town.runtime, [Job(JobKind.RETENTION, HOUR, task), Job(JobKind.SESSIONS, HOUR, other)]
    )
    assert jobs.tick() == [Ran(JobKind.RETENTION, "unavailable"), Ran(JobKind.SESSIONS)]
    task.fault = None
    town.clock.advance(minutes=5)
    assert jobs.tick() == [Ran(JobKind.RETENTION)]


def test_a_job_killed_in_the_middle_is_free_again_after_its_lease(
    town: Town, jobs: Ticker, task: Counted
) -> None:
    task.fault = KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        jobs.tick()
    task.fault = None
    assert jobs.tick() == []
    town.clock.advance(minutes=15)
    assert jobs.tick() == [Ran(JobKind.RETENTION)]


def test_every_kind_has_its_job(instance: Instance) -> None:
    assert [job.kind for job in regular_jobs(instance)] == list(JobKind)


def test_a_pass_over_an_instance_signs_the_register_and_forgets(instance: Instance) -> None:
    assert [one.fault for one in ticker(instance).tick()] == [""] * len(JobKind)
    clock = instance.edges.clock
    assert isinstance(clock, FixedClock)
    clock.advance(days=1)
    ran = ticker(instance).tick()
    assert JobKind.RETENTION in {one.kind for one in ran}
    assert [one.fault for one in ran] == [""] * len(JobKind)


def test_before_serving_what_an_old_backup_brought_back_is_erased_again(town: Town) -> None:
    town.refer()
    keystore = town.runtime.stores.keystore
    keystore.destroy(COUNCIL, [one for one, _ in keystore.held(COUNCIL)], town.clock.now())
    returned = Ticker(town.runtime, regular_jobs(cast("Instance", town.runtime)))
    assert returned.run_now(JobKind.RETURNED) == [Ran(JobKind.RETURNED)]
    assert rows(town, "cases") == 0
    before = rows(town, "audit_leaves")
    assert returned.run_now(JobKind.RETURNED) == [Ran(JobKind.RETURNED)]
    assert rows(town, "audit_leaves") == before


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_lines_come_to_their_end_as_the_charter_says(town: Town) -> None:
    """On SQLite: PostgreSQL has a clock of its own, by which these lines are young."""
    jobs = Ticker(town.runtime, regular_jobs(cast("Instance", town.runtime)))
    before = rows(town, "audit_leaves")
    assert jobs.run_now(JobKind.REGISTER_RETENTION) == [Ran(JobKind.REGISTER_RETENTION)]
    assert rows(town, "audit_leaves") == before
    town.clock.advance(days=366)
    assert jobs.run_now(JobKind.REGISTER_RETENTION) == [Ran(JobKind.REGISTER_RETENTION)]
    standing = town.runtime.register_forgetting.standing(COUNCIL)
    assert standing.terms == Terms(searchable=12, kept=36, article="15")
    assert (standing.horizons.parts, standing.horizons.who, standing.lines) == (
        before, 0, before + 1
    )  # fmt: skip
