"""How long one waits after failing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.accounts.throttle import Attempt, Counter, buckets_of, delay, network_of

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
KEY = bytes(32)


def test_five_failures_are_free_then_the_wait_doubles_up_to_fifteen_minutes() -> None:
    waits = [int(delay(failures, 5).total_seconds()) for failures in range(4, 15)]
    assert waits == [0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]


@given(st.integers(0, 10_000), st.integers(1, 50))
def test_failing_more_never_makes_one_wait_less(failures: int, free: int) -> None:
    longest = timedelta(minutes=15)
    assert timedelta() <= delay(failures, free) <= delay(failures + 1, free) <= longest


def test_the_wait_runs_from_the_last_failure_and_rounds_up() -> None:
    counter = Counter(5, NOW)
    assert counter.wait(5, NOW) == 5
    assert counter.wait(5, NOW + timedelta(seconds=4, milliseconds=1)) == 1
    assert counter.wait(5, NOW + timedelta(seconds=5)) == 0


def test_who_is_free_to_try_never_waits_for_a_clock_that_was_read_before_anothers() -> None:
    later = NOW + timedelta(milliseconds=20)
    assert Counter(4, later).wait(5, NOW) == 0


def test_an_hour_without_failure_forgets_the_past() -> None:
    assert Counter(9, NOW).after(NOW + timedelta(minutes=59)).failures == 10
    assert Counter(9, NOW).after(NOW + timedelta(hours=1)).failures == 1


def test_a_known_device_has_one_counter_and_strangers_share_two() -> None:
    known = buckets_of(Attempt("anne", "192.0.2.1", b"d" * 16), KEY)
    stranger = buckets_of(Attempt("anne", "192.0.2.1"), KEY)
    assert len(known) == 1
    assert len(stranger) == 2
    assert not set(known) & set(stranger)


def test_a_login_can_not_be_chosen_to_share_the_counter_of_another() -> None:
    names = {
        bucket.name
        for attempt in (
            Attempt("anne", "192.0.2.1"),
            Attempt("ann", "e192.0.2.1"),
            Attempt("192.0.2.1", "anne"),
            Attempt("anne", "x", b"d"),
            Attempt("anned", "y", b""),
        )
        for bucket in buckets_of(attempt, KEY)
    }
    assert len(names) == 7


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002"),
        ("2001:db8:1:2::9", "20010db800010002"),
        ("not an address", "unknown"),
    ],
)
def test_a_network_is_what_one_subscriber_holds(address: str, network: str) -> None:
    assert network_of(address) == network
