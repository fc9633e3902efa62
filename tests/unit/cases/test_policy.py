"""Arithmetic of dates: a rule asked forwards and backwards gives the same answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases.policy import age_on, ceiling, latest_start, months_after, stale_on
from casework.errors import StepRefused

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(0, 60)


@given(DAYS, MONTHS)
def test_the_latest_start_is_the_last_day_from_which_the_months_have_passed(
    today: date, months: int
) -> None:
    start = latest_start(today, months)
    assert months_after(start, months) <= today
    assert months_after(start + timedelta(days=1), months) > today


@given(DAYS, DAYS, MONTHS)
def test_a_comparison_of_days_answers_the_rule_of_months(
    day: date, today: date, months: int
) -> None:
    assert (day <= latest_start(today, months)) == (months_after(day, months) <= today)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-23", 3, "2027-02-23"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-12-31", 6, "2027-06-30"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(
    day: str, months: int, expected: str
) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(expected)


@given(DAYS)
def test_rule_13_the_ceiling_is_never_after_the_25th_birthday(birth: date) -> None:
    limit = ceiling(birth)
    assert age_on(birth, limit - timedelta(days=1)) < 25
    assert age_on(birth, limit) <= 25
    assert limit <= months_after(birth, 25 * 12)


def test_rule_13_without_a_date_of_birth_no_follow_up_begins() -> None:
    with pytest.raises(StepRefused):
        ceiling(None)


def test_rule_15_a_case_never_decided_is_stale_six_months_after_the_referral() -> None:
    assert stale_on(date(2026, 11, 23), None, 6) == date(2027, 5, 23)


def test_rule_15_a_case_is_stale_from_the_day_its_review_is_due() -> None:
    assert stale_on(date(2026, 11, 23), date(2027, 2, 1), 6) == date(2027, 2, 1)
