"""Working days as protocols count them, beside a library that knows every country."""

from datetime import date

import pytest
from holidays.countries.france import France

from casework.working_days import public_holidays, working_days_after

YEARS = range(2020, 2071)
SCHILTIGHEIM, PARIS = "67447", "75056"


@pytest.mark.parametrize(("local", "subdivision"), [(False, None), (True, "6AE"), (True, "57")])
def test_the_public_holidays_are_those_of_a_library_over_fifty_years(
    local: bool, subdivision: str | None
) -> None:
    known = France(subdiv=subdivision, years=YEARS)  # type: ignore[no-untyped-call]
    for year in YEARS:
        ours = public_holidays(year, local=local)
        assert ours == {day for day in known if day.year == year}


def test_a_friday_is_followed_by_the_monday() -> None:
    assert working_days_after(date(2026, 11, 27), 1, PARIS) == date(2026, 11, 30)


def test_ten_working_days_are_two_weeks_where_nothing_is_closed() -> None:
    assert working_days_after(date(2026, 11, 16), 10, SCHILTIGHEIM) == date(2026, 11, 30)


def test_the_second_day_of_christmas_counts_everywhere_but_in_alsace_and_moselle() -> None:
    eve = date(2028, 12, 24)
    assert working_days_after(eve, 1, PARIS) == date(2028, 12, 26)
    assert working_days_after(eve, 1, SCHILTIGHEIM) == date(2028, 12, 27)


def test_no_day_is_counted_where_none_is_asked() -> None:
    assert working_days_after(date(2026, 11, 28), 0, PARIS) == date(2026, 11, 28)
