"""The steps of a follow-up by name, written out a second time, and what each waits for."""

from datetime import date

import pytest

from casework.cases.procedures.followup import FOLLOWUP, SIGNAL
from casework.cases.procedures.measure import MENTION
from casework.cases.procedures.procedure import FieldKind
from casework.cases.procedures.steps import CaseState, Standing, Step
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass, ListName
from casework.errors import StepRefused

TODAY = date(2026, 11, 23)
COURSE = {
    "referred": "ask>questioned accept>accepted redirect>redirected refuse>refused",
    "questioned": "answer>referred redirect>redirected refuse>refused",
    "accepted": (
        "retain>followed refuse>refused redirect>redirected postpone>accepted inform>accepted"
        " close>closed signal>accepted mention>accepted"
    ),
    "followed": (
        "maintain>followed postpone>followed inform>followed close>closed signal>followed"
        " mention>followed"
    ),
    "closed": "restrict>restricted",
    "restricted": "seal>sealed",
    "sealed": "erase>erased",
    "refused": "erase>erased",
    "redirected": "erase>erased",
}
GUARDED = {
    Step.MAINTAIN: ["information-due"],
    Step.SEAL: ["not-due", "on-hold"],
    Step.ERASE: ["on-hold"],
    Step.SIGNAL: ["untold-because"],
    Step.MENTION: ["measure-unneeded", "measure-backwards"],
}


def reason(step: Step, **standing: object) -> str:
    """Return why a step is refused, or nothing."""
    try:
        FOLLOWUP.take(step, Standing(today=TODAY, **standing))  # type: ignore[arg-type]
    except StepRefused as refused:
        return refused.reason
    return ""


def test_a_follow_up_takes_these_steps_and_no_other() -> None:
    course = {
        (CaseState(state), Step(move.split(">")[0])): CaseState(move.split(">")[1])
        for state, moves in COURSE.items()
        for move in moves.split()
    }
    assert FOLLOWUP.moves == course
    for state in CaseState:
        for step in set(Step) - {one for at, one in course if at is state}:
            assert reason(step, state=state) == "impossible-now"


def test_each_step_waits_for_these_conditions_each_with_its_source() -> None:
    guards = {step: FOLLOWUP.before(step) for step in Step}
    assert {step: [one.reason for one in asked] for step, asked in guards.items() if asked} == (
        GUARDED
    )
    assert all(one.source for asked in guards.values() for one in asked)


def test_rule_14_a_case_is_sealed_on_its_day_and_not_while_it_is_held() -> None:
    archived = {"state": CaseState.RESTRICTED}
    assert reason(Step.SEAL, **archived) == "not-due"
    assert reason(Step.SEAL, due_on=date(2026, 11, 24), **archived) == "not-due"
    assert reason(Step.SEAL, due_on=TODAY, held=True, **archived) == "on-hold"
    assert reason(Step.SEAL, due_on=TODAY, **archived) == ""


@pytest.mark.parametrize("state", [CaseState.SEALED, CaseState.REFUSED, CaseState.REDIRECTED])
def test_rule_14_nothing_is_erased_while_it_is_held(state: CaseState) -> None:
    assert reason(Step.ERASE, state=state, held=True) == "on-hold"
    assert reason(Step.ERASE, state=state) == ""


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({}, "untold-because"),
        ({"persons_told": "no"}, "untold-because"),
        ({"persons_told": "yes"}, ""),
        ({"persons_told": "no", "untold_because": "danger"}, ""),
    ],
)
def test_who_signals_says_that_the_persons_know_or_why_they_do_not(
    answers: dict[str, str], why: str
) -> None:
    assert reason(Step.SIGNAL, state=CaseState.FOLLOWED, answers=answers) == why


def test_a_signal_says_to_whom_when_and_whether_they_know_and_no_word_of_what() -> None:
    fields = [(one.name, one.kind, one.required, one.coming) for one in SIGNAL.fields]
    assert fields == [
        ("signalled_to", FieldKind.CODE, True, False),
        ("signalled_on", FieldKind.DAY, True, False),
        ("persons_told", FieldKind.YES_NO, True, False),
        ("untold_because", FieldKind.CODE, False, False),
    ]
    assert SIGNAL.fields[0].choices == ("child_protection_unit", "prosecutor", "prefect_channel")
    assert SIGNAL.fields[3].list is ListName.DELAY_REASONS
    assert SIGNAL.wanted == Wanted(CharterAct.INFORM)
    assert (SIGNAL.own, SIGNAL.asks, SIGNAL.closes, SIGNAL.reviews) == (False, None, "", False)


def test_what_leads_on_is_offered_where_it_can_be_taken() -> None:
    living = {CaseState.ACCEPTED, CaseState.FOLLOWED}
    for state in CaseState:
        offered = FOLLOWUP.next_steps(Standing(state, TODAY))
        assert offered == ((Step.SIGNAL, Step.MENTION) if state in living else ())


def test_rule_07_a_mention_is_apart_and_asks_by_closed_lists_and_dates_alone() -> None:
    assert MENTION.apart
    assert not SIGNAL.apart
    assert MENTION.wanted == Wanted(CharterAct.CONTRIBUTE, CompartmentClass.JUDICIAL)
    kinds = {one.kind for one in MENTION.fields}
    assert kinds == {FieldKind.CODE, FieldKind.DAY, FieldKind.YES_NO}
    assert all(one.choices for one in MENTION.fields if one.kind is FieldKind.CODE)


def test_a_step_is_open_when_each_of_its_conditions_holds() -> None:
    held = Standing(CaseState.RESTRICTED, TODAY, held=True, due_on=TODAY)
    assert FOLLOWUP.open_steps(held) == frozenset()
    informed = Standing(CaseState.FOLLOWED, TODAY, informed=True)
    assert Step.MAINTAIN in FOLLOWUP.open_steps(informed)
    assert Step.MAINTAIN not in FOLLOWUP.open_steps(Standing(CaseState.FOLLOWED, TODAY))
