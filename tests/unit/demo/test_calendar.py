from datetime import UTC, date, datetime, time, timedelta

from casework.demo.calendar import anchor_before, moment


def test_the_anchor_is_the_monday_before_today_and_never_today() -> None:
    for days in range(14):
        today = date(2026, 11, 22) + timedelta(days=days)
        anchor = anchor_before(today)
        assert anchor.weekday() == 0
        assert timedelta(0) < today - anchor <= timedelta(days=7)


def test_an_hour_is_a_local_one_in_summer_and_in_winter() -> None:
    assert moment(date(2026, 7, 1), time(9, 0)) == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert moment(date(2026, 12, 1), time(9, 0)) == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def test_what_falls_together_is_spread_over_less_than_an_hour() -> None:
    first = moment(date(2026, 12, 1), time(9, 0))
    later = {moment(date(2026, 12, 1), time(9, 0), turn) for turn in range(500)}
    assert len(later) > 40
    assert max(later) - first < timedelta(hours=1)
