"""A family before the council of its commune, step by step, by those who take each."""

from uuid import UUID

import pytest

from casework.cases.procedures.family_council import NOTIFICATIONS
from casework.cases.procedures.steps import CaseState, Step
from casework.errors import AccessDenied, InvalidInput, StepRefused
from casework.identity import Reason
from tests.families import (
    HEARD,
    SUPPORT,
    YES_TO_ALL,
    Families,
)
from tests.gathering import fact, sweep, version, wait


def supported(families: Families) -> UUID:
    case_id = families.proposed()
    families.consult(case_id)
    families.take("departement", case_id, Step.ADVISE, opinion="favourable")
    families.agree(case_id)
    families.notify(case_id, *NOTIFICATIONS)
    return case_id


def refused(families: Families, body: str, case_id: UUID, step: Step, **said: str) -> str:
    """Return why somebody’s step is refused by the charter."""
    with pytest.raises(AccessDenied) as caught:
        families.take(body, case_id, step, **said)
    return caught.value.reason


def test_a_family_goes_from_the_request_to_the_certificate(families: Families) -> None:
    case_id = supported(families)
    families.take("families", case_id, Step.MEET, met_on=families.day(), came="all")
    solemn = {"certified_on": families.day(), "undertaking": "yes"}
    families.take("families", case_id, Step.CERTIFY, **solemn)
    town = families.town
    assert fact(town, case_id, "state") == CaseState.CLOSED
    assert fact(town, case_id, "closure_reason") == "certified"
    wait(town, until=fact(town, case_id, "due_on"))
    sweep(town)
    assert fact(town, case_id, "state") == CaseState.SEALED


def test_each_step_is_refused_to_one_who_is_not_the_right_person(families: Families) -> None:
    town = families.town
    case_id = families.refer()
    assert refused(families, "college", case_id, Step.ACCEPT, **YES_TO_ALL) == "no-rule"
    families.take("families", case_id, Step.ACCEPT, **YES_TO_ALL)
    town.runtime.cases.name(
        town.who("families"), Reason.DUTY, case_id, town.members["centre"], None
    )
    families.sit(case_id)
    with pytest.raises(AccessDenied):
        families.decide(case_id, "kept", body="centre")
    families.decide(case_id, "kept", body="deputy")
    families.rise()
    invitation = {"sent_on": families.day(), "hearing_on": families.day(), "conflict": "no"}
    assert refused(families, "deputy", case_id, Step.SUMMON, **invitation) == "no-rule"
    families.invite(case_id)
    assert refused(families, "families", case_id, Step.HEAR, **HEARD) == "no-rule"
    families.sit(case_id)
    assert refused(families, "centre", case_id, Step.HEAR, **HEARD) == "no-rule"
    families.take("deputy", case_id, Step.HEAR, **HEARD)
    unknown = refused(families, "housing", case_id, Step.PROPOSE, **SUPPORT)
    assert unknown in {"not-admitted", "no-such-case"}
    families.take("deputy", case_id, Step.PROPOSE, **SUPPORT)
    families.decide(case_id, "continued")
    families.rise()
    assert refused(families, "centre", case_id, Step.CONSULT) == "no-rule"
    families.consult(case_id)
    assert refused(families, "centre", case_id, Step.ADVISE, opinion="favourable") == "no-rule"
    families.take("departement", case_id, Step.ADVISE, opinion="favourable")
    assert refused(families, "centre", case_id, Step.NOTIFY_PREFECT) == "no-rule"
    families.notify(case_id, *NOTIFICATIONS)
    assert refused(families, "deputy", case_id, Step.AGREE) == "no-rule"
    families.agree(case_id)
    assert refused(families, "centre", case_id, Step.MEET) == "no-rule"
    assert refused(families, "centre", case_id, Step.CERTIFY) == "no-rule"


def test_whoever_gives_the_opinion_opens_the_family_until_it_is_given(families: Families) -> None:
    case_id, read = families.proposed(), families.town.runtime.cases.read
    with pytest.raises(AccessDenied):
        read(families.town.who("departement"), Reason.DUTY, case_id)
    families.consult(case_id)
    opened = read(families.town.who("departement"), Reason.DUTY, case_id)
    assert Step.CONSULT in {one.step for one in opened.steps}
    families.take("departement", case_id, Step.ADVISE, opinion="reserved", remark="Inventée.")
    with pytest.raises(AccessDenied):
        read(families.town.who("departement"), Reason.DUTY, case_id)
    steps = read(families.town.who("families"), Reason.DUTY, case_id).steps
    (answered,) = [one.answers for one in steps if one.step is Step.ADVISE]
    assert answered == {"opinion": "reserved", "remark": "Inventée."}


def test_an_opinion_asked_by_post_is_entered_by_the_coordination(families: Families) -> None:
    case_id = families.proposed()
    families.consult(case_id, asked=None)
    said = {"received_on": families.day(), "opinion": "none"}
    with pytest.raises(StepRefused, match="opinion-day-to-come"):
        families.take("families", case_id, Step.LODGE, **said)
    families.town.clock.advance(days=22)
    said = {"received_on": families.day(), "opinion": "none"}
    families.take("families", case_id, Step.LODGE, **said)
    families.agree(case_id)


def test_telling_the_four_leaves_the_day_of_the_answer_as_it_is(families: Families) -> None:
    case_id = families.proposed()
    families.consult(case_id)
    awaited = fact(families.town, case_id, "awaited_on")
    families.notify(case_id, *NOTIFICATIONS)
    assert fact(families.town, case_id, "awaited_on") == awaited


def test_the_invitation_informs_the_family_on_its_day(families: Families) -> None:
    case_id = families.kept()
    assert fact(families.town, case_id, "informed_on") is None
    families.invite(case_id, days=14)
    assert str(fact(families.town, case_id, "informed_on")) == families.day()
    assert str(fact(families.town, case_id, "awaited_on")) == families.day(14)


def test_a_family_that_does_not_come_is_invited_again_and_its_review_still_comes(
    families: Families,
) -> None:
    case_id = families.invited()
    review = fact(families.town, case_id, "review_by")
    families.town.clock.advance(days=20)
    families.take("families", case_id, Step.MISS, why_absent="no_answer")
    assert fact(families.town, case_id, "state") == CaseState.FOLLOWED
    assert fact(families.town, case_id, "review_by") == review
    families.invite(case_id)
    assert fact(families.town, case_id, "state") == CaseState.SUMMONED


def test_an_expected_family_is_proposed_for_the_next_agenda(families: Families) -> None:
    case_id, town = families.invited(), families.town
    due = town.runtime.meetings.proposals(town.who("families"), families.group_id)
    assert [(one.head.id, [str(why) for why in one.why]) for one in due] == [(case_id, ["hearing"])]


def test_a_refused_support_leaves_the_family_followed(families: Families) -> None:
    case_id = families.proposed()
    said = {"declined_on": families.day(), "motive": "given"}
    families.take("families", case_id, Step.DECLINE, **said)
    assert fact(families.town, case_id, "state") == CaseState.FOLLOWED


def test_no_list_ends_a_family_as_certified(families: Families) -> None:
    case_id, town = families.kept(), families.town
    with pytest.raises(InvalidInput) as caught:
        town.runtime.cases.close(
            town.who("families"), Reason.DUTY, case_id, version(town, case_id), "certified"
        )
    assert list(caught.value.fields) == ["why"]


def test_a_family_that_leaves_the_commune_is_closed_and_known_no_longer_than_the_others(
    families: Families,
) -> None:
    case_id, town = families.invited(), families.town
    town.runtime.cases.close(
        town.who("families"), Reason.DUTY, case_id, version(town, case_id), "moved"
    )
    assert fact(town, case_id, "state") == CaseState.CLOSED
    assert str(fact(town, case_id, "due_on")) > families.day(80)


def test_the_plain_acceptance_of_a_referral_does_not_pass_by_the_checks(
    families: Families,
) -> None:
    case_id, town = families.refer(), families.town
    with pytest.raises(StepRefused, match="form-of-its-own"):
        town.runtime.referrals.accept(town.who("families"), Reason.DUTY, case_id, 1)


def test_a_step_answered_with_what_is_not_on_its_list_changes_nothing(families: Families) -> None:
    case_id = families.kept()
    with pytest.raises(InvalidInput) as caught:
        families.invite(case_id, days=-1, invited="everybody")
    assert set(caught.value.fields) == {"hearing_on", "invited"}
    assert fact(families.town, case_id, "state") == CaseState.FOLLOWED
