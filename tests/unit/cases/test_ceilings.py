"""Rule 13: whatever the charter says, the law and the birthday come first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases.ceilings import CEILINGS, sealing_day
from casework.charters.limits import LIMITS
from casework.charters.vocabulary import CaseKind
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
    if CEILINGS[kind].birthday:
        assert sealed_on <= ceiling_on


@given(DAYS, st.integers(0, 36))
def test_the_charter_decides_below_the_ceilings(closed_on: date, kept_months: int) -> None:
    far = date(2099, 1, 1)
    sealed_on = sealing_day(CaseKind.FOLLOWUP, closed_on, kept_months, far)
    assert sealed_on == months_after(closed_on, kept_months)


def test_rule_13_the_25th_birthday_wins() -> None:
    birthday = date(2026, 12, 1)
    assert sealing_day(CaseKind.FOLLOWUP, date(2026, 11, 23), 3, birthday) == birthday


def test_every_kind_has_a_ceiling_with_its_source() -> None:
    assert set(CEILINGS) == set(CaseKind)
    assert all(one.source for one in CEILINGS.values())


@pytest.mark.parametrize("kind", CaseKind)
def test_rule_13_a_charter_cannot_be_written_beyond_the_ceiling_of_its_procedure(
    kind: CaseKind,
) -> None:
    highest = LIMITS[kind]["clocks"]["after_closure_months"].highest
    assert highest == CEILINGS[kind].months
