"""What the other side sees: who asked and when; and cases from before the switch."""

from datetime import timedelta
from uuid import UUID

import pytest

from casework.errors import AccessDenied
from casework.identity import Reason
from casework.presence.desk import PresenceDesk
from casework.presence.policy import KEPT
from casework.presence.values import Desk
from tests.neighbours import Neighbours

SQLITE = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


def desk_of(neighbours: Neighbours) -> PresenceDesk:
    return neighbours.town.runtime.presence.desk


def look(neighbours: Neighbours, body: str) -> Desk:
    return desk_of(neighbours).look(neighbours.town.who(body), Reason.DUTY)


def take_in(neighbours: Neighbours, body: str, group_id: UUID) -> int:
    return desk_of(neighbours).take_in(neighbours.town.who(body), Reason.DUTY, group_id)


def forget_tags(neighbours: Neighbours) -> None:
    """Leave the index as it was before the charter switched it on."""
    index = neighbours.town.runtime.presence_index
    index.forget(index.seals.council_id, list(index.versions()))
    assert index.versions() == {}


def test_the_followed_group_s_coordinator_sees_who_asked_and_nobody_else_does(
    neighbours: Neighbours,
) -> None:
    case_id = neighbours.follow_east()
    neighbours.ask(names=("Personne", "Inventée"))
    neighbours.town.clock.advance(minutes=1)
    neighbours.ask()
    (notice,) = look(neighbours, "mission").notices
    asker = neighbours.town.members["street_work"]
    assert (notice.case_id, notice.member_id) == (case_id, asker)
    assert notice.asked_at == neighbours.town.clock.now()
    assert notice.reference.startswith("ES-")
    for body in ("coordination", "street_work", "police"):
        assert look(neighbours, body).notices == ()


@SQLITE
def test_a_coordinator_is_not_told_of_a_case_they_may_not_list_any_more(
    neighbours: Neighbours,
) -> None:
    case_id = neighbours.follow_east()
    neighbours.ask()
    who, runtime = neighbours.town.who("mission"), neighbours.town.runtime
    runtime.cases.close(who, Reason.DUTY, case_id, version=3, why="moved")
    assert look(neighbours, "mission").notices == ()


def test_a_notice_is_gone_after_ninety_days(neighbours: Neighbours) -> None:
    neighbours.follow_east()
    neighbours.ask()
    neighbours.town.clock.advance(days=KEPT / timedelta(days=1))
    assert len(look(neighbours, "mission").notices) == 1
    neighbours.town.clock.advance(seconds=1)
    assert look(neighbours, "mission").notices == ()


@SQLITE
def test_the_desk_says_where_one_may_ask_and_how_often_still(neighbours: Neighbours) -> None:
    neighbours.ask()
    found = look(neighbours, "street_work")
    assert [one.name for one in found.groups] == ["Groupe Ouest"]
    assert found.left == 29
    assert found.unknown == {}


@SQLITE
def test_whoever_no_charter_lets_ask_finds_no_desk(neighbours: Neighbours) -> None:
    for body in ("landlord", "dpo", "archives"):
        with pytest.raises(AccessDenied):
            look(neighbours, body)


def test_cases_from_before_answer_once_their_coordinator_took_them_in(
    neighbours: Neighbours,
) -> None:
    neighbours.follow_east()
    neighbours.refer(neighbours.east, "police", given_name="Océane")
    forget_tags(neighbours)
    assert not neighbours.ask().followed
    assert look(neighbours, "mission").unknown == {neighbours.east: 1}
    assert take_in(neighbours, "mission", neighbours.east) == 1
    assert neighbours.ask().followed
    assert look(neighbours, "mission").unknown == {}
    assert take_in(neighbours, "mission", neighbours.east) == 0


def test_nobody_takes_in_but_the_coordinator_of_that_group(neighbours: Neighbours) -> None:
    neighbours.follow_east()
    forget_tags(neighbours)
    for body in ("police", "coordination", "street_work", "dpo"):
        with pytest.raises(AccessDenied):
            take_in(neighbours, body, neighbours.east)
    assert neighbours.town.runtime.presence_index.versions() == {}
