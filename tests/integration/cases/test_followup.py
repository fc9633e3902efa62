"""A follow-up from the referral to the reading, by the people who do it."""

from datetime import date

import pytest

from casework.cases.orders import Asked, NewAction
from casework.errors import AccessDenied
from casework.identity import Reason
from casework.keys.values import Withheld
from tests.town import Town


def test_the_coordinator_opens_a_referral_just_sent(town: Town) -> None:
    case_id = town.refer()
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert case.subject is not None
    assert case.subject.family_name == "Zéphirinquois"
    assert case.referral is not None
    assert case.referral.reporter == "Mme Corbinguy, voisine inventée"


def test_a_partner_not_named_finds_nothing(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    police = town.who("police")
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(police, Reason.DUTY, case_id)
    assert town.runtime.cases.list_cases(police, Reason.DUTY, Asked()) == []


def test_a_named_partner_reads_the_sheet_and_never_the_origin(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    case = town.runtime.cases.read(town.who("school"), Reason.MEETING, case_id)
    assert case.subject is not None
    assert case.subject.given_name == "Maïlys"
    assert case.referral is not None
    assert case.referral.reason == "truancy"
    assert isinstance(case.referral.reporter, Withheld)


def test_a_note_is_read_by_its_own_service_alone(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    town.runtime.cases.note(town.who("school"), Reason.DUTY, case_id, "Note gardée.")
    own = town.runtime.cases.read(town.who("school"), Reason.DUTY, case_id)
    others = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert [one.text for one in own.notes] == ["Note gardée."]
    assert others.notes == ()


def test_lists_show_names_to_those_who_may_open_them(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    lines = town.runtime.cases.list_cases(town.who("school"), Reason.MEETING, Asked())
    assert [(line.head.reference, line.family_name) for line in lines] == [
        ("SN-2026-001", "Zéphirinquois")
    ]


def test_an_action_is_opened_and_reported(town: Town) -> None:
    case_id = town.refer()
    town.follow(case_id)
    town.name(case_id, "school")
    action = NewAction(
        kind="school_contact",
        detail="Bilan inventé",
        lead_id=town.members["school"],
        lead_organisation_id=town.bodies["school"],
        due_on=date(2026, 12, 3),
    )
    action_id = town.runtime.actions.open(town.who("coordination"), Reason.DUTY, case_id, action)
    actions, heads = town.runtime.cases.list_actions(town.who("school"), Reason.OWN_ACTION)
    assert [one.detail for one in actions] == ["Bilan inventé"]
    assert case_id in heads
    town.runtime.actions.report(
        town.who("school"), Reason.OWN_ACTION, action_id, 1, ("done", "Fait.")
    )
    case = town.runtime.cases.read(town.who("coordination"), Reason.DUTY, case_id)
    assert [(one.state, one.outcome) for one in case.actions] == [("done", "Fait.")]


def test_a_referral_not_kept_opens_for_nobody_any_more(town: Town) -> None:
    case_id = town.refer()
    coordinator = town.who("coordination")
    town.runtime.referrals.refuse(coordinator, Reason.DUTY, case_id, version=1)
    with pytest.raises(AccessDenied):
        town.runtime.cases.read(coordinator, Reason.DUTY, case_id)
