"""Yes, contact somebody, or no: between two groups, on both databases."""

from dataclasses import replace
from datetime import date

import pytest

from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked
from casework.charters.vocabulary import Recipient
from casework.db.engine import Scope
from casework.errors import AccessDenied, QuestionsSpent
from casework.identity import Reason
from casework.presence.policy import PER_HOUR
from casework.presence.values import Contact
from tests.neighbours import ROOT, Neighbours
from tests.town import COUNCIL

SQLITE = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def acts(neighbours: Neighbours) -> list[str]:
    """Return the acts of the register from the first question on."""
    with neighbours.town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        found = RegisterGateway(session, COUNCIL).onward(Asked(), (), (0, 1 << 40))
    told = [f"{one.kind} {one.outcome}" for one in found]
    begun = next((n for n, one in enumerate(told) if one.startswith("presence:")), len(told))
    return told[begun:]


def test_somebody_followed_next_door_is_found_with_whom_to_call_and_nothing_more(
    neighbours: Neighbours,
) -> None:
    assert not neighbours.ask().followed
    neighbours.follow_east()
    answer = neighbours.ask(names=("ZEPHIRINQUOIS", "Mailys"))
    assert answer.contact == Contact(
        "Mme Invention Membre-mission", "Organisme inventé mission", "Groupe Est"
    )
    assert not neighbours.ask(names=("Zéphirinquois", "Océane")).followed
    assert not neighbours.ask(born=date(2010, 5, 18)).followed


def test_one_s_own_group_answers_too_and_two_groups_give_one_contact(
    neighbours: Neighbours,
) -> None:
    neighbours.follow(neighbours.west, "street_work", "coordination")
    own = neighbours.ask("school").contact
    assert own is not None
    assert own.group == "Groupe Ouest"
    neighbours.follow_east()
    both = neighbours.ask("school").contact
    assert both is not None
    assert both.group == "Groupe Est"


def test_one_s_own_trail_does_not_tell_what_was_found_nor_how_much(neighbours: Neighbours) -> None:
    neighbours.follow(neighbours.west, "street_work", "coordination")
    neighbours.follow_east()
    runtime, who = neighbours.town.runtime, neighbours.town.who("school")
    asked = neighbours.ask("school")
    runtime.presence.questions.answer(who, Reason.REFERRAL, asked.question_id)
    lines = runtime.readings.trails.own(who, Reason.DUTY).lines
    told = [one for one in lines if one.act.startswith("presence:")]
    assert len(told) == 2
    assert [(one.case_id, one.cases) for one in told] == [(None, ())] * 2


def test_a_referral_that_waits_and_a_case_that_is_closed_answer_no(neighbours: Neighbours) -> None:
    waiting = neighbours.refer(neighbours.east, "police")
    assert not neighbours.ask().followed
    who, runtime = neighbours.town.who("mission"), neighbours.town.runtime
    runtime.referrals.accept(who, Reason.DUTY, waiting, version=1)
    assert neighbours.ask().followed
    runtime.cases.close(who, Reason.DUTY, waiting, version=3, why="moved")
    assert not neighbours.ask().followed


@SQLITE
def test_a_group_whose_charter_is_silent_neither_asks_nor_answers(neighbours: Neighbours) -> None:
    town = neighbours.town
    town.follow(town.refer())
    assert not neighbours.ask().followed
    assert acts(neighbours)[-1] == "presence:answered allowed"
    with pytest.raises(AccessDenied):
        neighbours.ask(group_id=town.group_id)
    assert acts(neighbours)[-1] == "access:refused refused"
    assert town.runtime.presence_index.versions() == {}


@SQLITE
@pytest.mark.parametrize("body", ["landlord", "police", "dpo", "archives"])
def test_nobody_asks_for_a_group_they_do_not_sit_in(neighbours: Neighbours, body: str) -> None:
    neighbours.follow_east()
    with pytest.raises(AccessDenied):
        neighbours.ask(body)


def test_each_question_is_two_lines_and_the_second_names_the_case(neighbours: Neighbours) -> None:
    case_id = neighbours.follow_east()
    neighbours.ask()
    neighbours.ask(names=("Personne", "Inventée"))
    asked = ["presence:asked allowed", "presence:answered allowed"]
    assert acts(neighbours) == asked * 2
    tag = neighbours.town.runtime.register_keys.of(COUNCIL).tags.tag("case", case_id)
    with neighbours.town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        lines = RegisterGateway(session, COUNCIL).onward(Asked(), [tag], (0, 1 << 40))
    assert [one.kind for one in lines].count("presence:answered") == 1


@SQLITE
def test_whoever_is_named_by_the_charter_asks_and_no_other(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = neighbours.town
    charter = town.runtime.charters
    with town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
        own = charter.of_version(session, COUNCIL, neighbours.charter_id)
    narrow = replace(own.presence, recipients=(Recipient.COORDINATOR,))
    monkeypatch.setitem(charter._known, neighbours.charter_id, replace(own, presence=narrow))
    assert not neighbours.ask("coordination").followed
    with pytest.raises(AccessDenied):
        neighbours.ask("street_work")


@SQLITE
def test_the_thirty_first_question_of_an_hour_finds_nothing_and_is_recorded(
    neighbours: Neighbours,
) -> None:
    neighbours.follow_east()
    for _ in range(PER_HOUR):
        assert neighbours.ask().followed
    with pytest.raises(QuestionsSpent) as spent:
        neighbours.ask()
    assert spent.value.after == 3600
    assert acts(neighbours)[-1] == "presence:asked refused"
    assert neighbours.ask("school").followed
    neighbours.town.clock.advance(minutes=60)
    assert neighbours.ask().followed


@SQLITE
def test_a_question_that_slipped_past_the_count_at_the_same_moment_is_not_answered(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As two requests at once on PostgreSQL: the first count of each saw one question too few."""
    for _ in range(PER_HOUR):
        neighbours.ask()
    service = neighbours.town.runtime.presence.questions
    counted = type(service)._wait
    first = iter([True])
    monkeypatch.setattr(
        type(service),
        "_wait",
        lambda self, work, most: 0 if next(first, False) else counted(self, work, most),
    )
    with pytest.raises(QuestionsSpent):
        neighbours.ask()
    assert acts(neighbours)[-2:] == ["presence:asked allowed", "presence:asked refused"]


def test_a_protected_person_answers_nobody(neighbours: Neighbours) -> None:
    protected = neighbours.follow_east()
    assert neighbours.ask().followed
    who = neighbours.town.who("mission")
    neighbours.town.runtime.safeguards.protection.protect(who, Reason.DUTY, protected)
    assert not neighbours.ask().followed
    assert not neighbours.ask("mission", neighbours.east).followed


def test_whoever_is_tied_to_a_person_is_told_no(neighbours: Neighbours) -> None:
    tied = neighbours.follow_east()
    assert neighbours.ask("police", neighbours.east).followed
    who = neighbours.town.who("police")
    neighbours.town.runtime.safeguards.links.declare(who, Reason.DUTY, tied)
    assert not neighbours.ask("police", neighbours.east).followed
    assert neighbours.ask().followed


@SQLITE
def test_decoys_have_tags_like_any_case(neighbours: Neighbours) -> None:
    town = neighbours.town
    town.runtime.decoy_service.place(ROOT, neighbours.west)
    assert len(town.runtime.presence_index.versions()) == 1
