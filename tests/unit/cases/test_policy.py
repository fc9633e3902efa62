"""Arithmetic of dates: ages, ceilings, reviews."""

from datetime import date

import pytest

from casework.cases.policy import age_on, check_age, stale_on
from casework.errors import StepRefused


def test_rule_15_a_case_never_decided_is_stale_six_months_after_the_referral() -> None:
    assert stale_on(date(2026, 11, 23), None, 6) == date(2027, 5, 23)


def test_rule_15_a_case_is_stale_from_the_day_its_review_is_due() -> None:
    assert stale_on(date(2026, 11, 23), date(2027, 2, 1), 6) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 5, 16), 15),
        (date(2026, 5, 17), 16),
        (date(2026, 4, 30), 15),
        (date(2026, 6, 1), 16),
    ],
)
def test_a_year_is_completed_on_the_birthday(day: date, age: int) -> None:
    assert age_on(date(2010, 5, 17), day) == age


@pytest.mark.parametrize(
    ("birth", "taken"),
    [
        (date(2014, 11, 24), False),
        (date(2014, 11, 23), True),
        (date(2001, 11, 24), True),
        (date(2001, 11, 23), False),
    ],
)
def test_a_person_is_referred_from_the_first_age_to_the_birthday_of_the_last(
    birth: date, *, taken: bool
) -> None:
    today, ages = date(2026, 11, 23), (12, 25)
    if taken:
        check_age(birth, today, ages)
        return
    with pytest.raises(StepRefused) as refused:
        check_age(birth, today, ages)
    assert refused.value.reason == "age-outside"


def test_an_age_that_nobody_knows_is_refused_as_such() -> None:
    with pytest.raises(StepRefused) as refused:
        check_age(None, date(2026, 11, 23), (12, 25))
    assert refused.value.reason == "birth-date-missing"
