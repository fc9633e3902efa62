import hashlib
import json
from datetime import date
from itertools import islice

import pytest

from casework.demo.world import ANCHOR, CASES, build, each_case, outline, to_json

FAMILIES = "7cdca2b5f02331deb140d7d2cc2b45f2501853caf4dea6e1c21c6a2bc4a162a6"
SMALL = "cd69e64cbd563e6ed850ad3cab2aa347eb84b3f4ad3a82b9515dcaf3eb92b6f5"


def digest(size: str, anchor: date = ANCHOR, seed: str = "casework") -> str:
    told = to_json(build(size, anchor, seed))
    del told["families"]
    return digest_of(told)


def digest_of(told: object) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_same_seed_gives_the_same_world_for_ever() -> None:
    assert digest("small") == SMALL


def test_the_same_seed_gives_the_same_families_for_ever() -> None:
    assert digest_of(to_json(build("small"))["families"]) == FAMILIES


def test_another_seed_or_another_day_gives_another_world() -> None:
    assert len({SMALL, digest("small", seed="other"), digest("small", date(2027, 1, 4))}) == 3


@pytest.mark.parametrize(
    ("size", "groups", "members", "cases"),
    [("small", 1, 16, 40), ("town", 4, 80, 400)],
)
def test_a_size_has_the_groups_members_and_cases_it_promises(
    size: str, groups: int, members: int, cases: int
) -> None:
    world = build(size)
    assert (len(world.groups), len(world.members), len(world.cases)) == (groups, members, cases)


def test_the_metropole_seats_four_hundred_members_over_every_commune() -> None:
    frame = outline("metropole")
    covered = {insee for group in frame.groups for insee in group.communes}
    assert (CASES["metropole"], len(frame.members)) == (12_000, 400)
    assert covered == {commune.insee for commune in frame.communes}


def test_the_small_world_seats_every_partner_the_demonstration_needs() -> None:
    assert {office.category for office in outline("small").organisations} == {
        "municipality",
        "data_protection",
        "archives",
        "prosecutor",
        "youth_justice",
        "social_service",
        "street_work",
        "education",
        "mission_locale",
        "landlord",
        "national_police",
        "mediator",
    }


def test_a_gendarmerie_group_has_a_brigade_and_no_police_station() -> None:
    frame = outline("metropole")
    keys = {office.key for office in frame.organisations}
    assert {"gendarmerie-cn", "police-sn"} <= keys
    assert keys.isdisjoint({"police-cn", "gendarmerie-sn"})


def test_the_national_world_is_only_told_case_by_case() -> None:
    with pytest.raises(ValueError, match="each_case"):
        build("national")
    assert len(list(islice(each_case(outline("national"), start=999_990), 20))) == 10


def test_a_case_is_the_same_whether_alone_or_among_the_others() -> None:
    frame = outline("town")
    assert next(each_case(frame, start=123)) == build("town").cases[123]


def test_only_the_dpo_and_the_archives_sit_in_no_group() -> None:
    members = outline("town").members
    assert {one.role for one in members if not one.groups} == {"dpo", "archives"}
    assert {one.role for one in members if one.groups} == {"member", "coordinator"}


def test_every_group_has_one_coordinator_of_the_coordinating_office() -> None:
    frame = outline("metropole")
    for group in frame.groups:
        found = [
            one for one in frame.members if one.role == "coordinator" and group.key in one.groups
        ]
        assert [one.organisation for one in found] == [group.coordinator]


def test_accounts_cannot_be_taken_for_real_ones_and_none_is_shared() -> None:
    members = outline("metropole").members
    assert len({one.login for one in members}) == len(members)
    for one in members:
        local, _, domain = one.login.partition("@")
        assert local.isascii()
        assert domain.endswith(".example")
        assert len(one.password) >= 14
        assert len(one.totp_seed) == 32


def test_meetings_fall_in_the_four_weeks_after_the_anchor() -> None:
    gaps = {(group.next_meeting_on - ANCHOR).days for group in outline("metropole").groups}
    assert gaps == {3, 10, 17, 24}
