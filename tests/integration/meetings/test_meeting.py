"""A meeting of the group: who may decide, what a decision does, and an end when all is done."""

from datetime import date, timedelta

import pytest

from casework.cases.agenda import MeetingDecision
from casework.cases.orders import NewAction
from casework.db.engine import Scope
from casework.errors import AccessDenied, Conflict, InvalidInput, StepRefused
from casework.identity import Reason
from casework.meetings.policy import ItemState, MeetingState
from tests.gathering import (
    accepted,
    close,
    decide,
    fact,
    keep,
    open_meeting,
    rows,
    today,
    version,
)
from tests.raw import raw
from tests.town import COUNCIL, Town


def test_a_kept_case_has_a_lead_a_review_and_a_number(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id)
    lead, action = town.members["street_work"], _action(town)
    number = decide(town, meeting_id, case_id, "kept", lead_id=lead, action=action)
    case = town.runtime.cases.read(town.who("street_work"), Reason.MEETING, case_id)
    assert number == 1
    assert (case.head.lead_id, case.head.review_by) == (lead, date(2027, 5, 23))
    assert [(one.number, one.code) for one in case.decisions] == [(1, "kept")]
    assert [one.kind for one in case.actions] == ["school_contact"]


def test_a_kept_case_needs_a_lead(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id)
    with pytest.raises(InvalidInput) as refused:
        decide(town, meeting_id, case_id, "kept")
    assert list(refused.value.fields) == ["lead"]
    assert fact(town, case_id, "state") == "accepted"


@pytest.mark.parametrize(("code", "why"), [("not_kept", ""), ("redirected", "ordinary_service")])
def test_a_case_not_kept_dies_with_the_decision(town: Town, code: str, why: str) -> None:
    case_id = accepted(town)
    peppers = town.runtime.stores.keystore.count(town.runtime.council_id)
    meeting_id = open_meeting(town, case_id)
    decide(town, meeting_id, case_id, code, why=why)
    assert peppers > 0
    assert town.runtime.stores.keystore.count(town.runtime.council_id) == 0
    assert [rows(town, one) for one in ("persons", "referrals", "rings", "decisions")] == [0] * 4
    assert rows(town, "tallies") == 1
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(town.who("coordination"), Reason.MEETING, case_id)


def test_rule_16_a_case_does_not_pass_its_first_review_uninformed(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    _forget_information(town)
    meeting_id = open_meeting(town, case_id)
    with pytest.raises(StepRefused) as refused:
        decide(town, meeting_id, case_id, "continued")
    assert refused.value.reason == "information-due"
    assert "CNIL" in refused.value.source
    lead = town.who("street_work")
    seen = version(town, case_id)
    town.runtime.cases.inform(lead, Reason.OWN_ACTION, case_id, seen, today(town))
    assert decide(town, meeting_id, case_id, "continued") == 2


def test_a_case_put_off_counts_a_meeting_without_decision(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id, present=())
    coordinator = town.who("coordination")
    town.runtime.meetings.postpone(coordinator, meeting_id, case_id, version(town, case_id))
    assert fact(town, case_id, "meetings_without_decision") == 1
    assert rows(town, "decisions") == 0
    (item,) = town.runtime.meetings.read(coordinator, meeting_id).items
    assert item.state is ItemState.POSTPONED


def test_a_case_put_off_may_still_be_decided_in_the_same_meeting(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id)
    decide(town, meeting_id, case_id, "postponed")
    with pytest.raises(StepRefused):
        decide(town, meeting_id, case_id, "postponed")
    decide(town, meeting_id, case_id, "kept", lead_id=town.members["street_work"])
    assert fact(town, case_id, "meetings_without_decision") == 0


def test_a_case_closed_by_the_meeting_starts_its_clock(town: Town) -> None:
    case_id = accepted(town)
    keep(town, case_id)
    meeting_id = open_meeting(town, case_id)
    decide(town, meeting_id, case_id, "closed", why="objectives_met")
    assert fact(town, case_id, "state") == "closed"
    assert str(fact(town, case_id, "due_on")) == "2027-02-23"


def test_two_bodies_present_cannot_decide(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id, present=("school", "police"))
    with pytest.raises(StepRefused) as refused:
        decide(town, meeting_id, case_id, "not_kept")
    assert refused.value.reason == "no-quorum"
    assert fact(town, case_id, "state") == "accepted"


def test_who_has_left_no_longer_counts(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id)
    town.runtime.meetings.attend(
        town.who("police"), meeting_id, town.members["police"], present=False
    )
    with pytest.raises(StepRefused):
        decide(town, meeting_id, case_id, "not_kept")


def test_a_member_notes_only_their_own_presence(town: Town) -> None:
    meeting_id = open_meeting(town, present=())
    with pytest.raises(AccessDenied):
        town.runtime.meetings.attend(
            town.who("police"), meeting_id, town.members["school"], present=True
        )


def test_a_meeting_does_not_close_while_a_case_waits(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id)
    coordinator, meetings = town.who("coordination"), town.runtime.meetings
    with pytest.raises(StepRefused) as refused:
        meetings.close(coordinator, meeting_id, version=2)
    assert refused.value.reason == "agenda-unfinished"
    decide(town, meeting_id, case_id, "postponed")
    meetings.close(coordinator, meeting_id, version=2)
    assert meetings.read(coordinator, meeting_id).line.state is MeetingState.CLOSED
    assert fact(town, case_id, "agenda_of") is None
    assert not fact(town, case_id, "in_meeting")


def test_a_case_that_ended_elsewhere_does_not_keep_a_meeting_open(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id)
    close(town, case_id)
    coordinator = town.who("coordination")
    town.runtime.meetings.close(coordinator, meeting_id, version=2)
    (item,) = town.runtime.meetings.read(coordinator, meeting_id).items
    assert item.state is ItemState.WITHDRAWN


def test_nothing_is_decided_before_the_meeting_opens_or_after_it_closes(town: Town) -> None:
    case_id = accepted(town)
    coordinator, meetings = town.who("coordination"), town.runtime.meetings
    meeting_id = meetings.prepare(coordinator, town.group_id, today(town), [case_id])
    with pytest.raises(AccessDenied):
        decide(town, meeting_id, case_id, "not_kept")
    meetings.open(coordinator, meeting_id, version=1)
    decide(town, meeting_id, case_id, "postponed")
    meetings.close(coordinator, meeting_id, version=2)
    with pytest.raises(AccessDenied):
        decide(town, meeting_id, case_id, "not_kept")


def test_a_decision_from_an_older_page_is_a_conflict(town: Town) -> None:
    case_id = accepted(town)
    meeting_id = open_meeting(town, case_id)
    stale = MeetingDecision(case_id=case_id, version=1, code="not_kept")
    with pytest.raises(Conflict) as refused:
        town.runtime.meetings.decide(town.who("coordination"), meeting_id, stale)
    assert refused.value.current == version(town, case_id)


@pytest.mark.parametrize("body", ["school", "dpo", "archives"])
def test_only_the_coordination_prepares_opens_decides_and_closes(town: Town, body: str) -> None:
    case_id = accepted(town)
    town.name(case_id, "school")
    meeting_id = open_meeting(town, case_id)
    who, meetings = town.who(body), town.runtime.meetings
    decision = MeetingDecision(case_id=case_id, version=2, code="not_kept")
    with pytest.raises(AccessDenied):
        meetings.prepare(who, town.group_id, today(town), [])
    with pytest.raises(AccessDenied):
        meetings.open(who, meeting_id, version=2)
    with pytest.raises(AccessDenied):
        meetings.decide(who, meeting_id, decision)
    with pytest.raises(AccessDenied):
        meetings.close(who, meeting_id, version=2)
    with pytest.raises(AccessDenied):
        meetings.proposals(who, town.group_id)


def _action(town: Town) -> NewAction:
    return NewAction(
        kind="school_contact",
        detail="Bilan inventé",
        lead_id=town.members["street_work"],
        lead_organisation_id=town.bodies["street_work"],
        due_on=today(town) + timedelta(days=14),
    )


def _forget_information(town: Town) -> None:
    """Leave the persons of every case uninformed, and no reason for it."""
    with town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
        session.execute(raw("UPDATE cases SET informed_on = NULL, delay_reason = NULL"))
