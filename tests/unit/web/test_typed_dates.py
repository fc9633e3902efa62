from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.web.typed_dates import Era, parse_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        *("3/11/2026", "03/11/2026", "3-11-2026", "3.11.2026", "3 11 2026", "03112026", "031126"),
        *("3/11/26", "3 nov. 2026", "3 nov 26", "3 novembre 2026", "3 NOVEMBRE 2026", "2026-11-03"),
        *(" 3 / 11 / 2026 ", "2026-11-3"),
    ],
)
def test_a_date_is_understood_as_people_type_it(text: str) -> None:
    assert parse_date(text, TODAY, Era.COMING) == date(2026, 11, 3)


def test_accents_ordinals_and_short_months_are_understood() -> None:
    assert parse_date("1er déc. 2026", TODAY, Era.COMING) == date(2026, 12, 1)
    assert parse_date("14 févr. 2027", TODAY, Era.COMING) == date(2027, 2, 14)
    assert parse_date("14 août 2027", TODAY, Era.COMING) == date(2027, 8, 14)


@pytest.mark.parametrize(
    ("text", "era", "year"),
    [
        ("3/11/10", Era.PAST, 2010),
        ("3/11/26", Era.PAST, 2026),
        ("3/11/27", Era.PAST, 1927),
        ("3/11/27", Era.COMING, 2027),
        ("3/11", Era.PAST, 2026),
        ("3/12", Era.PAST, 2025),
        ("3/12", Era.COMING, 2026),
        ("3/11", Era.COMING, 2027),
        ("22/11", Era.PAST, 2026),
        ("22/11", Era.COMING, 2026),
    ],
)
def test_what_is_missing_is_completed_towards_its_era(text: str, era: Era, year: int) -> None:
    assert parse_date(text, TODAY, era).year == year


@pytest.mark.parametrize(
    "text",
    ["", "demain", "32/13/2026", "31/02/2026", "3 jui 2026", "3/11/202", "29/2", "3", "0/1/2026"],
)
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence for people is the field's
        parse_date(text, TODAY, Era.COMING)


@given(st.dates(), st.sampled_from(Era))
def test_a_whole_date_never_depends_on_today(day: date, era: Era) -> None:
    written = f"{day.day}/{day.month}/{day.year:04}"
    assert parse_date(written, TODAY, era) == day


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 364), st.sampled_from(Era))
def test_a_day_without_a_year_is_within_a_year_on_its_side(today: date, off: int, era: Era) -> None:
    meant = today - timedelta(off) if era is Era.PAST else today + timedelta(off)
    if (meant.month, meant.day) == (2, 29):
        return
    assert parse_date(f"{meant.day}/{meant.month}", today, era) == meant
