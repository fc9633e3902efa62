from datetime import UTC, datetime, timedelta

import pytest
from pyotp import TOTP

from casework.demo.families.council import families_of
from casework.demo.reminders.tales import reminders_of
from casework.demo.visitors import MOST, code_of, seconds_left, visitors
from casework.demo.world import outline

NOW = datetime(2026, 11, 22, 9, 0, 10, tzinfo=UTC)


def test_everybody_of_the_small_world_can_be_tried() -> None:
    world = outline("small")
    council, register = families_of(world), reminders_of(world)
    assert council is not None
    assert register is not None
    everybody = [*world.members, *council.members, *register.members]
    assert [one.member for one in visitors(world)] == everybody


@pytest.mark.parametrize("size", ["town", "metropole"])
def test_a_larger_world_shows_one_group_and_those_of_the_whole_council(size: str) -> None:
    world = outline(size)
    shown = [one for one in visitors(world) if one.member in world.members]
    first = world.groups[0].key
    assert 12 <= len(shown) <= MOST
    assert {"coordinator", "dpo", "archives", "member"} == {one.member.role for one in shown}
    assert all(first in one.member.groups or not one.member.groups for one in shown)


@pytest.mark.parametrize("size", ["small", "town", "metropole"])
def test_each_is_told_what_they_may_do(size: str) -> None:
    assert all(one.title and one.may for one in visitors(outline(size)))


def test_a_code_is_the_one_the_phone_shows_and_changes_each_half_minute() -> None:
    member = outline("small").members[0]
    shown = code_of(member, NOW)
    assert shown.replace(" ", "") == TOTP(member.totp_seed).at(NOW)
    assert code_of(member, NOW + timedelta(seconds=seconds_left(NOW))) != shown
    assert seconds_left(NOW) == 20
