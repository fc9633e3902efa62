"""Arithmetic of dates: ages, ceilings, reviews."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases.policy import age_on, ceiling, stale_on
from casework.errors import StepRefused
from casework.months import months_after

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


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
