"""Personal links: a case that does not exist for somebody, who says so, and how it ends."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from casework.audit.actions import Act
from casework.audit.lines import Asked
from casework.cases import orders
from casework.db.engine import Scope
from casework.errors import AccessDenied, InvalidInput, StepUpRequired
from casework.identity import Reason, Role, operator
from casework.keys.gateway import holding
from casework.keys.values import Acting
from casework.retention.policy import HoldReason
from casework.retention.values import NewHold
from tests.gathering import accepted, decide, fact, keep, open_meeting, today, version
from tests.holders import colleague
from tests.staff import employ
from tests.town import COUNCIL, Town

COORDINATOR, WORKER = "coordination", "street_work"


@pytest.fixture
def case_id(town: Town) -> UUID:
    """A case followed, the street worker leading, the school named."""
    found = accepted(town)
    keep(town, found)
    town.name(found, "school")
    return found


def finds(town: Town, body: str, case_id: UUID) -> bool:
    lines = town.runtime.cases.list_cases(town.who(body), Reason.DUTY, orders.Asked())
    return case_id in {line.head.id for line in lines}


def reads(town: Town, body: str, case_id: UUID) -> bool:
    try:
        town.runtime.cases.read(town.who(body), Reason.DUTY, case_id)
    except AccessDenied:
        return False
    return True


def declare(town: Town, body: str, case_id: UUID) -> None:
    town.runtime.safeguards.links.declare(town.who(body), Reason.DUTY, case_id)


def exclude(town: Town, case_id: UUID, holder: UUID, by: str = COORDINATOR) -> None:
    town.runtime.safeguards.links.exclude(town.who(by), Reason.DUTY, case_id, holder)


def second_coordinator(town: Town) -> None:
    """Let a colleague of the coordinator coordinate too."""
    colleague(employ(town), COORDINATOR, "deputy", Role.COORDINATOR)


def keys(town: Town, body: str, case_id: UUID) -> int:
    acting = Acting(COUNCIL, town.bodies[body])
    with town.runtime.stores.main.reading(Scope(COUNCIL, whole=True)) as session:
        held = holding.held_by_case(session, acting, case_id)
    return sum(one.entry is not None or one.pending for one in held)


def leaves(town: Town, act: Act) -> list[dict[str, Any]]:
    asked = Asked(acts=frozenset({act}))
    return [dict(one.detail) for one in town.runtime.register.read(town.who("dpo"), asked).lines]


def test_who_declares_a_link_finds_the_case_nowhere_from_then_on(town: Town, case_id: UUID) -> None:
    assert finds(town, "school", case_id)
    assert reads(town, "school", case_id)
    declare(town, "school", case_id)
    assert not finds(town, "school", case_id)
    assert not reads(town, "school", case_id)
    assert finds(town, WORKER, case_id)
    assert keys(town, "school", case_id) == 0


def test_a_declaration_on_a_case_one_does_not_find_is_refused_like_one_on_none(
    town: Town, case_id: UUID
) -> None:
    for wanted in (case_id, UUID(int=7)):
        with pytest.raises(AccessDenied):
            declare(town, "police", wanted)


def test_what_the_link_is_stands_nowhere(town: Town, case_id: UUID) -> None:
    declare(town, "school", case_id)
    (leaf,) = leaves(town, Act.LINK_DECLARED)
    assert set(leaf) == {"member", "led", "uncoordinated", "charter_text"}


def test_the_lead_who_declares_a_link_leads_no_more_and_their_actions_leave_their_lists(
    town: Town, case_id: UUID
) -> None:
    declare(town, WORKER, case_id)
    assert fact(town, case_id, "lead_id") is None
    (leaf,) = leaves(town, Act.LINK_DECLARED)
    assert (leaf["led"], leaf["uncoordinated"]) == (1, 0)
    home = town.runtime.home.open(town.who(WORKER), Reason.DUTY)
    assert (home.actions, home.referrals, home.waiting) == ([], [], [])


def test_who_has_a_link_is_not_named_nor_made_lead_nor_given_an_action(
    town: Town, case_id: UUID
) -> None:
    exclude(town, case_id, town.members["police"])
    with pytest.raises(InvalidInput):
        town.name(case_id, "police")
    other = accepted(town)
    exclude(town, other, town.members["police"])
    meeting_id = open_meeting(town, other)
    with pytest.raises(InvalidInput):
        decide(town, meeting_id, other, "kept", lead_id=town.members["police"])


def test_the_lead_sets_the_link_of_another_and_a_member_does_not(town: Town, case_id: UUID) -> None:
    with pytest.raises(AccessDenied):
        exclude(town, case_id, town.members["police"], by="school")
    exclude(town, case_id, town.members["school"], by=WORKER)
    assert not finds(town, "school", case_id)


def test_a_whole_body_is_kept_away_with_its_keys_even_the_one_that_referred(town: Town) -> None:
    case_id = accepted(town)
    assert keys(town, WORKER, case_id) > 0
    exclude(town, case_id, town.bodies[WORKER])
    town.runtime.parting_sweep.run(operator(COUNCIL, "job"))
    assert not finds(town, WORKER, case_id)
    assert keys(town, WORKER, case_id) == 0
    assert town.runtime.home.referrals(town.who(WORKER), Reason.DUTY) == []


def test_no_link_is_set_for_oneself_the_coordinating_body_or_a_stranger(
    town: Town, case_id: UUID
) -> None:
    for holder in (town.members[COORDINATOR], town.bodies[COORDINATOR], UUID(int=9)):
        with pytest.raises(InvalidInput):
            exclude(town, case_id, holder)
    assert finds(town, COORDINATOR, case_id)


def test_a_referral_let_go_says_its_outcome_to_nobody_who_is_kept_from_it(town: Town) -> None:
    case_id = town.refer()
    declare(town, WORKER, case_id)
    town.runtime.referrals.refuse(
        town.who(COORDINATOR), Reason.DUTY, case_id, version(town, case_id)
    )
    assert town.runtime.home.referrals(town.who(WORKER), Reason.DUTY) == []


def test_a_link_ends_when_the_coordination_asks_and_the_officer_agrees(
    town: Town, case_id: UUID
) -> None:
    links, school = town.runtime.safeguards.links, town.members["school"]
    declare(town, "school", case_id)
    officer = replace(town.who("dpo"), verified_at=town.clock.now())
    with pytest.raises(AccessDenied):
        links.answer(officer, case_id, school, agreed=True)
    with pytest.raises(AccessDenied):
        links.ask_lift(town.who("school"), Reason.DUTY, case_id, school)
    links.ask_lift(town.who(COORDINATOR), Reason.DUTY, case_id, school)
    assert not finds(town, "school", case_id)
    assert [one.holder_id for one in links.look(officer).lifts] == [school]
    with pytest.raises(StepUpRequired):
        links.answer(town.who("dpo"), case_id, school, agreed=True)
    links.answer(officer, case_id, school, agreed=False)
    assert links.look(officer).lifts == ()
    links.ask_lift(town.who(COORDINATOR), Reason.DUTY, case_id, school)
    links.answer(officer, case_id, school, agreed=True)
    # Being named ended with the link, and does not come back with its end.
    assert not finds(town, "school", case_id)
    town.name(case_id, "school")
    assert reads(town, "school", case_id)


def test_nobody_but_the_officer_looks_or_answers(town: Town, case_id: UUID) -> None:
    links, school = town.runtime.safeguards.links, town.members["school"]
    declare(town, "school", case_id)
    links.ask_lift(town.who(COORDINATOR), Reason.DUTY, case_id, school)
    for body in (COORDINATOR, WORKER, "school", "archives"):
        fresh = replace(town.who(body), verified_at=town.clock.now())
        with pytest.raises(AccessDenied):
            links.look(fresh)
        with pytest.raises(AccessDenied):
            links.answer(fresh, case_id, school, agreed=True)


def test_the_only_coordinator_with_a_link_is_told_before_and_the_officer_afterwards(
    town: Town, case_id: UUID
) -> None:
    links, coordinator = town.runtime.safeguards.links, town.who(COORDINATOR)
    seen = links.see(coordinator, Reason.DUTY, case_id)
    assert (seen.alone, seen.leads) == (True, False)
    assert not links.see(town.who(WORKER), Reason.DUTY, case_id).alone
    declare(town, COORDINATOR, case_id)
    assert not finds(town, COORDINATOR, case_id)
    assert leaves(town, Act.LINK_DECLARED)[0]["uncoordinated"] == 1
    assert [one.case_id for one in links.look(town.who("dpo")).uncoordinated] == [case_id]


def test_another_coordinator_takes_the_case_over(town: Town, case_id: UUID) -> None:
    second_coordinator(town)
    assert not town.runtime.safeguards.links.see(town.who(COORDINATOR), Reason.DUTY, case_id).alone
    declare(town, COORDINATOR, case_id)
    assert town.runtime.safeguards.links.look(town.who("dpo")).uncoordinated == ()
    assert reads(town, "deputy", case_id)


def test_a_case_kept_from_who_closes_a_meeting_holds_it_up_no_more_than_none(
    town: Town, case_id: UUID
) -> None:
    second_coordinator(town)
    meeting_id = open_meeting(town, case_id)
    declare(town, "deputy", case_id)
    meetings, deputy = town.runtime.meetings, town.who("deputy")
    assert meetings.read(deputy, meeting_id).items == ()
    meetings.close(deputy, meeting_id, version=2)
    # It is free again for the next agenda, which the other coordinator prepares.
    assert fact(town, case_id, "agenda_of") is None


def test_nobody_holds_a_case_that_is_kept_from_them(town: Town, case_id: UUID) -> None:
    hold = NewHold(HoldReason.COMPLAINT, today(town) + timedelta(days=9))
    declare(town, COORDINATOR, case_id)
    for wanted in (case_id, UUID(int=7)):
        with pytest.raises(AccessDenied):
            town.runtime.retention.hold(town.who(COORDINATOR), wanted, hold)
