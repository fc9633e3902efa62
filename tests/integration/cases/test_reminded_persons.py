"""Whom a mayor reminds: minors and who comes with them, adults, birthdays on the way, the end."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from casework.cases.orders import Asked
from casework.cases.procedures.steps import CaseState, Step
from casework.errors import AccessDenied, InvalidInput, StepRefused
from casework.identity import Reason
from tests.gathering import fact, rows, sweep, today, wait
from tests.integration.cases.reminding import close, denied, refused, state
from tests.mayor import (
    ADULT,
    ELSEWHERE,
    NO,
    UNKNOWN_BIRTH,
    checked,
    cleared,
    found_register,
    heard,
    report,
    step,
    summoned,
    summons,
)
from tests.town import Town

S = CaseState


@pytest.fixture
def group(town: Town) -> UUID:
    return found_register(town)


def test_rule_17_nobody_is_summoned_while_a_check_is_not_negative(town: Town, group: UUID) -> None:
    case_id = report(town, group)
    for question in NO:
        wrong = {**NO, question: "yes"}
        assert refused(town, case_id, Step.ACCEPT, "clerk", **wrong).startswith("reminder-")
    assert refused(town, case_id, Step.SUMMON, "mayor", **summons(town)) == "impossible-now"
    with pytest.raises(StepRefused):
        town.runtime.referrals.accept(town.who("clerk"), Reason.DUTY, case_id, version=1)
    assert state(town, case_id) == S.REFERRED


def test_rule_17_a_minor_comes_with_somebody_who_answers_for_them(town: Town, group: UUID) -> None:
    case_id = cleared(town, group)
    alone = {name: said for name, said in summons(town).items() if name != "present"}
    assert refused(town, case_id, Step.SUMMON, "mayor", **alone) == "minor-unaccompanied"
    grown = summons(town, present="of_age")
    assert refused(town, case_id, Step.SUMMON, "mayor", **grown) == "minor-unaccompanied"
    conflict = summons(town, conflict="yes")
    assert refused(town, case_id, Step.SUMMON, "mayor", **conflict) == "guardian-in-conflict"
    assert state(town, case_id) == S.CLEARED


def test_an_adult_is_asked_nothing_of_minors(town: Town, group: UUID) -> None:
    case_id = cleared(town, group, persons=(ADULT,))
    with pytest.raises(InvalidInput) as unknown:
        step(town, case_id, Step.SUMMON, "mayor", **summons(town))
    assert set(unknown.value.fields) == {"conflict", "present", "copied_on"}
    told = summons(town)
    adults = {name: told[name] for name in told.keys() - unknown.value.fields.keys()}
    step(town, case_id, Step.SUMMON, "mayor", **adults)
    assert state(town, case_id) == S.SUMMONED


def test_an_adult_whose_birth_nobody_knows_is_kept_three_years_at_most(
    town: Town, group: UUID
) -> None:
    case_id = report(town, group, persons=(UNKNOWN_BIRTH,))
    assert str(fact(town, case_id, "ceiling_on")) == "2029-11-23"


def test_somebody_who_turns_18_on_the_way_is_summoned_as_the_adult_they_are(
    town: Town, group: UUID
) -> None:
    from_2008 = ADULT.__class__("subject", "Vastignol", "Melchior", date(2008, 12, 20))
    case_id = cleared(town, group, persons=(from_2008,))
    wait(town, until="2027-01-04")
    told = summons(town)
    adult = {name: told[name] for name in told.keys() - {"conflict", "present", "copied_on"}}
    step(town, case_id, Step.SUMMON, "mayor", **adult)
    assert state(town, case_id) == S.SUMMONED


def test_somebody_who_turns_25_on_the_way_is_forgotten_as_the_youth_they_were(
    town: Town, group: UUID
) -> None:
    from_2002 = ADULT.__class__("subject", "Vastignol", "Melchior", date(2002, 2, 20))
    case_id = cleared(town, group, persons=(from_2002,))
    wait(town, until="2027-01-04")
    sweep(town)
    assert fact(town, case_id, "closure_reason") == "age_limit"
    assert state(town, case_id) == S.SEALED


def test_somebody_absent_is_summoned_again_or_the_reminder_is_closed(
    town: Town, group: UUID
) -> None:
    case_id = summoned(town, group)
    assert refused(town, case_id, Step.MISS, "clerk", absence="excused") == "hearing-to-come"
    town.clock.advance(days=14)
    step(town, case_id, Step.MISS, "clerk", absence="excused")
    step(town, case_id, Step.SUMMON, "mayor", **summons(town))
    town.clock.advance(days=14)
    step(town, case_id, Step.MISS, "clerk", absence="no_answer")
    close(town, case_id, "no_show")
    assert state(town, case_id) == S.CLOSED


def test_a_reminder_is_not_closed_as_made_before_its_outcome_is_checked(
    town: Town, group: UUID
) -> None:
    case_id = heard(town, group)
    with pytest.raises(StepRefused, match="outcome-unchecked"):
        close(town, case_id, "reminded")
    with pytest.raises(InvalidInput):
        close(town, case_id, "notice_sent")
    step(town, case_id, Step.ORIENT, "clerk", towards="mediation", agreed="no")
    step(town, case_id, Step.CHECK, "mayor", stopped="yes")
    close(town, case_id, "reminded", by="mayor")
    assert str(fact(town, case_id, "due_on")) == "2027-12-07"


def test_a_notice_by_letter_closes_the_case_and_tells_the_person(town: Town, group: UUID) -> None:
    case_id = checked(town, group, persons=(ADULT,))
    sent = {"sent_on": today(town).isoformat(), "rules": "quiet,civility"}
    assert denied(town, case_id, Step.NOTIFY, "clerk", "agent", **sent)
    step(town, case_id, Step.NOTIFY, "mayor", **sent)
    assert (state(town, case_id), fact(town, case_id, "closure_reason")) == (
        S.CLOSED,
        "notice_sent",
    )
    assert str(fact(town, case_id, "informed_on")) == "2026-11-23"


def test_the_mayor_may_also_make_no_reminder_and_nothing_is_kept(town: Town, group: UUID) -> None:
    case_id = cleared(town, group)
    assert denied(town, case_id, Step.REFUSE, "clerk", "agent")
    step(town, case_id, Step.REFUSE, "mayor")
    assert (state(town, case_id), rows(town, "case_steps")) == (S.REFUSED, 0)


def test_the_mayor_sees_a_repetition_for_twelve_months_after_the_closure(
    town: Town, group: UUID
) -> None:
    case_id = heard(town, group)
    step(town, case_id, Step.CHECK, "clerk", stopped="no")
    close(town, case_id, "reminded")
    wait(town, until=today(town) + timedelta(days=200))
    mayor = town.who("mayor")
    town.runtime.safeguards.stating.state(mayor, Reason.DUTY, case_id, "Un fait semblable rapporté")
    file = town.runtime.cases.read(mayor, Reason.DUTY, case_id)
    assert file.subject is not None
    assert file.subject.family_name == "Grondinelle"
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(town.who("agent"), Reason.DUTY, case_id)


def test_rule_21_no_reminder_crosses_the_limits_of_a_commune(town: Town, group: UUID) -> None:
    found_register(town, ELSEWHERE, "RB")
    case_id = cleared(town, group)
    for stranger in (f"mayor-{ELSEWHERE}", f"clerk-{ELSEWHERE}"):
        with pytest.raises(AccessDenied):
            town.runtime.cases.read(town.who(stranger), Reason.DUTY, case_id)
        lines = town.runtime.cases.list_cases(town.who(stranger), Reason.DUTY, Asked())
        assert [line.head.id for line in lines] == []
    assert denied(town, case_id, Step.SUMMON, f"mayor-{ELSEWHERE}", **summons(town))
