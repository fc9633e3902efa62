"""The invented family council: the same seed, the same families, every step among them."""

from dataclasses import replace
from datetime import date

from casework.charters.loading import load
from casework.charters.vocabulary import ListName
from casework.demo.disclosure import secrets_of
from casework.demo.families.council import families_of
from casework.demo.families.seating import CHARTER
from casework.demo.families.values import FamilyCouncil, Reached
from casework.demo.stories import LONGEST
from casework.demo.visitors import visitors
from casework.demo.world import build, each_case, outline

WORLD = build("small")
KNOWN = families_of(WORLD)
assert KNOWN is not None
COUNCIL: FamilyCouncil = KNOWN


def test_the_same_seed_gives_the_same_families() -> None:
    assert families_of(build("small")) == COUNCIL
    assert families_of(replace(WORLD, seed="another")) != COUNCIL


def test_an_outline_knows_who_sits_there_and_no_family() -> None:
    assert families_of(outline("small")) == replace(COUNCIL, families=())


def test_a_family_stands_at_every_step() -> None:
    assert {one.came_to for one in COUNCIL.families} == set(Reached)


def test_a_world_too_large_to_be_lived_has_no_family_council() -> None:
    assert families_of(outline("national")) is None


def test_the_families_of_a_metropole_bear_none_of_the_names_of_its_follow_ups() -> None:
    world = outline("metropole")
    council = families_of(replace(world, cases=tuple(each_case(world, 0, 1))))
    assert council is not None
    names = {one.family for family in council.families for one in family.people}
    assert names.isdisjoint(one.subject.family for one in each_case(world, 9_000, 9_040))


def test_every_code_of_a_family_is_one_of_the_shipped_charter() -> None:
    lists = load(CHARTER.read_text(encoding="utf-8")).lists
    for one in COUNCIL.families:
        assert one.reason in lists[ListName.REFERRAL_REASONS]
        assert one.origin in lists[ListName.ORIGINS]
        assert len(one.fact) <= LONGEST
        assert len(one.words) <= LONGEST


def test_every_child_was_of_an_age_that_the_charter_covers() -> None:
    for family in COUNCIL.families:
        for one in family.people:
            assert one.birth_date is None or one.birth_date > date(2009, 1, 1)


def test_nobody_of_a_family_bears_the_name_of_a_member() -> None:
    members = {one.family for one in (*WORLD.members, *COUNCIL.members)}
    assert not members & {one.family for family in COUNCIL.families for one in family.people}


def test_families_are_among_what_no_store_may_hold_in_clear() -> None:
    secrets = secrets_of(WORLD)
    for family in COUNCIL.families:
        assert {family.fact, family.people[0].family, family.people[0].address} <= set(secrets)


def test_everybody_of_the_council_can_be_tried() -> None:
    tried = {one.member.key for one in visitors(WORLD)}
    assert {one.key for one in COUNCIL.members} <= tried
