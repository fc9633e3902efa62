"""What may come with a decision, and what each one does."""

from datetime import date
from uuid import UUID

import pytest

from casework.cases.agenda import MeetingDecision
from casework.cases.orders import NewAction
from casework.cases.procedures.followup import FOLLOWUP
from casework.cases.procedures.steps import CaseState, Standing, Step
from casework.cases.service.deciding import STEP_OF_CODE, check_decision
from casework.charters.kinds import LISTS_OF_KIND
from casework.charters.vocabulary import CaseKind, ListName
from casework.errors import InvalidInput, StepRefused
from tests.unit.charters.gsn import gsn

CASE = UUID(int=1)
MEMBER = UUID(int=2)
ACTION = NewAction("meet_person", "", MEMBER, UUID(int=3), date(2026, 12, 1))
TODAY = date(2026, 11, 23)


def decision(code: str, **more: object) -> MeetingDecision:
    return MeetingDecision(case_id=CASE, version=1, code=code, **more)  # type: ignore[arg-type]


def test_every_decision_that_a_charter_must_name_has_its_step() -> None:
    assert set(STEP_OF_CODE) == LISTS_OF_KIND[CaseKind.FOLLOWUP][ListName.DECISIONS]


def test_every_decision_can_be_taken_on_some_case_before_a_meeting() -> None:
    for step in STEP_OF_CODE.values():
        states = {state for state, taken in FOLLOWUP.moves if taken is step}
        assert states & {CaseState.ACCEPTED, CaseState.FOLLOWED}


@pytest.mark.parametrize("code", ["", "kept ", "retained", "lapsed"])
def test_a_decision_outside_the_list_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_decision(gsn(), decision(code))
    assert list(refused.value.fields) == ["code"]


def test_keeping_a_case_asks_for_a_lead() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_decision(gsn(), decision("kept"))
    assert list(refused.value.fields) == ["lead"]
    assert check_decision(gsn(), decision("kept", lead_id=MEMBER)) is Step.RETAIN


@pytest.mark.parametrize(
    ("code", "why"), [("closed", "objectives_met"), ("redirected", "ordinary_service")]
)
def test_ending_a_case_asks_why_by_the_charters_list(code: str, why: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_decision(gsn(), decision(code, why="because"))
    assert list(refused.value.fields) == ["why"]
    assert check_decision(gsn(), decision(code, why=why)) is STEP_OF_CODE[code]


@pytest.mark.parametrize("code", ["not_kept", "postponed"])
@pytest.mark.parametrize("more", [{"lead_id": MEMBER}, {"action": ACTION}])
def test_nobody_is_charged_with_what_is_not_followed(code: str, more: dict[str, object]) -> None:
    with pytest.raises(InvalidInput):
        check_decision(gsn(), decision(code, **more))


def test_rule_16_the_first_review_waits_for_the_information_or_its_dated_reason() -> None:
    with pytest.raises(StepRefused) as refused:
        FOLLOWUP.take(Step.MAINTAIN, Standing(CaseState.FOLLOWED, TODAY, informed=False))
    assert "CNIL" in refused.value.source
    informed = Standing(CaseState.FOLLOWED, TODAY, informed=True)
    assert FOLLOWUP.take(Step.MAINTAIN, informed) is CaseState.FOLLOWED


def test_rule_14_a_case_on_hold_or_before_its_day_is_not_sealed() -> None:
    held = Standing(CaseState.RESTRICTED, TODAY, held=True, due_on=TODAY)
    early = Standing(CaseState.RESTRICTED, TODAY, due_on=date(2026, 11, 24))
    for standing in (held, early):
        with pytest.raises(StepRefused):
            FOLLOWUP.take(Step.SEAL, standing)
    due = Standing(CaseState.RESTRICTED, TODAY, due_on=TODAY)
    assert FOLLOWUP.take(Step.SEAL, due) is CaseState.SEALED


def test_rule_14_only_a_sealed_case_or_one_not_kept_is_erased() -> None:
    erased_from = {state for state, step in FOLLOWUP.moves if step is Step.ERASE}
    assert erased_from == {CaseState.SEALED, CaseState.REFUSED, CaseState.REDIRECTED}
