"""When lines are due, what no charter exceeds, and what a line may claim to have forgotten."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from casework.audit.forgetting.claim import Claim, Horizons
from casework.audit.forgetting.policy import (
    BLOCK,
    LONGEST,
    SHORTEST,
    USUAL,
    Terms,
    cutoff,
    due_on,
    months_over,
    span_of,
    widest,
)
from casework.charters.limits import LIMITS
from casework.keys.part_keys import month_of
from casework.moments import to_micros
from casework.months import months_after

MONTHS = st.integers(SHORTEST, LONGEST)
MOMENTS = st.integers(1_420_000_000, 2_840_000_000).map(partial(datetime.fromtimestamp, tz=UTC))
TERMS = st.builds(Terms, st.integers(0, 120), st.integers(0, 120), st.just("15"))


@given(st.lists(TERMS, min_size=1))
def test_the_longest_of_several_charters_wins_and_none_passes_the_ceiling(
    charters: list[Terms],
) -> None:
    found = widest(charters)
    assert SHORTEST <= found.searchable <= USUAL
    assert SHORTEST <= found.kept <= LONGEST
    assert all(found.searchable >= min(one.searchable, USUAL) for one in charters)
    assert all(found.kept >= min(one.kept, LONGEST) for one in charters)


def test_the_article_is_that_of_the_charter_that_keeps_longest() -> None:
    assert widest([Terms(12, 24, "3"), Terms(6, 36, "15")]) == Terms(12, 36, "15")


def test_without_a_charter_nothing_justifies_more_than_a_year() -> None:
    assert widest([]) == Terms(12, 12, None)


def test_the_limits_of_charters_are_those_of_the_register() -> None:
    for limits in LIMITS.values():
        register = limits["register"]
        assert (register["kept_months"].lowest, register["kept_months"].highest) == (6, 36)
        assert register["searchable_months"].highest == 12
    assert LONGEST == 36


@given(MOMENTS, MOMENTS, MONTHS)
def test_a_line_is_due_from_the_same_day_so_many_months_later(
    at: datetime, now: datetime, months: int
) -> None:
    due = to_micros(at) < cutoff(now, months)
    assert due == (months_after(at.date(), months) <= now.date())
    assert due == (due_on(to_micros(at), months) <= now.date())


@given(MOMENTS, MOMENTS)
def test_a_month_is_over_once_its_last_moment_is(at: datetime, before: datetime) -> None:
    month = month_of(at)
    first, end = span_of(month)
    assert first <= to_micros(at) < end
    assert (months_over([month], to_micros(before)) == [month]) == (end <= to_micros(before))


def test_the_span_of_december_ends_with_the_year() -> None:
    first, end = span_of(202612)
    assert end - first == timedelta(days=31) // timedelta(microseconds=1)


NOW = to_micros(datetime(2027, 6, 30, tzinfo=UTC))
FLOOR = to_micros(datetime(2027, 1, 1, tzinfo=UTC))


def test_a_claim_is_sound_up_to_the_shortest_term_of_the_law() -> None:
    assert cutoff(datetime(2027, 6, 30, tzinfo=UTC), SHORTEST) == FLOOR
    assert months_after(date(2026, 12, 31), SHORTEST) == date(2027, 6, 30)
    assert Claim().sound
    assert Claim(1000, NOW, Horizons(BLOCK, 300, 400, FLOOR, FLOOR)).sound
    assert not Claim(1000, NOW, Horizons(BLOCK, 300, 400, FLOOR, FLOOR + 1)).sound
    assert not Claim(1000, NOW, Horizons(BLOCK, 300, 400, FLOOR + 1, FLOOR)).sound


@given(st.tuples(*[st.integers(-1, 1100)] * 3))
def test_a_claim_in_disorder_is_not_sound(counts: tuple[int, int, int]) -> None:
    first, who, parts = counts
    ordered = 0 <= first <= who <= parts <= 1000 and first % BLOCK == 0
    assert Claim(1000, NOW, Horizons(*counts, FLOOR, FLOOR)).sound == ordered
