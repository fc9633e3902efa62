"""When a meeting may open, decide and close."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidInput, StepRefused
from casework.meetings.policy import (
    MOVES,
    ItemState,
    MeetingState,
    MeetingStep,
    check_day,
    check_item,
    check_quorum,
    check_settled,
    move,
)

BODIES = st.lists(st.integers(0, 9).map(lambda one: UUID(int=one)))


@given(st.sampled_from(MeetingState), st.sampled_from(MeetingStep))
def test_what_is_not_foreseen_is_refused(state: MeetingState, step: MeetingStep) -> None:
    if (state, step) in MOVES:
        assert move(state, step) is MOVES[state, step]
    else:
        with pytest.raises(StepRefused):
            move(state, step)


def test_a_closed_meeting_is_closed_for_good() -> None:
    assert [step for state, step in MOVES if state is MeetingState.CLOSED] == []


def test_nothing_is_decided_but_in_an_open_meeting() -> None:
    deciding = [state for state, step in MOVES if step is MeetingStep.DECIDE]
    assert deciding == [MeetingState.OPEN]


@given(BODIES, st.integers(2, 20))
def test_a_quorum_counts_bodies_and_not_persons(present: list[UUID], needed: int) -> None:
    if len(set(present)) >= needed:
        check_quorum(present, needed)
    else:
        with pytest.raises(StepRefused) as refused:
            check_quorum(present, needed)
        assert refused.value.reason == "no-quorum"


def test_a_case_put_off_may_be_decided_and_not_put_off_twice() -> None:
    check_item(ItemState.POSTPONED, decides=True)
    with pytest.raises(StepRefused):
        check_item(ItemState.POSTPONED, decides=False)


@pytest.mark.parametrize("state", [ItemState.DECIDED, ItemState.WITHDRAWN])
def test_a_case_dealt_with_is_not_decided_again(state: ItemState) -> None:
    with pytest.raises(StepRefused):
        check_item(state, decides=True)


def test_rule_15_a_meeting_ends_when_every_case_is_decided_or_put_off() -> None:
    check_settled(0)
    with pytest.raises(StepRefused) as refused:
        check_settled(1)
    assert refused.value.reason == "agenda-unfinished"


def test_a_meeting_is_not_prepared_for_yesterday() -> None:
    check_day(date(2026, 11, 23), date(2026, 11, 23))
    with pytest.raises(InvalidInput):
        check_day(date(2026, 11, 22), date(2026, 11, 23))
