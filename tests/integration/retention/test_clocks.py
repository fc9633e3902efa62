"""When a sweep ends, seals and lets go: rules 13 and 15, day by day."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from casework.cases.procedures.steps import CaseState
from casework.db.engine import Scope
from casework.errors import StepRefused
from casework.keys.member_keys import DraftKey
from casework.retention.policy import SweepStep
from tests.gathering import (
    accepted,
    close,
    decide,
    fact,
    keep,
    open_meeting,
    overview,
    own_id,
    rows,
    sweep,
    today,
    wait,
)
from tests.raw import raw
from tests.town import COUNCIL, Town


def test_rule_13_retention_runs_by_itself_up_to_the_archives(town: Town) -> None:
    case_id = accepted(town)
    close(town, case_id)
    wait(town, until=fact(town, case_id, "due_on"))
    done = sweep(town)
    taken = [one.step for one in done.steps]
    assert taken == [SweepStep.RESTRICTED, SweepStep.SEALED, SweepStep.LISTED]


def test_rule_13_a_case_is_not_sealed_a_day_before_its_date(town: Town) -> None:
    case_id = accepted(town)
    close(town, case_id)
    due = fact(town, case_id, "due_on")
    wait(town, until=date.fromisoformat(str(due)) - timedelta(days=1))
    sweep(town)
    assert fact(town, case_id, "state") == CaseState.RESTRICTED


def test_rule_13_the_25th_birthday_ends_a_follow_up_under_way(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    _set(town, case_id, "ceiling_on", today(town) + timedelta(days=20))
    wait(town, until=today(town) + timedelta(days=20))
    done = sweep(town)
    taken = {one.step for one in done.steps}
    assert {SweepStep.CLOSED, SweepStep.SEALED, SweepStep.LISTED} <= taken
    assert fact(town, case_id, "closure_reason") == "age_limit"


def test_rule_15_without_review_a_case_is_flagged_then_closed(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    wait(town, until="2027-05-23")
    assert overview(town).stale == 1
    assert sweep(town).steps == ()
    wait(town, until="2027-06-23")
    sweep(town)
    assert fact(town, case_id, "closure_reason") == "no_news"
    assert fact(town, case_id, "state") == CaseState.RESTRICTED


def test_rule_15_without_decision_at_three_meetings_a_case_is_flagged_then_closed(
    town: Town,
) -> None:
    case_id = accepted(town)
    for _ in range(3):
        meeting_id = open_meeting(town, case_id)
        decide(town, meeting_id, case_id, "postponed")
        town.runtime.meetings.close(town.who("coordination"), meeting_id, version=2)
    assert overview(town).stale == 1
    wait(town, until="2026-12-22")
    assert sweep(town).steps == ()
    wait(town, until="2026-12-23")
    assert sweep(town).of_step(SweepStep.CLOSED) == 1


def test_rule_15_a_decision_lifts_the_flag(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    wait(town, until="2027-05-24")
    meeting_id = open_meeting(town, case_id)
    decide(town, meeting_id, case_id, "continued")
    assert overview(town).stale == 0


def test_a_referral_that_nobody_decides_on_lapses_and_is_erased(town: Town) -> None:
    case_id = town.refer()
    wait(town, until="2027-06-22")
    assert sweep(town).steps == ()
    wait(town, until="2027-06-23")
    assert sweep(town).of_step(SweepStep.LAPSED) == 1
    assert fact(town, case_id, "state") is None
    assert town.runtime.stores.keystore.count(COUNCIL) == 0
    assert (rows(town, "tallies"), rows(town, "certificates")) == (1, 1)


def test_a_draft_past_its_last_day_is_deleted(town: Town) -> None:
    key = DraftKey.from_seed(bytes(32), town.runtime.edges.entropy)
    town.runtime.drafts.start(town.who("school"), town.group_id, key)
    wait(town, until=today(town) + timedelta(days=30))
    assert sweep(town).drafts == 0
    wait(town, until=today(town) + timedelta(days=1))
    assert sweep(town).drafts == 1
    assert rows(town, "drafts") == 0


def test_a_clock_before_the_register_forgets_nothing(town: Town) -> None:
    case_id = accepted(town)
    close(town, case_id)
    town.clock.advance(days=-1)
    with pytest.raises(StepRefused) as refused:
        sweep(town)
    assert refused.value.reason == "clock-behind-register"
    assert fact(town, case_id, "state") == CaseState.CLOSED


def _set(town: Town, case_id: UUID, column: str, value: object) -> None:
    statement = raw(f"UPDATE cases SET {column} = :value WHERE id = :id")
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(statement, {"value": str(value), "id": own_id(town, case_id)})
