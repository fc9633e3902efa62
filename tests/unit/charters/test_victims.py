"""The charter of victims' referrals says what the table of the domain says."""

import pytest

from casework.charters.facts import CaseFacts, Standing
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import (
    CaseKind,
    CharterAct,
    CompartmentClass,
    Level,
    Obligation,
    PartnerCategory,
)
from casework.charters.walls import VICTIM_SERVICES
from tests.unit.charters.gsn import case, coordinator, member
from tests.unit.charters.readers import Readers
from tests.unit.charters.shipped import shipped

A, C, P = CharterAct, CompartmentClass, PartnerCategory
NETWORK = Readers(CaseKind.VICTIM)
WRITTEN = {C.IDENTITY, C.SHEET, C.PROTECTED_CONTACT}
SEEN_ELSEWHERE = {"own_commune": True, "on_agenda": True, "in_meeting": True}


@pytest.mark.parametrize(
    ("standing", "facts", "classes"),
    [
        (member(P.VICTIM_SUPPORT), case(named=True), WRITTEN),
        (member(P.VICTIM_SUPPORT), case(), set()),
        (member(P.NATIONAL_POLICE), case(referrer=True), WRITTEN | {C.ORIGIN}),
        (member(P.NATIONAL_POLICE), case(named=True), set()),
        (member(P.MUNICIPALITY), case(**SEEN_ELSEWHERE), set()),
        (member(P.PROSECUTOR), case(**SEEN_ELSEWHERE), set()),
        (coordinator(), case(**SEEN_ELSEWHERE), set()),
        (coordinator(), case(referrer=True), WRITTEN | {C.ORIGIN}),
        (member(P.LANDLORD), case(named=True, lead=True), set()),
    ],
)
def test_each_reader_reads_these_parts_and_no_other(
    standing: Standing, facts: CaseFacts, classes: set[CompartmentClass]
) -> None:
    assert NETWORK.reads(standing, facts) == classes


def test_rule_19_two_people_know_and_only_a_service_that_helps_receives() -> None:
    for category in P:
        read = NETWORK.reads(member(category), case(named=True))
        assert (read == WRITTEN) is (category in VICTIM_SERVICES)
        assert bool(read) is (category in VICTIM_SERVICES)


def test_the_coordination_knows_that_a_referral_exists_and_nothing_more() -> None:
    found = NETWORK.ask(coordinator(), case(), A.LIST)
    assert (found.allowed, found.level) == (True, Level.EXISTS)
    assert NETWORK.does(coordinator(), case()) == {A.REFER, A.LIST, A.HOLD, A.ELIMINATE}


def test_rule_03_no_agenda_meeting_or_commune_leads_to_a_victim() -> None:
    for category in P:
        tied = case(**SEEN_ELSEWHERE)
        assert NETWORK.does(member(category), tied) == {A.REFER}
    assert not {A.PREPARE, A.ATTEND, A.DECIDE} & {one.act for one in shipped(CaseKind.VICTIM).gates}


def test_the_worker_addresses_the_service_and_records_the_consent() -> None:
    does = NETWORK.does(member(P.GENDARMERIE), case(referrer=True))
    assert {A.NAME, A.INFORM} <= does
    assert A.TRIAGE not in does


def test_rule_19_whoever_refers_and_the_service_both_record_that_she_withdraws() -> None:
    assert A.INFORM in NETWORK.does(member(P.VICTIM_SUPPORT), case(named=True))
    assert A.INFORM not in NETWORK.does(member(P.VICTIM_SUPPORT), case())
    assert A.INFORM not in NETWORK.does(coordinator(), case())


def test_the_safe_contact_is_read_one_at_a_time_with_a_typed_reason() -> None:
    read = NETWORK.ask(member(P.VICTIM_SUPPORT), case(named=True), A.READ, C.PROTECTED_CONTACT)
    assert set(read.obligations) == {Obligation.TYPED_REASON, Obligation.ONE_CASE}
    refused = NETWORK.ask(member(P.MUNICIPALITY), case(named=True), A.READ, C.PROTECTED_CONTACT)
    assert (refused.reason, refused.article) == (Refusal.NOT_NAMED, "5")


def test_a_victim_is_of_any_age() -> None:
    ages = shipped(CaseKind.VICTIM).persons
    assert (ages.age_from, ages.age_to) == (0, 120)
