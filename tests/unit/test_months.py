"""Months on the calendar: a rule asked forwards and backwards gives the same answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.months import latest_start, months_after

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
