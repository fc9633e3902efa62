"""What cards count: each rule on its edge, and nothing that compares one member with another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.audit.actions import Act
from casework.enquiries.rules import (
    ACTS,
    LEAST,
    Card,
    CaseFacts,
    Facts,
    Seen,
    Term,
    busy,
    cases_by_day,
    counted,
    is_unusual,
    outside_hours,
)
from casework.enquiries.words import CARDS, CONCLUSIONS, STATES
from casework.identity import Reason

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 23)
FIRST = MONDAY - timedelta(days=7)
MARIE, PAUL, CASE = UUID(int=1), UUID(int=2), UUID(int=100)
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=PARIS)
READING = Seen(1, NOON, Act.CASE_READ, MARIE, CASE, Reason.DUTY)
OLD = CaseFacts(referred_on=date(2026, 1, 5))


def count(card: Card, *seen: Seen, **facts: object) -> tuple[int, ...]:
    return counted(card, seen, Facts(**facts), FIRST)  # type: ignore[arg-type]


def readings(cases: int, at: datetime = NOON, member: UUID = MARIE, seq: int = 0) -> list[Seen]:
    return [
        Seen(seq + one, at, Act.CASE_READ, member, UUID(int=1000 + one)) for one in range(cases)
    ]


def test_every_card_has_its_acts_and_its_words() -> None:
    assert set(CARDS) == set(ACTS) == set(Card)
    assert len(STATES) == len(CONCLUSIONS) == 3


@pytest.mark.parametrize(
    ("at", "outside"),
    [
        (datetime(2026, 11, 20, 6, 59, 59, tzinfo=PARIS), True),
        (datetime(2026, 11, 20, 7, 0, tzinfo=PARIS), False),
        (datetime(2026, 11, 20, 19, 59, tzinfo=PARIS), False),
        (datetime(2026, 11, 20, 20, 0, tzinfo=PARIS), True),
        (datetime(2026, 11, 21, 12, 0, tzinfo=PARIS), True),
        (datetime(2026, 11, 22, 12, 0, tzinfo=PARIS), True),
    ],
)
def test_nights_begin_at_eight_and_week_ends_are_outside_hours(at: datetime, outside: bool) -> None:
    assert outside_hours(at) is outside
    assert bool(count(Card.HOURS, replace(READING, at=at))) is outside


def test_a_day_before_the_period_counts_for_no_card() -> None:
    before = replace(READING, at=datetime(2026, 11, 15, 23, 0, tzinfo=PARIS), reason="other")
    assert count(Card.HOURS, before) == count(Card.OTHER, before) == ()
    within = replace(before, at=before.at + timedelta(days=1))
    assert count(Card.HOURS, within) == count(Card.OTHER, within) == (1,)


def test_only_the_reason_outside_the_list_is_another_reason() -> None:
    seen = [replace(READING, seq=at, reason=one) for at, one in enumerate(Reason)]
    assert [list(Reason)[seq] for seq in count(Card.OTHER, *seen)] == [Reason.OTHER]


def test_a_namesake_is_counted_once_and_is_no_second_reading() -> None:
    night = replace(READING, at=NOON.replace(hour=23), reason="other")
    again = replace(night, seq=2, same_name=True)
    assert count(Card.SAME_NAME, night, again) == (2,)
    assert count(Card.HOURS, night, again) == count(Card.OTHER, night, again) == (1,)


def test_after_the_last_mandate_readings_and_attempts_count_and_between_two_they_do_not() -> None:
    last_year = Term(date(2025, 1, 1), date(2026, 11, 19))
    refused = replace(READING, seq=2, act=Act.ACCESS_REFUSED)
    ended = {"mandates": {MARIE: [last_year]}}
    assert count(Card.ENDED, READING, refused, **ended) == (1, 2)
    renewed = {"mandates": {MARIE: [last_year, Term(date(2026, 11, 20), date(2027, 1, 1))]}}
    assert count(Card.ENDED, READING, refused, **renewed) == ()
    to_come = {"mandates": {MARIE: [Term(date(2026, 12, 1), date(2027, 1, 1))]}}
    assert count(Card.ENDED, READING, refused, **to_come) == ()


def test_a_sign_in_with_a_closed_account_counts_and_a_wrong_password_does_not() -> None:
    attempt = Seen(5, NOON, Act.SESSION_REFUSED, code="wrong")
    assert count(Card.ENDED, attempt, replace(attempt, seq=6, code="locked")) == (6,)


def test_a_case_is_read_after_its_closing_from_the_next_day_on() -> None:
    closed = {"cases": {CASE: replace(OLD, closed_on=NOON.date())}}
    assert count(Card.CLOSED, READING, **closed) == ()
    later = replace(READING, at=NOON + timedelta(days=1))
    assert count(Card.CLOSED, later, **closed) == (1,)
    assert count(Card.CLOSED, replace(later, act=Act.ACCESS_REFUSED), **closed) == ()


@pytest.mark.parametrize(
    ("case", "reader", "counts"),
    [
        (OLD, MARIE, True),
        (replace(OLD, on_an_agenda=True), MARIE, False),
        (replace(OLD, lead_id=MARIE), MARIE, False),
        (replace(OLD, lead_id=PAUL), MARIE, True),
        (replace(OLD, named={MARIE: Term(date(2026, 2, 1), None)}), MARIE, False),
        (replace(OLD, named={MARIE: Term(date(2026, 2, 1), date(2026, 11, 19))}), MARIE, True),
        (replace(OLD, referred_on=NOON.date() - timedelta(days=60)), MARIE, False),
        (replace(OLD, referred_on=NOON.date() - timedelta(days=61)), MARIE, True),
    ],
)
def test_a_case_never_heard_counts_for_who_is_neither_named_nor_lead(
    case: CaseFacts,
    reader: UUID,
    counts: bool,
) -> None:
    seen = replace(READING, member_id=reader)
    assert bool(count(Card.UNHEARD, seen, cases={CASE: case})) is counts


def test_an_erased_case_and_an_exceptional_access_are_not_unheard() -> None:
    assert count(Card.UNHEARD, READING) == ()
    lent = replace(READING, exceptional=True)
    assert count(Card.UNHEARD, lent, cases={CASE: OLD}) == ()


def test_every_decoy_and_every_exceptional_access_counts() -> None:
    acts = (Act.DECOY_OPENED, Act.ACCESS_OPENED, Act.ACCESS_LENT, Act.CASE_READ)
    seen = [replace(READING, seq=at, act=one) for at, one in enumerate(acts)]
    assert count(Card.DECOY, *seen) == (0,)
    assert count(Card.EXCEPTIONAL, *seen) == (1, 2)


def test_many_cases_in_a_day_are_unusual_for_who_never_opened_half_as_many() -> None:
    seen = readings(LEAST)
    numbers = tuple(one.seq for one in seen)
    usual = {NOON.date() - timedelta(days=3): LEAST // 2 - 1}
    assert busy(seen, FIRST) == {MARIE}
    assert count(Card.VOLUME, *seen, usual={MARIE: usual}) == numbers
    assert count(Card.VOLUME, *seen, usual={MARIE: {NOON.date() - timedelta(days=3): 5}}) == ()
    long_ago = {NOON.date() - timedelta(days=29): 50}
    assert count(Card.VOLUME, *seen, usual={MARIE: long_ago}) == numbers


def test_the_same_case_again_and_one_case_fewer_are_not_many() -> None:
    again = [replace(one, case_id=CASE) for one in readings(LEAST)]
    for seen in (again, readings(LEAST - 1)):
        assert busy(seen, FIRST) == frozenset()
        assert count(Card.VOLUME, *seen, usual={MARIE: {}}) == ()


def test_who_was_not_looked_at_is_not_judged() -> None:
    assert count(Card.VOLUME, *readings(LEAST)) == ()


@given(cases=st.integers(0, 500), busiest=st.integers(0, 500))
def test_what_is_unusual_stays_so_with_more_cases_and_a_calmer_past(
    cases: int, busiest: int
) -> None:
    if is_unusual(cases, busiest):
        assert is_unusual(cases + 1, busiest)
        assert is_unusual(cases, max(0, busiest - 1))
        assert cases >= LEAST


minutes = st.integers(0, 22 * 24 * 60)
moments = minutes.map(lambda one: datetime(2026, 11, 1, tzinfo=PARIS) + timedelta(minutes=one))
lines = st.lists(
    st.builds(
        Seen,
        seq=st.integers(0, 99),
        at=moments,
        act=st.sampled_from(sorted(frozenset[Act]().union(*ACTS.values()))),
        member_id=st.sampled_from([MARIE, PAUL, None]),
        case_id=st.integers(100, 115).map(lambda one: UUID(int=one)),
        reason=st.sampled_from([Reason.DUTY, Reason.OTHER]),
        same_name=st.booleans(),
    ),
    max_size=60,
)


@given(mine=lines, others=lines, card=st.sampled_from(Card))
def test_what_others_do_never_changes_what_is_counted_of_somebody(
    mine: Sequence[Seen], others: Sequence[Seen], card: Card
) -> None:
    own = [replace(one, member_id=MARIE, seq=at) for at, one in enumerate(mine)]
    theirs = [replace(one, member_id=PAUL, seq=1000 + at) for at, one in enumerate(others)]
    usual = {one: cases_by_day((seen.day, CASE) for seen in own) for one in (MARIE, PAUL)}
    facts = Facts(cases={CASE: OLD}, usual=usual)
    together = counted(card, [*own, *theirs], facts, FIRST)
    assert tuple(one for one in together if one < 1000) == counted(card, own, facts, FIRST)
