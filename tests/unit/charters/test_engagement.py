"""When an engagement is near its end."""

from datetime import date, timedelta

import pytest

from casework.charters.engagement import NOTICE, TERM, ends_on, ends_soon

SIGNED = date(2026, 11, 23)


def test_an_undertaking_holds_a_year() -> None:
    assert ends_on(SIGNED) == SIGNED + TERM == date(2027, 11, 23)


@pytest.mark.parametrize(
    ("before", "soon"),
    [(timedelta(days=31), False), (NOTICE, True), (timedelta(), True), (timedelta(days=-1), False)],
)
def test_it_is_spoken_of_from_a_month_before_to_its_last_day(
    before: timedelta, *, soon: bool
) -> None:
    until = ends_on(SIGNED)
    assert ends_soon(until, until - before) is soon
