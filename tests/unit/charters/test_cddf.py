"""The charter of family councils says what the table of the domain says."""

import pytest

from casework.charters.facts import CaseFacts, Standing
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import (
    CaseKind,
    CharterAct,
    CompartmentClass,
    Level,
    ListName,
    PartnerCategory,
)
from tests.unit.charters.gsn import case, coordinator, member
from tests.unit.charters.readers import Readers
from tests.unit.charters.shipped import shipped

A, C, P = CharterAct, CompartmentClass, PartnerCategory
COUNCIL = Readers(CaseKind.FAMILY_COUNCIL)
SHARED = {C.IDENTITY, C.SHEET, C.ATTACHMENTS}
HERE = {"own_commune": True}


@pytest.mark.parametrize(
    ("standing", "facts", "classes"),
    [
        (member(P.MUNICIPALITY), case(**HERE), SHARED),
        (coordinator(), case(**HERE), SHARED | {C.ORIGIN}),
        (member(), case(named=True), SHARED),
        (member(), case(on_agenda=True, in_meeting=True), set()),
        (member(P.PROSECUTOR), case(on_agenda=True), set()),
        (member(P.PROSECUTOR), case(named=True), SHARED),
        (member(), case(lead=True), SHARED),
        (member(), case(referrer=True), SHARED | {C.ORIGIN}),
        (member(), case(referrer=True, followed=True), {C.IDENTITY, C.ORIGIN}),
        (member(P.SOCIAL_SERVICE), case(named=True), SHARED | {C.SOCIAL}),
        (member(P.LANDLORD), case(own_commune=True, on_agenda=True), set()),
        (member(P.MUNICIPALITY, dpo=True), case(named=True, **HERE), set()),
    ],
)
def test_each_reader_reads_these_parts_and_no_other(
    standing: Standing, facts: CaseFacts, classes: set[CompartmentClass]
) -> None:
    assert COUNCIL.reads(standing, facts) == classes


@pytest.mark.parametrize("standing", [member(P.MUNICIPALITY), coordinator()])
def test_rule_21_neither_the_mayor_nor_the_services_of_another_commune_know_a_family(
    standing: Standing,
) -> None:
    everywhere = case(named=True, lead=True, referrer=True)
    assert COUNCIL.reads(standing, everywhere) == set()
    refused = COUNCIL.ask(standing, everywhere, A.LIST)
    assert (refused.reason, refused.article) == (Refusal.OTHER_COMMUNE, "3")


def test_a_member_knows_the_families_of_the_sitting_and_its_end_closes() -> None:
    assert COUNCIL.ask(member(), case(named=True), A.LIST).allowed
    assert not COUNCIL.ask(member(), case(on_agenda=True), A.LIST).allowed


def test_the_mayor_presides_in_the_sitting_and_sees_that_a_closed_case_exists() -> None:
    mayor = member(P.MUNICIPALITY)
    assert COUNCIL.ask(mayor, case(in_meeting=True, **HERE), A.DECIDE).allowed
    assert not COUNCIL.ask(mayor, case(**HERE), A.DECIDE).allowed
    assert COUNCIL.ask(mayor, case(restricted=True, **HERE), A.LIST).level is Level.EXISTS
    assert not COUNCIL.ask(mayor, case(restricted=True, **HERE), A.READ, C.SHEET).allowed


def test_no_measure_of_justice_is_kept_of_a_family() -> None:
    assert C.JUDICIAL not in shipped(CaseKind.FAMILY_COUNCIL).compartments


def test_rule_18_the_four_who_are_told_and_the_opinion_are_actions_of_the_list() -> None:
    actions = shipped(CaseKind.FAMILY_COUNCIL).lists[ListName.ACTIONS]
    told = {"notify_education", "notify_school", "notify_benefits", "notify_prefect"}
    assert told | {"departement_opinion"} <= set(actions)
