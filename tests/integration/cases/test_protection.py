"""Protected cases: nobody opens one alone, however they come to it."""

from typing import Any
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases import orders
from casework.cases.values import CaseFile
from casework.errors import AccessDenied, StepRefused
from casework.identity import Reason
from casework.keys.recovery.values import Why
from casework.keys.values import Withheld
from tests.gathering import accepted, decide, fact, keep, open_meeting, today
from tests.holders import colleague
from tests.keepers import Keepers
from tests.staff import employ
from tests.town import Town

COORDINATOR, WORKER = "coordination", "street_work"
MINUTES = 30


@pytest.fixture
def case_id(town: Town) -> UUID:
    """A case followed and protected: the street worker leads, the school is named."""
    found = accepted(town)
    keep(town, found)
    town.name(found, "school")
    town.runtime.safeguards.protection.protect(town.who(COORDINATOR), Reason.DUTY, found)
    return found


def read(town: Town, body: str, case_id: UUID) -> CaseFile:
    return town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)


def reads(town: Town, body: str, case_id: UUID) -> bool:
    try:
        return read(town, body, case_id).subject is not None
    except AccessDenied:
        return False


def ask(town: Town, body: str, case_id: UUID) -> None:
    town.runtime.safeguards.protection.ask(town.who(body), Reason.DUTY, case_id)


def grant(town: Town, by: str, case_id: UUID, reader: str) -> None:
    member = town.members[reader]
    town.runtime.safeguards.protection.grant(town.who(by), Reason.DUTY, case_id, member)


def leaves(town: Town, act: Act) -> list[dict[str, Any]]:
    asked = Asked(acts=frozenset({act}))
    return [dict(one.detail) for one in town.runtime.register.read(town.who("dpo"), asked).lines]


def test_nobody_opens_it_alone_and_lists_show_it_without_its_name(
    town: Town, case_id: UUID
) -> None:
    assert not any(reads(town, body, case_id) for body in (COORDINATOR, WORKER, "school"))
    lines = town.runtime.cases.list_cases(town.who("school"), Reason.DUTY, orders.Asked())
    (line,) = [one for one in lines if one.head.id == case_id]
    assert (line.family_name, line.head.protected) == ("", True)
    with pytest.raises(AccessDenied):
        town.runtime.cases.contribute(town.who("school"), Reason.DUTY, case_id, "Un mot.")


def test_ones_own_action_shows_its_date_and_nothing_else(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    coordinator, due = town.who(COORDINATOR), today(town)
    lead = town.members[WORKER], town.bodies[WORKER]
    action = orders.NewAction("school_contact", "Un détail inventé", *lead, due)
    town.runtime.actions.open(coordinator, Reason.DUTY, case_id, action)
    town.runtime.safeguards.protection.protect(coordinator, Reason.DUTY, case_id)
    home = town.runtime.home.open(town.who(WORKER), Reason.DUTY)
    assert [(one.due_on, type(one.kind)) for one in home.actions] == [(due, Withheld)]
    assert [head.id for head in home.heads.values()] == [case_id]


def test_two_people_open_it_for_half_an_hour_for_the_one_who_asked(
    town: Town, case_id: UUID
) -> None:
    ask(town, "school", case_id)
    assert not reads(town, "school", case_id)
    grant(town, WORKER, case_id, "school")
    referral = read(town, "school", case_id).referral
    assert referral is not None
    assert isinstance(referral.words, Withheld)
    assert not reads(town, WORKER, case_id)
    (leaf,) = leaves(town, Act.OPENING_GRANTED)
    members = {str(one) for one in leaf.values()}
    assert str(town.members["school"]) in members
    told = [one for one in leaves(town, Act.CASE_READ) if "second" in one]
    assert {str(one["second"]) for one in told} == {str(town.members[WORKER])}
    town.clock.advance(minutes=MINUTES - 1)
    assert reads(town, "school", case_id)
    town.clock.advance(minutes=1)
    assert not reads(town, "school", case_id)


def test_a_question_not_answered_in_half_an_hour_is_over(town: Town, case_id: UUID) -> None:
    ask(town, "school", case_id)
    town.clock.advance(minutes=MINUTES)
    with pytest.raises(StepRefused):
        grant(town, WORKER, case_id, "school")
    assert town.runtime.safeguards.protection.waiting(town.who(WORKER)) == []
    assert not reads(town, "school", case_id)


def test_nobody_answers_themselves_nor_a_colleague(town: Town, case_id: UUID) -> None:
    colleague(employ(town), "school", "school-2")
    town.name(case_id, "school-2")
    ask(town, "school", case_id)
    for body in ("school", "school-2"):
        assert town.runtime.safeguards.protection.waiting(town.who(body)) == []
        with pytest.raises(AccessDenied):
            grant(town, body, case_id, "school")
    assert not reads(town, "school", case_id)


def test_who_could_not_read_it_neither_asks_nor_answers_nor_learns_that_it_is_there(
    town: Town, case_id: UUID
) -> None:
    protection = town.runtime.safeguards.protection
    ask(town, "school", case_id)
    for body in ("police", "dpo", "archives"):
        assert protection.waiting(town.who(body)) == []
        with pytest.raises(AccessDenied):
            grant(town, body, case_id, "school")
        with pytest.raises(AccessDenied):
            ask(town, body, case_id)
        with pytest.raises(AccessDenied):
            protection.door(town.who(body), Reason.DUTY, case_id)


def test_a_link_shuts_what_two_had_opened(town: Town, case_id: UUID) -> None:
    ask(town, "school", case_id)
    grant(town, WORKER, case_id, "school")
    town.runtime.safeguards.links.declare(town.who("school"), Reason.DUTY, case_id)
    with pytest.raises(AccessDenied):
        read(town, "school", case_id)


def test_who_has_a_link_is_no_second_person(town: Town, case_id: UUID) -> None:
    ask(town, "school", case_id)
    town.runtime.safeguards.links.declare(town.who(COORDINATOR), Reason.DUTY, case_id)
    assert town.runtime.safeguards.protection.waiting(town.who(COORDINATOR)) == []
    with pytest.raises(AccessDenied):
        grant(town, COORDINATOR, case_id, "school")


def test_the_coordination_names_a_second_person_without_opening_and_ends_it_only_with_one(
    town: Town, case_id: UUID
) -> None:
    protection = town.runtime.safeguards.protection
    town.name(case_id, "police")
    with pytest.raises(AccessDenied):
        protection.unprotect(town.who(COORDINATOR), Reason.DUTY, case_id)
    ask(town, COORDINATOR, case_id)
    grant(town, "police", case_id, COORDINATOR)
    protection.unprotect(town.who(COORDINATOR), Reason.DUTY, case_id)
    assert fact(town, case_id, "protected") in (False, 0)
    assert reads(town, "school", case_id)
    with pytest.raises(AccessDenied):
        protection.protect(town.who("school"), Reason.DUTY, case_id)


def test_a_table_of_two_bodies_opens_it_for_the_coordination_and_can_decide(town: Town) -> None:
    case_id = accepted(town)
    protection, coordinator = town.runtime.safeguards.protection, town.who(COORDINATOR)
    protection.protect(coordinator, Reason.DUTY, case_id)
    meeting_id = open_meeting(town, case_id, present=(COORDINATOR,))
    meetings, lead = town.runtime.meetings, town.members["school"]
    with pytest.raises(StepRefused):
        meetings.open_protected(coordinator, meeting_id, case_id)
    for body in ("school", "police"):
        meetings.attend(coordinator, meeting_id, town.members[body], present=True)
    with pytest.raises(AccessDenied):
        decide(town, meeting_id, case_id, "kept", lead_id=lead)
    with pytest.raises(AccessDenied):
        meetings.open_protected(town.who("school"), meeting_id, case_id)
    meetings.open_protected(coordinator, meeting_id, case_id)
    assert reads(town, COORDINATOR, case_id)
    assert decide(town, meeting_id, case_id, "kept", lead_id=lead) is not None
    (leaf,) = leaves(town, Act.OPENING_GRANTED)
    assert (str(leaf["meeting"]), leaf["bodies"]) == (str(meeting_id), 3)


def test_who_has_a_link_leaves_the_room_and_does_not_make_a_table_nor_a_quorum(
    town: Town,
) -> None:
    case_id = accepted(town)
    coordinator, links = town.who(COORDINATOR), town.runtime.safeguards.links
    meeting_id = open_meeting(town, case_id, present=(COORDINATOR, "school", "police"))
    links.exclude(coordinator, Reason.DUTY, case_id, town.members["school"])
    with pytest.raises(StepRefused) as refused:
        decide(town, meeting_id, case_id, "kept", lead_id=town.members["police"])
    assert refused.value.reason == "no-quorum"
    meetings = town.runtime.meetings
    shown = meetings.read(town.who("school"), meeting_id)
    assert shown.items == ()
    meetings.attend(coordinator, meeting_id, town.members["mission"], present=True)
    assert decide(town, meeting_id, case_id, "kept", lead_id=town.members["police"])


def test_an_emergency_never_opens_it(town: Town, case_id: UUID) -> None:
    keepers = Keepers(employ(town))
    reference = str(fact(town, case_id, "reference"))
    with pytest.raises(AccessDenied):
        town.runtime.exceptional.ask(keepers.who("mission"), reference, Why.DANGER)


def test_an_emergency_ends_where_protection_begins(town: Town) -> None:
    case_id = accepted(town)
    keepers = Keepers(employ(town))
    read(town, COORDINATOR, case_id)
    reference = str(fact(town, case_id, "reference"))
    town.runtime.exceptional.ask(keepers.who("mission"), reference, Why.DANGER)
    assert town.runtime.cases.read(keepers.who("mission"), Reason.DUTY, case_id).subject
    town.runtime.safeguards.protection.protect(town.who(COORDINATOR), Reason.DUTY, case_id)
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(keepers.who("mission"), Reason.DUTY, case_id)
