"""How an enquiry goes on, and on which day it is gone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.enquiries.policy import (
    Conclusion,
    EnquiryState,
    ends_after,
    ends_with_lines,
    require,
)
from casework.errors import StepRefused

DAYS = st.dates(date(2020, 1, 1), date(2080, 12, 31))


def test_an_enquiry_ends_with_its_oldest_line_three_years_on() -> None:
    assert ends_with_lines(date(2026, 11, 23)) == date(2029, 11, 23)
    assert ends_with_lines(date(2024, 2, 29)) == date(2027, 2, 28)


def test_without_a_breach_it_ends_after_a_year() -> None:
    on, planned = date(2026, 11, 23), date(2029, 11, 1)
    assert ends_after(Conclusion.UNFOUNDED, on, planned) == date(2027, 11, 23)
    assert ends_after(Conclusion.EXPLAINED, on, planned) == date(2027, 11, 23)
    assert ends_after(Conclusion.FOUNDED, on, planned) == planned


@given(oldest=DAYS, on=DAYS, conclusion=st.sampled_from(Conclusion))
def test_no_conclusion_keeps_an_enquiry_longer_than_its_lines(
    oldest: date, on: date, conclusion: Conclusion
) -> None:
    planned = ends_with_lines(oldest)
    assert ends_after(conclusion, on, planned) <= planned


@pytest.mark.parametrize("stands", EnquiryState)
def test_a_step_begins_only_where_it_may(stands: EnquiryState) -> None:
    require(stands, stands)
    for needed in set(EnquiryState) - {stands}:
        with pytest.raises(StepRefused):
            require(stands, needed)
