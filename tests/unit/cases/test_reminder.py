"""The steps of a formal reminder, each guard on its own, each refusal in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.cases.pages.views.words import STEPS_REFUSED
from casework.cases.procedures.reminder import REMINDER
from casework.cases.procedures.steps import LIVING, CaseState, Standing, Step
from casework.charters.charter import Protocol
from casework.errors import StepRefused

S = CaseState
TODAY = date(2026, 11, 23)
NO = {"crime": "no", "complaint": "no", "inquiry": "no"}
SUMMONS = {
    "sent_on": "2026-11-23",
    "hearing_on": "2026-12-10",
    "hour": "17 h 30",
    "place": "Mairie inventée",
    "held_by": "mayor",
}
WITH_PARENTS = {"conflict": "no", "present": "parents", "copied_on": "2026-11-23"}
CHECKED = frozenset({Step.REFER, Step.ACCEPT})
FAVOURED = CHECKED | {Step.CONSULT, Step.FAVOUR}
SILENT = Protocol(silence_agrees=True)


def standing(state: CaseState, **more: object) -> Standing:
    return replace(Standing(state, TODAY), **more)  # type: ignore[arg-type]


def refusal(step: Step, at: Standing) -> StepRefused:
    with pytest.raises(StepRefused) as refused:
        REMINDER.take(step, at)
    return refused.value


def summoning(answers: dict[str, str], *, minor: bool = False, **more: object) -> Standing:
    at = standing(S.CLEARED, passed=FAVOURED, minor=minor, answers={**SUMMONS, **answers})
    return replace(at, **{"may_be_adult": not minor, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("crime", "reminder-of-offence"),
        ("complaint", "reminder-complaint"),
        ("inquiry", "reminder-inquiry"),
    ],
)
@pytest.mark.parametrize("answer", ["yes", ""])
def test_rule_17_a_reminder_is_not_taken_while_a_check_is_not_negative(
    question: str, reason: str, answer: str
) -> None:
    at = standing(S.REFERRED, answers={**NO, question: answer})
    assert refusal(Step.ACCEPT, at).reason == reason


def test_rule_17_three_negative_answers_let_it_go_on() -> None:
    assert REMINDER.take(Step.ACCEPT, standing(S.REFERRED, answers=NO)) is S.ACCEPTED


@pytest.mark.parametrize("state", [S.ACCEPTED, S.CLEARED, S.SUMMONED])
def test_rule_17_nobody_is_summoned_before_the_checks(state: CaseState) -> None:
    at = standing(state, passed=FAVOURED - {Step.ACCEPT}, answers=SUMMONS)
    assert refusal(Step.SUMMON, at).reason == "reminder-unchecked"


def test_rule_17_a_minor_is_summoned_with_somebody_or_for_a_reason_why_not() -> None:
    assert refusal(Step.SUMMON, summoning({}, minor=True)).reason == "minor-unaccompanied"
    alone = {"conflict": "no", "present": "impossible"}
    assert refusal(Step.SUMMON, summoning(alone, minor=True)).reason == "impossible-unsaid"
    why = {"impossible_why": "Parents à l’étranger, aucun responsable éducatif connu"}
    assert REMINDER.take(Step.SUMMON, summoning({**alone, **why}, minor=True)) is S.SUMMONED
    assert REMINDER.take(Step.SUMMON, summoning(WITH_PARENTS, minor=True)) is S.SUMMONED


def test_an_adult_is_summoned_alone_and_asked_nothing_of_minors() -> None:
    assert REMINDER.take(Step.SUMMON, summoning({})) is S.SUMMONED
    asked = {one.name for one in REMINDER.rules[Step.SUMMON].asked_of(minor=False)}
    assert asked == {*SUMMONS, "delegated_on"}


def test_who_comes_with_a_minor_gets_a_copy() -> None:
    uncopied = {"conflict": "no", "present": "parents"}
    assert refusal(Step.SUMMON, summoning(uncopied, minor=True)).reason == "copy-missing"


@pytest.mark.parametrize("present", ["parents", "impossible", ""])
def test_a_guardian_in_conflict_is_not_the_one_summoned(present: str) -> None:
    answers = {**WITH_PARENTS, "conflict": "yes", "present": present}
    assert refusal(Step.SUMMON, summoning(answers, minor=True)).reason == "guardian-in-conflict"


@pytest.mark.parametrize("present", ["other_representative", "educational_responsible"])
def test_another_comes_in_place_of_a_guardian_in_conflict_and_is_named(present: str) -> None:
    answers = {**WITH_PARENTS, "conflict": "yes", "present": present}
    assert refusal(Step.SUMMON, summoning(answers, minor=True)).reason == "companion-unnamed"
    named = {**answers, "companion": "Mme Corbinguy, éducatrice inventée"}
    assert REMINDER.take(Step.SUMMON, summoning(named, minor=True)) is S.SUMMONED


def test_in_the_quarter_of_the_18th_birthday_whoever_summons_says_it_is_past() -> None:
    grown = {"conflict": "no", "present": "of_age"}
    assert refusal(Step.SUMMON, summoning(grown, minor=True)).reason == "minor-unaccompanied"
    turning = summoning(grown, minor=True, may_be_adult=True)
    assert REMINDER.take(Step.SUMMON, turning) is S.SUMMONED


def test_a_delegate_needs_the_day_of_an_order() -> None:
    assert refusal(Step.SUMMON, summoning({"held_by": "delegate"})).reason == "delegation-undated"
    ordered = summoning({"held_by": "delegate", "delegated_on": "2026-06-30"})
    assert REMINDER.take(Step.SUMMON, ordered) is S.SUMMONED


def test_the_days_of_the_protocol_lie_between_the_summons_and_the_hearing() -> None:
    near = summoning({"hearing_on": "2026-11-30"})
    assert refusal(Step.SUMMON, near).reason == "summons-too-near"
    shorter = replace(near, protocol=Protocol(summons_days=7))
    assert REMINDER.take(Step.SUMMON, shorter) is S.SUMMONED


def test_an_opinion_precedes_the_summons_unless_the_protocol_asks_none() -> None:
    at = standing(S.ACCEPTED, passed=CHECKED, answers=SUMMONS)
    assert refusal(Step.SUMMON, at).reason == "opinion-missing"
    free = replace(at, protocol=Protocol(opinion_required=False))
    assert REMINDER.take(Step.SUMMON, free) is S.SUMMONED


def test_silence_agrees_only_where_the_charter_says_so_and_after_the_delay() -> None:
    at = standing(S.CONSULTED, passed=CHECKED | {Step.CONSULT}, awaited_on=TODAY)
    assert refusal(Step.WAIVE, at).reason == "silence-authorises-nothing"
    early = replace(at, protocol=SILENT)
    assert refusal(Step.WAIVE, early).reason == "opinion-still-awaited"
    over = replace(early, awaited_on=TODAY - timedelta(days=1))
    assert REMINDER.take(Step.WAIVE, over) is S.CLEARED


@pytest.mark.parametrize("state", [S.CONSULTED, S.CLEARED, S.SUMMONED])
def test_an_opposition_stops_everything_until_the_hearing(state: CaseState) -> None:
    assert REMINDER.take(Step.OPPOSE, standing(state)) is S.REFUSED


def test_after_the_hearing_an_opposition_comes_too_late() -> None:
    assert refusal(Step.OPPOSE, standing(S.FOLLOWED)).reason == "impossible-now"


@pytest.mark.parametrize(
    ("state", "arrived"),
    [(S.CONSULTED, S.CLEARED), (S.CLEARED, S.CLEARED), (S.SUMMONED, S.SUMMONED)],
)
def test_a_favourable_answer_that_comes_late_is_recorded_and_moves_nothing_back(
    state: CaseState, arrived: CaseState
) -> None:
    assert REMINDER.take(Step.FAVOUR, standing(state)) is arrived


def test_a_hearing_is_told_from_its_day_on() -> None:
    heard = {"rules": "quiet", "attended": "person"}
    at = standing(S.SUMMONED, awaited_on=TODAY + timedelta(days=1), answers=heard)
    assert refusal(Step.HEAR, at).reason == "hearing-to-come"
    assert refusal(Step.MISS, at).reason == "hearing-to-come"
    assert REMINDER.take(Step.HEAR, replace(at, awaited_on=TODAY)) is S.FOLLOWED
    assert REMINDER.take(Step.MISS, replace(at, awaited_on=TODAY)) is S.CLEARED


def test_without_the_person_there_is_no_reminder() -> None:
    at = standing(S.SUMMONED, answers={"rules": "quiet", "attended": "parents"})
    assert refusal(Step.HEAR, at).reason == "person-did-not-come"


def test_rule_17_a_minor_heard_alone_owes_a_reason() -> None:
    alone = {"rules": "quiet", "attended": "person"}
    at = standing(S.SUMMONED, minor=True, may_be_adult=False, answers=alone)
    assert refusal(Step.HEAR, at).reason == "minor-heard-alone"
    said = replace(at, answers={**alone, "alone_why": "Parents empêchés, prévenus par courrier"})
    assert REMINDER.take(Step.HEAR, said) is S.FOLLOWED
    turning = replace(at, may_be_adult=True)
    assert REMINDER.take(Step.HEAR, turning) is S.FOLLOWED


def test_a_notice_by_letter_is_sent_only_where_the_commune_frames_it() -> None:
    at = standing(S.ACCEPTED, passed=CHECKED, answers={"sent_on": "2026-11-23", "rules": "quiet"})
    assert refusal(Step.NOTIFY, at).reason == "notice-unframed"
    framed = replace(at, protocol=Protocol(incivility_notices=True))
    assert REMINDER.take(Step.NOTIFY, framed) is S.CLOSED
    minor = replace(framed, minor=True, may_be_adult=False)
    assert refusal(Step.NOTIFY, minor).reason == "copy-missing"


@pytest.mark.parametrize(
    ("why", "reason", "passed"),
    [
        ("reminded", "outcome-unchecked", frozenset({Step.HEAR})),
        ("no_show", "nobody-missed", frozenset()),
        ("notice_sent", "notice-unsent", frozenset()),
        ("opposed", "not-opposed", frozenset()),
    ],
)
def test_a_reminder_ends_for_a_reason_that_its_steps_bear_out(
    why: str, reason: str, passed: frozenset[Step]
) -> None:
    at = standing(S.FOLLOWED, passed=passed, answers={"why": why})
    assert refusal(Step.CLOSE, at).reason == reason


def test_a_checked_reminder_and_a_person_who_never_came_can_be_closed() -> None:
    checked = frozenset({Step.HEAR, Step.CHECK})
    done = standing(S.FOLLOWED, passed=checked, answers={"why": "reminded"})
    missed = standing(S.CLEARED, passed=frozenset({Step.MISS}), answers={"why": "no_show"})
    assert REMINDER.take(Step.CLOSE, done) is REMINDER.take(Step.CLOSE, missed) is S.CLOSED


@pytest.mark.parametrize("state", sorted(LIVING - {S.REFERRED, S.QUESTIONED}))
def test_a_sweep_closes_what_nobody_ends(state: CaseState) -> None:
    assert REMINDER.take(Step.CLOSE, standing(state)) is S.CLOSED


def test_a_step_is_offered_only_when_what_it_waits_for_is_there() -> None:
    accepted = standing(S.ACCEPTED, passed=CHECKED)
    assert set(REMINDER.next_steps(accepted)) == {Step.CONSULT, Step.REFUSE, Step.REDIRECT}
    waits = REMINDER.blocking(Step.SUMMON, accepted)
    assert waits is not None
    assert waits.reason == "opinion-missing"
    cleared = standing(S.CLEARED, passed=FAVOURED)
    assert Step.SUMMON in REMINDER.next_steps(cleared)


def test_every_refusal_has_its_words_and_its_source() -> None:
    guards = [guard for step in Step for guard in REMINDER.before(step)]
    assert {guard.reason for guard in guards} <= set(STEPS_REFUSED)
    assert all(guard.source for guard in guards)
