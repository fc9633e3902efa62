"""When a mandate is an engaged one, and what a group or a mandate may be."""

from datetime import date
from uuid import UUID

import pytest

from casework.charters.engagement import Engagements
from casework.charters.vocabulary import CaseKind
from casework.errors import InvalidInput
from casework.identity import Role
from casework.partners.policy import engaged, require_sound_group, require_sound_mandate
from casework.partners.values import MandateLine, NewGroup, NewMandate, PersonName

FROM, UNTIL = date(2026, 1, 1), date(2026, 12, 31)
GROUP, MANDATE = UUID(int=1), UUID(int=2)
FIRST, SECOND = UUID(int=3), UUID(int=4)


def line(charter: UUID | None, role: Role = Role.MEMBER, group: UUID | None = GROUP) -> MandateLine:
    return MandateLine(MANDATE, role.value, group, FROM, UNTIL, charter)


def bound(body: set[UUID], person: set[UUID]) -> Engagements:
    return Engagements(frozenset(body), frozenset(person))


@pytest.mark.parametrize(
    ("body", "person", "signed"),
    [
        ({FIRST}, {FIRST}, True),
        ({FIRST}, set(), False),
        (set(), {FIRST}, False),
        ({FIRST}, {SECOND}, False),
    ],
)
def test_both_the_body_and_the_person_must_be_bound(
    body: set[UUID], person: set[UUID], *, signed: bool
) -> None:
    (mandate,) = engaged([line(FIRST)], bound(body, person))
    assert mandate.signed is signed


@pytest.mark.parametrize("role", [Role.DPO, Role.ARCHIVES])
def test_a_body_that_controls_signs_nothing_but_its_person_does(role: Role) -> None:
    lines = [line(FIRST, role, None), line(SECOND, role, None)]
    assert engaged(lines, bound(set(), {FIRST, SECOND}))[0].signed
    assert not engaged(lines, bound({FIRST, SECOND}, {FIRST}))[0].signed


def test_a_mandate_for_the_council_is_one_mandate_and_needs_every_charter() -> None:
    lines = [line(FIRST, Role.COORDINATOR, None), line(SECOND, Role.COORDINATOR, None)]
    (mandate,) = engaged(lines, bound({FIRST, SECOND}, {FIRST}))
    assert (mandate.group_id, mandate.signed) == (None, False)


def test_without_any_charter_nobody_is_engaged() -> None:
    assert not engaged([line(None, Role.DPO, None)], bound(set(), set()))[0].signed


def test_a_mandate_ends_after_it_begins_and_control_is_for_the_whole_council() -> None:
    good = NewMandate(member_id=MANDATE, role=Role.MEMBER, from_on=FROM, until_on=UNTIL)
    require_sound_mandate(good)
    for wrong in (
        NewMandate(member_id=MANDATE, role=Role.MEMBER, from_on=UNTIL, until_on=FROM),
        NewMandate(member_id=MANDATE, role=Role.DPO, from_on=FROM, until_on=UNTIL, group_id=GROUP),
    ):
        with pytest.raises(InvalidInput):
            require_sound_mandate(wrong)


@pytest.mark.parametrize(
    ("prefix", "communes"),
    [("sn", {"67482"}), ("S", {"67482"}), ("SN", set()), ("SN", {"6748"}), ("SN", {"2C004"})],
)
def test_a_group_has_a_prefix_and_communes_that_exist_in_form(
    prefix: str, communes: set[str]
) -> None:
    with pytest.raises(InvalidInput):
        require_sound_group(group(prefix, communes))


def test_communes_of_corsica_and_overseas_are_communes() -> None:
    require_sound_group(group("SN", {"2A004", "97105", "67482"}))


def group(prefix: str, communes: set[str]) -> NewGroup:
    return NewGroup(
        name="Groupe",
        prefix=prefix,
        kind=CaseKind.FOLLOWUP,
        communes=frozenset(communes),
        coordinating_id=GROUP,
        charter_id=FIRST,
    )


def test_a_member_is_called_by_their_civility_and_an_initial() -> None:
    name = PersonName("Mme", "Anne", "brun")
    assert (name.short, name.full) == ("Mme B.", "Mme Anne brun")


def test_the_mandates_of_a_suspended_body_cover_their_days_and_count_on_none() -> None:
    (mandate,) = engaged([line(FIRST)], bound({FIRST}, {FIRST}), suspended=True)
    assert mandate.signed
    assert mandate.covers(FROM)
    assert not mandate.valid_on(FROM)
    (usual,) = engaged([line(FIRST)], bound({FIRST}, {FIRST}))
    assert usual.valid_on(FROM)
    assert not usual.covers(date(2027, 1, 1))
