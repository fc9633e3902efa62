"""Arithmetic of dates: ages, ceilings, reviews."""

from datetime import date

from casework.cases.policy import stale_on


def test_rule_15_a_case_never_decided_is_stale_six_months_after_the_referral() -> None:
    assert stale_on(date(2026, 11, 23), None, 6) == date(2027, 5, 23)


def test_rule_15_a_case_is_stale_from_the_day_its_review_is_due() -> None:
    assert stale_on(date(2026, 11, 23), date(2027, 2, 1), 6) == date(2027, 2, 1)
