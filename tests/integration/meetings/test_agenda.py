"""What is due, what is on an agenda, and who finds it there."""

from datetime import date, timedelta

import pytest

from casework.cases.agenda import DueWhy
from casework.cases.orders import NewAction
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Reason
from casework.meetings.policy import ItemState
from tests.gathering import (
    accepted,
    keep,
    open_meeting,
    rows,
    today,
    version,
    wait,
)
from tests.town import Town


def test_a_case_never_decided_is_proposed(town: Town) -> None:
    case_id = accepted(town)
    (due,) = town.runtime.meetings.proposals(town.who("coordination"), town.group_id)
    assert (due.head.id, due.why) == (case_id, (DueWhy.NEW,))


def test_a_followed_case_is_proposed_when_its_review_comes_near(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    coordinator = town.who("coordination")
    assert town.runtime.meetings.proposals(coordinator, town.group_id) == []
    wait(town, until=date(2027, 4, 30))
    (due,) = town.runtime.meetings.proposals(town.who("coordination"), town.group_id)
    assert due.why == (DueWhy.REVIEW,)


def test_a_followed_case_is_proposed_when_an_action_is_late(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    action = _action(town)
    town.runtime.actions.open(town.who("coordination"), Reason.DUTY, case_id, action)
    wait(town, until=action.due_on + timedelta(days=1))
    (due,) = town.runtime.meetings.proposals(town.who("coordination"), town.group_id)
    assert due.why == (DueWhy.LATE,)


def test_a_case_on_an_agenda_is_not_proposed_again_nor_put_on_another(town: Town) -> None:
    case_id = accepted(town)
    coordinator, meetings = town.who("coordination"), town.runtime.meetings
    meetings.prepare(coordinator, town.group_id, today(town), [case_id])
    assert meetings.proposals(coordinator, town.group_id) == []
    with pytest.raises(InvalidInput):
        meetings.prepare(coordinator, town.group_id, today(town), [case_id])


def test_a_case_just_referred_cannot_be_put_on_an_agenda(town: Town) -> None:
    referred = town.refer()
    with pytest.raises(InvalidInput):
        town.runtime.meetings.prepare(
            town.who("coordination"), town.group_id, today(town), [referred]
        )
    assert rows(town, "meetings") == 0


def test_a_case_taken_off_an_agenda_can_be_put_on_another(town: Town) -> None:
    case_id = accepted(town)
    coordinator, meetings = town.who("coordination"), town.runtime.meetings
    first = meetings.prepare(coordinator, town.group_id, today(town), [case_id])
    meetings.withdraw(coordinator, first, case_id)
    second = meetings.prepare(coordinator, town.group_id, today(town), [])
    meetings.add(coordinator, second, [case_id])
    (item,) = meetings.read(coordinator, second).items
    assert (item.case_id, item.state) == (case_id, ItemState.WAITING)


def test_marks_of_a_meeting_do_not_age_the_pages_of_a_case(town: Town) -> None:
    case_id = accepted(town)
    before = version(town, case_id)
    open_meeting(town, case_id)
    assert version(town, case_id) == before


def test_who_is_not_of_the_group_finds_no_meeting(town: Town) -> None:
    meeting_id = open_meeting(town, accepted(town))
    controller, meetings = town.who("dpo"), town.runtime.meetings
    assert meetings.mine(controller) == []
    with pytest.raises(AccessDenied):
        meetings.read(controller, meeting_id)


def test_a_member_finds_on_the_agenda_the_cases_they_are_named_on_alone(town: Town) -> None:
    known, other = accepted(town), accepted(town)
    town.name(known, "school")
    meeting_id = open_meeting(town, known, other)
    meetings = town.runtime.meetings
    shown = meetings.read(town.who("school"), meeting_id)
    assert [item.case_id for item in shown.items] == [known]
    assert meetings.read(town.who("police"), meeting_id).items == ()
    assert len(meetings.read(town.who("coordination"), meeting_id).items) == 2


def test_an_agenda_says_who_is_named_and_how_many_bodies_are_there(town: Town) -> None:
    case_id = accepted(town)
    town.name(case_id, "school")
    meeting_id = open_meeting(town, case_id)
    meeting = town.runtime.meetings.read(town.who("coordination"), meeting_id)
    (item,) = meeting.items
    assert item.case is not None
    assert item.case.head.reference == "SN-2026-001"
    assert [one.member_id for one in item.case.namings] == [town.members["school"]]
    assert (len(meeting.organisations), meeting.quorum, meeting.can_decide) == (3, 3, True)


def _action(town: Town) -> NewAction:
    return NewAction(
        kind="school_contact",
        detail="Bilan inventé",
        lead_id=town.members["street_work"],
        lead_organisation_id=town.bodies["street_work"],
        due_on=today(town) + timedelta(days=14),
    )
