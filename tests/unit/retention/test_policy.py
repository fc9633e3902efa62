"""What a sweep does to whom, and what it never does."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases.ceilings import CEILINGS
from casework.cases.forgetting import Candidates
from casework.cases.policy import stale_on
from casework.cases.procedures.steps import LIVING, CaseState
from casework.charters.vocabulary import CaseKind
from casework.errors import InvalidInput, StepRefused
from casework.months import months_after
from casework.retention.policy import (
    GRACE_MONTHS,
    HOLD_MONTHS,
    ListState,
    SweepStep,
    check_clock,
    check_hold,
    check_holdable,
    check_visa,
    deadlines,
    steps_of,
    waits_too_long,
)
from tests.unit.charters.gsn import gsn

CLOCKS = gsn().clocks
GROUP = UUID(int=1)
TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), date(2080, 12, 31))
FATES = st.builds(
    Candidates,
    kind=st.just(CaseKind.FOLLOWUP),
    state=st.sampled_from(CaseState),
    ended=st.booleans(),
    capped=st.booleans(),
    due=st.booleans(),
    held=st.booleans(),
    listed=st.booleans(),
    visaed=st.booleans(),
    count=st.just(1),
)


def steps(state: CaseState, *true: str) -> tuple[SweepStep, ...]:
    flags = ("ended", "capped", "due", "held", "listed", "visaed")
    known: dict[str, Any] = {name: name in true for name in flags}
    case = Candidates(kind=CaseKind.FOLLOWUP, state=state, count=1, **known)
    return steps_of(case, deadlines(GROUP, CaseKind.FOLLOWUP, CLOCKS, TODAY))


@given(FATES)
def test_rule_14_nothing_is_erased_but_sealed_listed_and_visaed(case: Candidates) -> None:
    taken = steps_of(case, deadlines(GROUP, CaseKind.FOLLOWUP, CLOCKS, TODAY))
    if SweepStep.ERASED in taken:
        assert case.state is CaseState.SEALED
        assert case.listed
        assert case.visaed


@given(FATES)
def test_a_held_case_is_neither_sealed_nor_erased_nor_let_go(case: Candidates) -> None:
    taken = set(steps_of(case, deadlines(GROUP, CaseKind.FOLLOWUP, CLOCKS, TODAY)))
    if case.held:
        assert taken.isdisjoint({SweepStep.SEALED, SweepStep.ERASED, SweepStep.LAPSED})


@given(FATES)
def test_a_case_whose_time_is_not_up_is_left_alone(case: Candidates) -> None:
    taken = steps_of(case, deadlines(GROUP, CaseKind.FOLLOWUP, CLOCKS, TODAY))
    if case.state in LIVING and not case.ended:
        assert taken == ()


@given(FATES)
def test_steps_follow_their_order(case: Candidates) -> None:
    taken = steps_of(case, deadlines(GROUP, CaseKind.FOLLOWUP, CLOCKS, TODAY))
    places = [list(SweepStep).index(one) for one in taken]
    assert places == sorted(set(places))


def test_rule_13_at_the_ceiling_a_case_goes_all_the_way_in_one_sweep() -> None:
    assert steps(CaseState.FOLLOWED, "ended", "capped") == (
        SweepStep.CLOSED,
        SweepStep.RESTRICTED,
        SweepStep.SEALED,
        SweepStep.LISTED,
    )


def test_rule_15_a_stale_case_is_closed_and_kept_for_its_time() -> None:
    taken = steps(CaseState.FOLLOWED, "ended")
    assert taken == (SweepStep.CLOSED, SweepStep.RESTRICTED)


def test_a_stale_referral_is_let_go() -> None:
    assert steps(CaseState.QUESTIONED, "ended") == (SweepStep.LAPSED,)


@given(DAYS, DAYS, st.one_of(st.none(), DAYS))
def test_rule_15_a_case_ends_a_month_after_it_is_flagged(
    today: date, referred_on: date, review_by: date | None
) -> None:
    days = deadlines(GROUP, CaseKind.FOLLOWUP, CLOCKS, today)
    flagged = stale_on(referred_on, review_by, CLOCKS.review_months)
    ended = months_after(flagged, GRACE_MONTHS) <= today
    by_days = review_by <= days.reviewed_by if review_by else referred_on <= days.referred_by
    assert by_days == ended


@given(DAYS, DAYS)
def test_rule_13_what_the_law_lets_be_kept_is_never_kept_longer(
    today: date, closed_on: date
) -> None:
    for kind, ceiling in CEILINGS.items():
        days = deadlines(GROUP, kind, CLOCKS, today)
        over = months_after(closed_on, ceiling.months) <= today
        assert (closed_on <= days.closed_by) == over


def test_a_clock_on_an_earlier_day_than_the_register_stops_everything() -> None:
    check_clock(TODAY, TODAY)
    with pytest.raises(StepRefused):
        check_clock(TODAY, TODAY + timedelta(days=1))


def test_a_hold_has_an_end_within_a_year() -> None:
    check_hold(months_after(TODAY, HOLD_MONTHS), TODAY)
    for until_on in (TODAY - timedelta(days=1), months_after(TODAY, 12) + timedelta(days=1)):
        with pytest.raises(InvalidInput):
            check_hold(until_on, TODAY)


def test_what_has_no_keys_left_cannot_be_held() -> None:
    check_holdable(CaseState.SEALED)
    with pytest.raises(StepRefused):
        check_holdable(CaseState.REFUSED)


@pytest.mark.parametrize("reference", ["", "   ", "x" * 61])
def test_a_visa_has_the_reference_of_the_archives(reference: str) -> None:
    with pytest.raises(InvalidInput):
        check_visa(ListState.LISTED, reference)


@pytest.mark.parametrize("state", [ListState.VISAED, ListState.ELIMINATED])
def test_a_list_is_visaed_once(state: ListState) -> None:
    with pytest.raises(StepRefused):
        check_visa(state, "AD67-2027-042")


def test_rule_14_a_list_that_waits_three_months_is_an_alarm() -> None:
    late = months_after(TODAY, 3)
    assert waits_too_long(ListState.LISTED, TODAY, late, 3)
    assert not waits_too_long(ListState.LISTED, TODAY, late - timedelta(days=1), 3)
    assert not waits_too_long(ListState.VISAED, TODAY, late, 3)
