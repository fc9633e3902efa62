"""The charter of a mayor's reminders says what the table of the domain says."""

import pytest

from casework.charters.facts import CaseFacts, Standing
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import (
    CaseKind,
    CharterAct,
    CompartmentClass,
    ListName,
    Obligation,
    PartnerCategory,
)
from tests.unit.charters.gsn import case, coordinator, member
from tests.unit.charters.readers import Readers
from tests.unit.charters.shipped import shipped

A, C, P = CharterAct, CompartmentClass, PartnerCategory
REGISTER = Readers(CaseKind.REMINDER)
HERE = {"own_commune": True}


@pytest.mark.parametrize(
    ("standing", "facts", "classes"),
    [
        (member(P.MUNICIPALITY), case(**HERE), {C.IDENTITY, C.SHEET, C.ATTACHMENTS}),
        (coordinator(), case(**HERE), {C.IDENTITY, C.SHEET, C.ATTACHMENTS, C.ORIGIN}),
        (member(P.PROSECUTOR), case(named=True), {C.IDENTITY, C.SHEET}),
        (member(P.PROSECUTOR), case(on_agenda=True), set()),
        (member(P.MUNICIPAL_POLICE), case(referrer=True), {C.IDENTITY, C.SHEET, C.ORIGIN}),
        (member(P.MUNICIPAL_POLICE), case(referrer=True, followed=True), {C.ORIGIN}),
        (member(P.MUNICIPAL_POLICE), case(**HERE), set()),
        (member(P.EDUCATION), case(named=True, lead=True), set()),
        (member(P.SOCIAL_CENTRE), case(own_commune=True), set()),
    ],
)
def test_each_reader_reads_these_parts_and_no_other(
    standing: Standing, facts: CaseFacts, classes: set[CompartmentClass]
) -> None:
    assert REGISTER.reads(standing, facts) == classes


@pytest.mark.parametrize("standing", [member(P.MUNICIPALITY), coordinator()])
def test_rule_21_a_reminder_stays_with_its_mayor(standing: Standing) -> None:
    for wanted in shipped(CaseKind.REMINDER).gates:
        elsewhere = REGISTER.ask(standing, case(named=True, referrer=True), *wanted)
        of_no_case = {A.REFER, A.HOLD, A.ELIMINATE, A.VISA, A.AUDIT}
        assert wanted.act in of_no_case or elsewhere.reason == Refusal.OTHER_COMMUNE


def test_the_mayor_decides_without_any_meeting_and_sees_a_repetition() -> None:
    mayor = member(P.MUNICIPALITY)
    assert REGISTER.ask(mayor, case(**HERE), A.DECIDE).allowed
    closed = case(restricted=True, **HERE)
    decision = REGISTER.ask(mayor, closed, A.READ, C.SHEET)
    assert decision.allowed
    assert {Obligation.TYPED_REASON, Obligation.ONE_CASE} <= set(decision.obligations)


def test_the_coordination_prepares_and_does_not_decide() -> None:
    does = REGISTER.does(member(P.MUNICIPALITY, coordinator=True), case(**HERE))
    assert {A.TRIAGE, A.NAME, A.ASSIGN, A.INFORM, A.REPORT, A.CLOSE} <= does
    assert A.DECIDE not in does


def test_the_prosecutor_answers_what_is_asked_of_them_and_decides_nothing() -> None:
    asked = case(named=True, own_action=True)
    assert REGISTER.does(member(P.PROSECUTOR), asked) == {A.REFER, A.LIST, A.READ, A.REPORT}


def test_an_adult_is_reminded_at_any_age_and_a_child_from_thirteen() -> None:
    ages = shipped(CaseKind.REMINDER).persons
    assert (ages.age_from, ages.age_to) == (13, 120)


def test_facts_and_the_rules_recalled_are_closed_lists() -> None:
    charter = shipped(CaseKind.REMINDER)
    assert charter.label(ListName.FACTS, "noise") == "Bruit"
    assert charter.label(ListName.RULES_RECALLED, "quiet")
    assert charter.label(ListName.REFERRAL_REASONS, "noise") is None
