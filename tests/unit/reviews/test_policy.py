"""When a body is asked who still works there, what happens without an answer, and who answers."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import AccessDenied, InvalidInput
from casework.identity import Mandate, Principal, PrincipalKind, Role, operator, service
from casework.reviews.policy import (
    ANSWER_WITHIN,
    REMINDED_BEFORE,
    BodyPast,
    Step,
    is_asked,
    may_confirm,
    oldest_kept,
    quarter_of,
    require_complete,
    require_follower,
    require_own,
    state_after,
    step_of,
)
from casework.reviews.values import Review, ReviewState, Said

COUNCIL, BODY, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
ONE, TWO, THREE = UUID(int=11), UUID(int=12), UUID(int=13)
DAY = date(2027, 1, 5)
BEFORE = date(2026, 12, 31)
DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))


def review(state: ReviewState = ReviewState.OPEN, opened: date = DAY, **more: object) -> Review:
    usual = {"due_on": opened + ANSWER_WITHIN, "version": 1, "state": state}
    return Review(id=UUID(int=9), organisation_id=BODY, opened_on=opened, **(usual | more))  # type: ignore[arg-type]


def member(role: Role = Role.MEMBER, own: UUID = ONE, **more: Any) -> Principal:
    values: dict[str, Any] = {"signed": True, "suspended": False} | more
    mandate = Mandate(role, UUID(int=5), date(2026, 1, 1), date(2027, 12, 31), **values)
    return Principal(PrincipalKind.MEMBER, COUNCIL, own, BODY, mandates=(mandate,))


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(2027, 3, 31), date(2027, 1, 1)),
        (date(2027, 4, 1), date(2027, 4, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
        (date(2028, 2, 29), date(2028, 1, 1)),
    ],
)
def test_a_quarter_begins_on_the_first_of_its_three_months(day: date, first: date) -> None:
    assert quarter_of(day) == first


@given(DAYS)
def test_a_day_is_within_its_quarter(day: date) -> None:
    first = quarter_of(day)
    assert first <= day < first + timedelta(days=93)
    assert first.day == 1
    assert quarter_of(first) == first


def test_a_body_is_asked_once_a_quarter() -> None:
    assert is_asked(BodyPast(BEFORE), DAY)
    done = review(ReviewState.DONE, opened=DAY)
    assert not is_asked(BodyPast(BEFORE, done), DAY + timedelta(days=80))
    assert is_asked(BodyPast(BEFORE, done), date(2027, 4, 1))


def test_a_body_that_came_in_this_quarter_is_not_asked_in_it() -> None:
    assert not is_asked(BodyPast(date(2027, 1, 1)), DAY)


@pytest.mark.parametrize("state", [ReviewState.OPEN, ReviewState.AWAITING])
def test_a_question_that_waits_is_not_asked_twice(state: ReviewState) -> None:
    assert not is_asked(BodyPast(BEFORE, review(state)), date(2027, 7, 1))


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_nobody_is_asked_twice_in_a_quarter(days: list[date]) -> None:
    newest: Review | None = None
    asked = []
    for day in sorted(days):
        if is_asked(BodyPast(date(2025, 1, 1), newest), day):
            newest = review(ReviewState.DONE, opened=day)
            asked.append(quarter_of(day))
    assert len(asked) == len(set(asked)) == len({quarter_of(day) for day in days})


def test_a_body_is_reminded_a_week_before_and_suspended_the_day_after() -> None:
    asked = review()
    near = asked.due_on - REMINDED_BEFORE
    assert step_of(asked, near - timedelta(days=1)) is None
    assert step_of(asked, near) is Step.REMIND
    assert step_of(review(reminded_on=near), asked.due_on) is None
    assert step_of(review(reminded_on=near), asked.due_on + timedelta(days=1)) is Step.SUSPEND
    assert step_of(review(suspended_on=DAY), asked.due_on + timedelta(days=90)) is None


def test_an_answer_nobody_else_confirmed_does_not_stop_the_clock() -> None:
    late = DAY + ANSWER_WITHIN + timedelta(days=1)
    assert step_of(review(ReviewState.AWAITING), late) is Step.SUSPEND
    assert step_of(review(ReviewState.DONE), late) is None


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({ONE: Said.HERE}, ReviewState.AWAITING),
        ({ONE: Said.MOVED}, ReviewState.AWAITING),
        ({ONE: Said.HERE, TWO: Said.LEFT}, ReviewState.AWAITING),
        ({ONE: Said.HERE, TWO: Said.HERE}, ReviewState.DONE),
        ({ONE: Said.LEFT, TWO: Said.HERE}, ReviewState.DONE),
        ({ONE: Said.LEFT}, ReviewState.DONE),
        ({ONE: Said.LEFT, TWO: Said.LEFT}, ReviewState.DONE),
    ],
)
def test_who_would_remain_alone_is_confirmed_by_somebody_else(
    said: dict[UUID, Said], state: ReviewState
) -> None:
    assert state_after(said, ONE) is state


def test_everybody_is_spoken_of_and_nobody_else() -> None:
    require_complete({ONE: Said.HERE, TWO: Said.LEFT}, [ONE, TWO])
    with pytest.raises(InvalidInput) as fault:
        require_complete({ONE: Said.HERE}, [ONE, TWO])
    assert list(fault.value.fields) == [f"said-{TWO}"]
    with pytest.raises(AccessDenied):
        require_complete({ONE: Said.HERE, TWO: Said.HERE, THREE: Said.LEFT}, [ONE, TWO])


def test_only_an_engaged_member_answers_and_for_their_own_body_alone() -> None:
    require_own(member(), BODY, DAY, "review:answered")
    require_own(member(suspended=True), BODY, DAY, "review:answered")
    for who, body in (
        (member(), OTHER),
        (member(signed=False), BODY),
        (operator(COUNCIL, "root"), BODY),
        (service(COUNCIL, "job"), BODY),
    ):
        with pytest.raises(AccessDenied):
            require_own(who, body, DAY, "review:answered")
    with pytest.raises(AccessDenied):
        require_own(member(), BODY, date(2028, 1, 1), "review:answered")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DPO])
def test_the_coordination_and_the_officer_follow_reviews_and_no_member_does(role: Role) -> None:
    require_follower(member(role), DAY, "review:listed")
    for who in (member(), member(role, suspended=True), member(Role.ARCHIVES)):
        with pytest.raises(AccessDenied):
            require_follower(who, DAY, "review:listed")


def test_the_coordination_confirms_others_and_never_itself() -> None:
    awaiting = review(ReviewState.AWAITING, answered_by=TWO)
    assert may_confirm(member(Role.COORDINATOR), awaiting, DAY)
    assert not may_confirm(member(Role.COORDINATOR, own=TWO), awaiting, DAY)
    assert not may_confirm(member(Role.DPO), awaiting, DAY)
    assert not may_confirm(member(), awaiting, DAY)
    assert may_confirm(operator(COUNCIL, "root"), awaiting, DAY)
    for state in (ReviewState.OPEN, ReviewState.DONE):
        assert not may_confirm(operator(COUNCIL, "root"), review(state), DAY)


def test_reviews_are_kept_three_years() -> None:
    assert oldest_kept(date(2030, 1, 5)) == date(2027, 1, 5)
    assert oldest_kept(date(2030, 1, 4)) == date(2027, 1, 4)
