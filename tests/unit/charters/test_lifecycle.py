"""Who takes which step with a text, and what a text needs before it binds anybody."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.charters.lifecycle import (
    APPROVERS,
    OPEN_IN,
    Approval,
    VersionState,
    VersionStep,
    approved_by_two,
    check_step,
    function_left,
    functions_of,
    require_successor,
)
from casework.charters.readiness import Readiness, check_day, check_ready, check_span
from casework.charters.vocabulary import CaseKind
from casework.errors import InputRefused, InvalidInput
from casework.identity import Mandate, Principal, PrincipalKind, Role, operator, service
from tests.unit.charters.gsn import gsn

COUNCIL, GROUP, OTHER = (UUID(int=n) for n in (1, 2, 3))
ANA, BO, CE = (UUID(int=n) for n in (11, 12, 13))
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PEOPLE = st.sampled_from((ANA, BO, CE))


def approval(member: UUID, function: Role) -> Approval:
    return Approval(member, function, NOW)


def member(*held: tuple[Role, UUID | None], until: date = TODAY) -> Principal:
    mandates = tuple(Mandate(role, group, TODAY, until, signed=False) for role, group in held)
    return Principal(PrincipalKind.MEMBER, COUNCIL, ANA, mandates=mandates)


@given(st.lists(st.tuples(PEOPLE, st.sampled_from(APPROVERS)), max_size=4))
def test_two_have_approved_only_as_two_persons_in_two_functions(
    given_by: list[tuple[UUID, Role]],
) -> None:
    known = [approval(*one) for one in given_by]
    pairs = [(a, b) for a in given_by for b in given_by if a[0] != b[0] and a[1] != b[1]]
    assert approved_by_two(known) == bool(pairs)


@given(st.lists(st.tuples(PEOPLE, st.sets(st.sampled_from(APPROVERS), min_size=1)), max_size=6))
def test_however_people_press_each_approves_once_and_each_function_once(
    presses: list[tuple[UUID, set[Role]]],
) -> None:
    known: list[Approval] = []
    for person, functions in presses:
        try:
            function = function_left(functions, known, person, "charter:approved")
        except InputRefused:
            continue
        known.append(approval(person, function))
    assert len({one.member_id for one in known}) == len(known)
    assert len({one.function for one in known}) == len(known)
    assert approved_by_two(known) == (len(known) == 2)


def test_a_function_is_held_by_a_mandate_of_the_day_in_a_group_of_the_text() -> None:
    assert functions_of(member((Role.COORDINATOR, GROUP)), {GROUP}, TODAY) == {Role.COORDINATOR}
    assert functions_of(member((Role.COORDINATOR, OTHER)), {GROUP}, TODAY) == set()
    assert functions_of(member((Role.DPO, None)), {GROUP}, TODAY) == {Role.DPO}
    assert functions_of(member((Role.MEMBER, GROUP)), {GROUP}, TODAY) == set()
    late = member((Role.COORDINATOR, GROUP))
    assert functions_of(late, {GROUP}, date(2026, 11, 24)) == set()


@pytest.mark.parametrize("who", [operator(COUNCIL, "root"), service(COUNCIL, "tick")])
def test_neither_the_operator_nor_a_job_has_a_function(who: Principal) -> None:
    assert functions_of(who, {GROUP}, TODAY) == set()


@pytest.mark.parametrize("step", list(VersionStep))
@pytest.mark.parametrize("state", list(VersionState))
def test_a_step_is_open_where_the_table_says_and_refused_with_a_sentence_elsewhere(
    state: VersionState, step: VersionStep
) -> None:
    if state in OPEN_IN[step]:
        check_step(state, step, "charter:approved")
        return
    with pytest.raises(InputRefused) as refused:
        check_step(state, step, "charter:approved")
    assert refused.value.fields["charter"][0].endswith(".")


def test_a_text_follows_one_of_its_procedure_with_a_lower_number() -> None:
    second = replace(gsn(), version=2)
    require_successor(second, gsn())
    for stranger in (gsn(), replace(second, kind=CaseKind.FAMILY_COUNCIL)):
        with pytest.raises(InvalidInput):
            require_successor(stranger, gsn())


def test_nothing_is_taken_back_once_a_text_was_in_force() -> None:
    over = {VersionState.SUPERSEDED, VersionState.WITHDRAWN}
    assert not any(over & states for states in OPEN_IN.values())
    assert VersionState.IN_FORCE not in OPEN_IN[VersionStep.WITHDRAW]


@given(
    signed=st.frozensets(PEOPLE),
    needed=st.integers(0, 4),
    coordinating=st.frozensets(PEOPLE),
    meeting=st.booleans(),
)
def test_a_text_is_ready_with_enough_signatures_the_coordinating_ones_and_no_meeting(
    signed: frozenset[UUID], needed: int, coordinating: frozenset[UUID], meeting: bool
) -> None:
    ready = Readiness(signed, needed, coordinating, meeting)
    wanted = len(signed) >= needed and coordinating <= signed and not meeting
    try:
        check_ready(ready, "charter:entered")
    except InputRefused:
        assert not wanted
    else:
        assert wanted


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 11, 25)])
def test_a_day_past_or_too_far_is_refused(day: date) -> None:
    with pytest.raises(InvalidInput):
        check_day(day, TODAY)


@pytest.mark.parametrize(
    ("signed", "until"),
    [
        (date(2026, 11, 24), date(2027, 1, 1)),
        (date(2026, 11, 1), date(2026, 11, 22)),
        (date(2026, 11, 1), date(2026, 10, 1)),
    ],
)
def test_a_signature_that_would_bind_nobody_is_refused(signed: date, until: date) -> None:
    with pytest.raises(InvalidInput):
        check_span(signed, until, TODAY)
