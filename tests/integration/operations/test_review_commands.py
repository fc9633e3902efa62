"""`casework review`: who answered, and the mayor's word for somebody who is alone."""

import pytest

from casework.clock import local_day
from casework.commands.acting import instance as opened_instance
from casework.commands.acting import root
from casework.db.engine import Scope
from casework.identity import Principal, PrincipalKind, Reason
from casework.operations.instance import Instance
from casework.partners import gateway as partners
from casework.reviews.values import ReviewState, Said
from tests.integration.operations.test_commands import BODY, acts, now, operated, run, staffed, told

__all__ = ["operated"]

pytestmark = [
    pytest.mark.usefixtures("operated"),
    pytest.mark.parametrize("environment", ["sqlite"], indirect=True),
]


def only_member(opened: Instance) -> Principal:
    """Return the only member there is, as a session would establish them."""
    (member,) = opened.members.list(root(opened))
    with opened.stores.main.reading(Scope(opened.council_id)) as session:
        found = partners.standing(session, opened.council_id, member.id, local_day(now()))
    assert found is not None
    return Principal(
        PrincipalKind.MEMBER,
        opened.council_id,
        member.id,
        found.organisation.id,
        mandates=found.mandates,
    )


def answer_alone() -> None:
    """Undertake the charter, then say of oneself that one is still there."""
    with opened_instance() as opened:
        (group,) = opened.groups.list(root(opened))
        opened.charter_service.undertake(only_member(opened), Reason.SIGN_IN, group.charter_id)
        who, answers = only_member(opened), opened.reviews.answers
        review = answers.own(who).review
        assert review is not None
        assert who.member_id is not None
        said = {who.member_id: Said.HERE}
        assert answers.answer(who, review.id, review.version, said).state is ReviewState.AWAITING


def test_the_mayor_s_word_confirms_a_coordinator_who_is_alone() -> None:
    staffed()
    assert told("review", "list")["reviews"] == []
    told("tick")
    assert [one["state"] for one in told("review", "list")["reviews"]] == ["open"]
    assert run("review", "confirm", BODY).exit_code == 1
    answer_alone()
    told("review", "confirm", BODY)
    (review,) = told("review", "list")["reviews"]
    assert (review["state"], list(review["said"].values())) == ("done", ["here"])
    assert acts().count("review:confirmed") == 1


def test_a_body_that_was_asked_nothing_is_said_so() -> None:
    staffed()
    assert run("review", "confirm", BODY).exit_code == 2


def test_the_record_is_written_for_a_program() -> None:
    staffed()
    record = told("charter", "record")
    (activity,) = record["activities"]
    assert activity["kind"] == "followup"
    assert {one["class"] for one in activity["data"]} >= {"list", "identity", "social"}
    assert [one["figure"] for one in activity["terms"] if one["key"] == "review_months"] == [6]
    on = {one["name"] for one in record["measures"] if one["on"]}
    assert "register" in on
    assert "anchors" not in on
    assert acts()[-1] == "processing:read"
