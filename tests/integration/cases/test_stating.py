"""A closed case opens only after a reason typed for it, one case at a time (law note 9.4, 12)."""

from dataclasses import replace
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases import orders
from casework.errors import AccessDenied, InvalidInput, ReasonRequired
from casework.identity import Principal, Reason, Stated
from tests.gathering import accepted, close
from tests.town import Town

WORDS = "La famille revient demander où en est le dossier"
OTHERS = "Une autre raison, pour une autre situation"
NAME = "Zéphirinquois"


@pytest.fixture
def closed(town: Town) -> list[UUID]:
    found = [accepted(town) for _ in range(2)]
    for one in found:
        close(town, one)
    return found


def coordinator(town: Town, session: str = "s1") -> Principal:
    return replace(town.who("coordination"), session_tag=session)


def name_read(town: Town, who: Principal, case_id: UUID) -> str:
    subject = town.runtime.cases.read(who, Reason.DUTY, case_id).subject
    assert subject is not None
    return str(subject.family_name)


def state(town: Town, who: Principal, case_id: UUID, words: str = WORDS) -> None:
    town.runtime.safeguards.stating.state(who, Reason.DUTY, case_id, words)


def test_rule_12_a_closed_case_opens_after_a_reason_typed_for_it_and_no_other_with_it(
    town: Town, closed: list[UUID]
) -> None:
    who, (first, second) = coordinator(town), closed
    with pytest.raises(ReasonRequired):
        name_read(town, who, first)
    state(town, who, first)
    assert name_read(town, who, first) == NAME
    with pytest.raises(ReasonRequired):
        name_read(town, who, second)
    state(town, who, second, OTHERS)
    assert name_read(town, who, second) == NAME
    with pytest.raises(ReasonRequired):
        name_read(town, who, first)


def test_the_reason_ends_after_half_an_hour_and_with_the_session(
    town: Town, closed: list[UUID]
) -> None:
    who = coordinator(town)
    state(town, who, closed[0])
    with pytest.raises(ReasonRequired):
        name_read(town, coordinator(town, "s2"), closed[0])
    town.clock.advance(minutes=30)
    with pytest.raises(ReasonRequired):
        name_read(town, who, closed[0])


def test_the_officer_reads_the_words_behind_the_reading_and_behind_no_other_line(
    town: Town, closed: list[UUID]
) -> None:
    who, living = coordinator(town), accepted(town)
    given = Stated(Reason.OTHER, OTHERS)
    with town.runtime.ledger.begin(who, Reason.OTHER) as work:
        town.runtime.desk.record_reason(work, Reason.DUTY, given)
    state(town, who, closed[0])
    name_read(town, who, closed[0])
    town.runtime.cases.read(who, Reason.OTHER, living)
    asked = Asked(acts=frozenset({Act.CASE_READ, Act.REASON_TYPED}))
    lines = town.runtime.register.read(town.who("dpo"), asked).lines
    words = {(one.act, one.case_id): one.words for one in lines}
    assert words[Act.CASE_READ, closed[0]] == WORDS
    assert words[Act.REASON_TYPED, closed[0]] == WORDS
    assert words[Act.CASE_READ, living] == OTHERS


def test_words_that_do_not_do_open_nothing(town: Town, closed: list[UUID]) -> None:
    who = coordinator(town)
    for words in ("", "ok", "Elle a le 1 86 05 67 482 001 17 pour numéro"):
        with pytest.raises(InvalidInput):
            state(town, who, closed[0], words)
    with pytest.raises(ReasonRequired):
        name_read(town, who, closed[0])


def test_nobody_states_a_reason_for_a_case_they_may_not_read(
    town: Town, closed: list[UUID]
) -> None:
    for body in ("street_work", "school", "dpo"):
        with pytest.raises(AccessDenied):
            state(town, replace(town.who(body), session_tag="s1"), closed[0])


def test_a_list_names_nobody_of_a_closed_case_whatever_was_typed(
    town: Town, closed: list[UUID]
) -> None:
    who = coordinator(town)
    state(town, who, closed[0])
    lines = town.runtime.cases.list_cases(who, Reason.DUTY, orders.Asked())
    shown = {one.head.id: one.family_name for one in lines}
    assert [shown[one] for one in closed] == ["", ""]
