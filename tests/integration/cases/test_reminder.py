"""A formal reminder from the report of a fact to its end, each step by who may."""

from uuid import UUID

import pytest

from casework.cases.procedures.steps import CaseState, Step
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Reason
from casework.keys.values import Withheld
from tests.gathering import fact, rows, wait
from tests.integration.cases.reminding import agreeing_silence, close, denied, refused, state
from tests.mayor import (
    FACT,
    NO,
    checked,
    consulted,
    found_register,
    report,
    step,
    summons,
)
from tests.town import Town

S = CaseState


@pytest.fixture
def group(town: Town) -> UUID:
    return found_register(town)


def test_a_reminder_goes_from_the_report_to_the_archive_each_step_by_who_may(
    town: Town, group: UUID
) -> None:
    case_id = report(town, group)
    assert denied(town, case_id, Step.ACCEPT, "mayor", "agent", "prosecutor", **NO)
    step(town, case_id, Step.ACCEPT, "clerk", **NO)
    assert fact(town, case_id, "reference") == "RO-2026-001"
    assert denied(town, case_id, Step.CONSULT, "mayor", "agent", asked="prosecutor")
    step(town, case_id, Step.CONSULT, "clerk", asked="prosecutor")
    assert denied(town, case_id, Step.FAVOUR, "clerk", "mayor", "agent")
    step(town, case_id, Step.FAVOUR, "prosecutor")
    assert denied(town, case_id, Step.SUMMON, "clerk", "agent", "prosecutor", **summons(town))
    step(town, case_id, Step.SUMMON, "mayor", **summons(town))
    town.clock.advance(days=14)
    told = {"rules": "quiet", "attended": "person,parents"}
    assert denied(town, case_id, Step.HEAR, "clerk", "agent", **told)
    step(town, case_id, Step.HEAR, "mayor", **told)
    assert denied(town, case_id, Step.CHECK, "agent", stopped="yes")
    step(town, case_id, Step.CHECK, "clerk", stopped="yes")
    close(town, case_id, "reminded")
    assert state(town, case_id) == S.CLOSED
    assert fact(town, case_id, "closure_reason") == "reminded"


def test_the_days_that_matter_stand_on_the_case(town: Town, group: UUID) -> None:
    case_id = consulted(town, group)
    assert str(fact(town, case_id, "awaited_on")) == "2026-12-07"
    step(town, case_id, Step.FAVOUR, "prosecutor")
    assert fact(town, case_id, "awaited_on") is None
    step(town, case_id, Step.SUMMON, "mayor", **summons(town))
    assert str(fact(town, case_id, "awaited_on")) == "2026-12-07"
    assert str(fact(town, case_id, "informed_on")) == "2026-11-23"
    town.clock.advance(days=14)
    step(town, case_id, Step.HEAR, "mayor", rules="quiet", attended="person,parents")
    assert str(fact(town, case_id, "awaited_on")) == "2027-03-07"
    assert str(fact(town, case_id, "followed_on")) == "2026-12-07"


def test_an_opposition_purges_at_once_and_keeps_a_count(town: Town, group: UUID) -> None:
    case_id = consulted(town, group)
    step(town, case_id, Step.OPPOSE, "prosecutor")
    assert state(town, case_id) == S.REFUSED
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(town.who("clerk"), Reason.DUTY, case_id)
    assert rows(town, "tallies") == 1
    for table in ("persons", "referrals", "case_steps"):
        assert rows(town, table) == 0


def test_an_opposition_that_comes_after_the_silence_still_purges_until_the_hearing(
    town: Town,
) -> None:
    group = found_register(town, text=agreeing_silence())
    case_id = consulted(town, group)
    assert refused(town, case_id, Step.WAIVE, "clerk") == "opinion-still-awaited"
    wait(town, until="2026-12-08")
    step(town, case_id, Step.WAIVE, "clerk")
    step(town, case_id, Step.SUMMON, "mayor", **summons(town))
    assert town.runtime.cases.read(town.who("prosecutor"), Reason.DUTY, case_id).head.id == case_id
    step(town, case_id, Step.OPPOSE, "prosecutor")
    assert state(town, case_id) == S.REFUSED


def test_a_favourable_answer_that_comes_late_keeps_the_day_of_the_hearing(town: Town) -> None:
    group = found_register(town, text=agreeing_silence())
    case_id = consulted(town, group)
    wait(town, until="2026-12-08")
    step(town, case_id, Step.WAIVE, "clerk")
    step(town, case_id, Step.SUMMON, "mayor", **summons(town))
    day = fact(town, case_id, "awaited_on")
    step(town, case_id, Step.FAVOUR, "prosecutor")
    assert (state(town, case_id), fact(town, case_id, "awaited_on")) == (S.SUMMONED, day)
    assert denied(town, case_id, Step.OPPOSE, "prosecutor")


def test_where_silence_agrees_to_nothing_the_prosecutor_is_asked_again(
    town: Town, group: UUID
) -> None:
    case_id = consulted(town, group)
    wait(town, until="2026-12-08")
    assert refused(town, case_id, Step.WAIVE, "clerk") == "silence-authorises-nothing"
    step(town, case_id, Step.CONSULT, "clerk", asked="prosecutor")
    assert str(fact(town, case_id, "awaited_on")) == "2026-12-22"


def test_the_prosecutor_reads_until_they_answer_and_never_the_origin(
    town: Town, group: UUID
) -> None:
    case_id = checked(town, group)
    prosecutor = town.who("prosecutor")
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(prosecutor, Reason.DUTY, case_id)
    step(town, case_id, Step.CONSULT, "clerk", asked="prosecutor")
    file = town.runtime.cases.read(prosecutor, Reason.DUTY, case_id)
    assert file.referral is not None
    assert file.referral.fact == FACT
    assert isinstance(file.referral.reporter, Withheld)
    step(town, case_id, Step.FAVOUR, "prosecutor")
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(prosecutor, Reason.DUTY, case_id)


def test_a_hearing_ends_what_the_prosecutor_could_still_read(town: Town) -> None:
    group = found_register(town, text=agreeing_silence())
    case_id = consulted(town, group)
    wait(town, until="2026-12-08")
    step(town, case_id, Step.WAIVE, "clerk")
    step(town, case_id, Step.SUMMON, "mayor", **summons(town))
    town.clock.advance(days=14)
    step(town, case_id, Step.HEAR, "mayor", rules="quiet", attended="person,parents")
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(town.who("prosecutor"), Reason.DUTY, case_id)


def test_only_somebody_of_a_prosecutor_s_office_is_asked(town: Town, group: UUID) -> None:
    case_id = checked(town, group)
    for wrong in ("agent", "mayor", "school"):
        with pytest.raises(InvalidInput):
            step(town, case_id, Step.CONSULT, "clerk", asked=wrong)
