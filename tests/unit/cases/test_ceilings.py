"""Rule 13: whatever the charter says, the law and the birthday come first."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases.ceilings import CEILINGS, ceiling, may_be_minor, sealing_day
from casework.cases.policy import age_on
from casework.charters.limits import LIMITS
from casework.charters.vocabulary import CaseKind
from casework.errors import StepRefused
from casework.months import months_after

DAYS = st.dates(date(2020, 1, 1), date(2080, 12, 31))
KINDS = st.sampled_from(CaseKind)


@given(KINDS, DAYS, st.integers(0, 600), DAYS)
def test_rule_13_no_charter_keeps_a_closed_case_beyond_the_law(
    kind: CaseKind, closed_on: date, kept_months: int, ceiling_on: date
) -> None:
    sealed_on = sealing_day(kind, closed_on, kept_months, ceiling_on)
    assert sealed_on <= months_after(closed_on, CEILINGS[kind].months)
    assert sealed_on <= months_after(closed_on, kept_months)
    assert sealed_on <= ceiling_on


@given(DAYS, st.integers(0, 36))
def test_the_charter_decides_below_the_ceilings(closed_on: date, kept_months: int) -> None:
    far = date(2099, 1, 1)
    sealed_on = sealing_day(CaseKind.FOLLOWUP, closed_on, kept_months, far)
    assert sealed_on == months_after(closed_on, kept_months)


def test_rule_13_the_25th_birthday_wins() -> None:
    birthday = date(2026, 12, 1)
    assert sealing_day(CaseKind.FOLLOWUP, date(2026, 11, 23), 3, birthday) == birthday


@given(DAYS)
def test_rule_13_the_ceiling_is_never_after_the_25th_birthday(birth: date) -> None:
    limit = ceiling(CaseKind.FOLLOWUP, (birth,), birth)
    assert age_on(birth, limit - timedelta(days=1)) < 25
    assert age_on(birth, limit) <= 25
    assert limit <= months_after(birth, 25 * 12)


@pytest.mark.parametrize(
    ("month", "quarter"),
    [(1, 1), (2, 1), (3, 1), (4, 4), (6, 4), (7, 7), (9, 7), (10, 10), (12, 10)],
)
def test_rule_13_the_ceiling_is_the_first_day_of_the_quarter(month: int, quarter: int) -> None:
    birth = date(2010, month, 28)
    assert ceiling(CaseKind.FOLLOWUP, (birth,), birth) == date(2035, quarter, 1)


@pytest.mark.parametrize("kind", [CaseKind.FOLLOWUP, CaseKind.FAMILY_COUNCIL])
def test_rule_13_without_a_date_of_birth_no_youth_is_followed(kind: CaseKind) -> None:
    with pytest.raises(StepRefused):
        ceiling(kind, (None,), date(2026, 11, 23))


def test_rule_13_of_several_children_the_first_25th_birthday_counts() -> None:
    births = (date(2012, 5, 3), date(2009, 11, 30), None)
    assert ceiling(CaseKind.FAMILY_COUNCIL, births, date(2026, 11, 23)) == date(2034, 10, 1)


@pytest.mark.parametrize("birth", [None, date(1980, 1, 1), date(2001, 11, 22)])
def test_rule_13_a_reminder_of_an_adult_ends_three_years_after_the_report(
    birth: date | None,
) -> None:
    assert ceiling(CaseKind.REMINDER, (birth,), date(2026, 11, 23)) == date(2029, 11, 23)


def test_rule_13_on_the_day_of_the_ceiling_a_youth_has_become_an_adult() -> None:
    assert ceiling(CaseKind.FOLLOWUP, (date(2001, 11, 22),), date(2020, 1, 1)) == date(2026, 10, 1)
    known = ceiling(CaseKind.REMINDER, (date(2001, 11, 22),), date(2026, 10, 1))
    assert known == date(2029, 10, 1)


def test_rule_13_a_reminder_of_a_youth_ends_with_the_25th_birthday() -> None:
    assert ceiling(CaseKind.REMINDER, (date(2010, 5, 3),), date(2026, 11, 23)) == date(2035, 4, 1)


def test_rule_13_a_victim_is_kept_two_years_at_most_whatever_their_age() -> None:
    assert ceiling(CaseKind.VICTIM, (date(2010, 5, 3),), date(2026, 11, 23)) == date(2028, 11, 23)


@given(DAYS, DAYS)
def test_a_minor_is_never_taken_for_an_adult(birth: date, today: date) -> None:
    limit = ceiling(CaseKind.FOLLOWUP, (birth,), birth)
    if birth <= today and age_on(birth, today) < 18:
        assert may_be_minor(limit, today)


@given(DAYS)
def test_an_adult_is_taken_for_one_a_quarter_after_the_18th_birthday_at_most(birth: date) -> None:
    limit = ceiling(CaseKind.FOLLOWUP, (birth,), birth)
    assert not may_be_minor(limit, months_after(birth, 18 * 12 + 3))


def test_a_youth_is_taken_for_a_minor_until_the_end_of_the_quarter_of_the_18th_birthday() -> None:
    limit = ceiling(CaseKind.FOLLOWUP, (date(2010, 5, 3),), date(2026, 11, 23))
    assert may_be_minor(limit, date(2028, 6, 30))
    assert not may_be_minor(limit, date(2028, 7, 1))


def test_every_kind_has_a_ceiling_with_its_source() -> None:
    assert set(CEILINGS) == set(CaseKind)
    assert all(one.source for one in CEILINGS.values())


@pytest.mark.parametrize("kind", CaseKind)
def test_rule_13_a_charter_cannot_be_written_beyond_the_ceiling_of_its_procedure(
    kind: CaseKind,
) -> None:
    highest = LIMITS[kind]["clocks"]["after_closure_months"].highest
    assert highest == CEILINGS[kind].months
