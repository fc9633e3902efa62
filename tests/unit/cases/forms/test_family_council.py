"""The form of a family council, from what is typed to a household of two homes."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from marshmallow import ValidationError

from casework.cases.forms.family_council import FORM, family_referral
from casework.charters.vocabulary import CaseKind
from tests.unit.web.house import House

CHILDREN = {
    "commune": "67447",
    "family_name": "Vertugadinois",
    "given_name": "Éloïne",
    "birth_date": "17/05/2013",
}
HOMES = {
    "home_a_address": "8 rue des Pendules-Étourdies",
    "home_b_address": "3 quai des Carillons-Distraits",
    "child_1_home": "both",
    "adult_1_family_name": "Vertugadinois",
    "adult_1_given_name": "Philoménette",
    "adult_2_family_name": "Brindezingue",
    "adult_2_given_name": "Théodulfe",
    "adult_2_home": "b",
}
WHY = {"reason": "truancy", "fact": "x", "origin": "education", "informed": "no"}


def loaded(page: int, values: dict[str, str]) -> dict[str, Any]:
    with House().app.test_request_context():
        found: dict[str, Any] = FORM.pages[page]().load(values)
    return found


def faults(page: int, values: dict[str, str]) -> set[str]:
    with pytest.raises(ValidationError) as caught:
        loaded(page, values)
    return set(caught.value.messages_dict)


def test_every_field_of_the_form_has_its_name_its_readers_and_its_place_on_the_last_page() -> None:
    asked = {name for page in FORM.pages for name in FORM.names(page)}
    told = {name for section in FORM.sections for name in section.names}
    assert asked == set(FORM.labels) == set(FORM.parts) == told


def test_two_homes_make_a_household_whose_addresses_are_those_of_its_homes() -> None:
    sister = {"child_2_given_name": "Anatolie", "child_2_birth_date": "2/9/2018"}
    typed = loaded(1, {**CHILDREN, **sister}) | loaded(2, {**HOMES, "child_2_home": "b"})
    referral = family_referral(UUID(int=3), typed | loaded(3, WHY))
    assert referral.kind is CaseKind.FAMILY_COUNCIL
    assert [
        (one.relation, one.given_name, one.family_name, one.home, one.address.partition(" ")[0])
        for one in referral.persons
    ] == [
        ("subject", "Éloïne", "Vertugadinois", "both", "8"),
        ("child", "Anatolie", "Vertugadinois", "b", "3"),
        ("parent", "Philoménette", "Vertugadinois", "a", "8"),
        ("parent", "Théodulfe", "Brindezingue", "b", "3"),
    ]
    assert referral.persons[1].birth_date == date(2018, 9, 2)


def test_a_brother_without_a_birth_date_is_not_whole() -> None:
    assert faults(1, {**CHILDREN, "child_3_given_name": "Anatolin"}) == {"child_3_birth_date"}
    assert faults(1, {**CHILDREN, "child_2_school": "École"}) == {
        "child_2_given_name",
        "child_2_birth_date",
    }


def test_one_adult_at_least_answers_for_the_children() -> None:
    assert faults(2, {"home_a_address": "x"}) == {"adult_1_family_name", "adult_1_given_name"}
    assert faults(2, {**HOMES, "adult_2_relation": "subject"}) == {"adult_2_relation"}


def test_who_waits_to_tell_the_family_owes_no_reason_for_the_invitation_tells_it() -> None:
    typed = loaded(1, CHILDREN) | loaded(2, HOMES) | loaded(3, WHY)
    referral = family_referral(UUID(int=3), typed)
    assert (referral.informed_on, referral.delay_reason) == (None, None)


def test_parents_who_ask_themselves_know_of_it() -> None:
    assert faults(3, {**WHY, "origin": "parents"}) == {"informed"}
    told = {**WHY, "origin": "parents", "informed": "yes", "informed_on": "2/11/2026"}
    assert loaded(3, told)["informed_on"] == date(2026, 11, 2)
