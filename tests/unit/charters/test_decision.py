"""The walls before the rules, in the order of the reasons; then silence is a refusal."""

import pytest

from casework.charters.decision import decide, demand
from casework.charters.facts import NO_CASE, CaseFacts, Standing
from casework.charters.kinds import every_wanted
from casework.charters.loading import load
from casework.charters.outcome import Wanted
from casework.charters.refusals import GRANTED, Refusal
from casework.charters.vocabulary import (
    CASE_ACTS,
    CONTROL_ACTS,
    CaseKind,
    CharterAct,
    CompartmentClass,
    Level,
    Obligation,
    PartnerCategory,
)
from casework.errors import AccessDenied
from tests.unit.charters.gsn import TEXT, allowed, ask, case, coordinator, gsn, member

READ, LIST, CONTRIBUTE = CharterAct.READ, CharterAct.LIST, CharterAct.CONTRIBUTE
SHEET, IDENTITY = CompartmentClass.SHEET, CompartmentClass.IDENTITY
EVERYTHING = CaseFacts(
    admitted=True,
    in_territory=True,
    named=True,
    lead=True,
    referrer=True,
    own_service=True,
    own_action=True,
    own_commune=True,
    on_agenda=True,
    in_meeting=True,
)


def test_rule_02_what_no_rule_opens_is_refused_whatever_the_act() -> None:
    for wanted in every_wanted(CaseKind.FOLLOWUP):
        decision = decide(gsn(), Standing(), wanted, NO_CASE)
        assert not decision.allowed
        assert decision.level is Level.NONE
        assert decision.article


def test_rule_02_a_member_not_named_finds_and_opens_nothing() -> None:
    for wanted in every_wanted(CaseKind.FOLLOWUP):
        granted = decide(gsn(), member(), wanted, case()).allowed
        assert granted is (wanted.act in {CharterAct.REFER, CharterAct.ATTEND})


def test_rule_02_naming_opens_and_its_end_closes() -> None:
    assert allowed(member(), case(named=True), READ, SHEET)
    ended = ask(member(), case(), READ, SHEET)
    assert (ended.allowed, ended.reason, ended.article) == (False, Refusal.NOT_NAMED, "4")


@pytest.mark.parametrize("act", [READ, CharterAct.CONTRIBUTE])
@pytest.mark.parametrize("class_", CompartmentClass)
def test_an_act_on_a_class_that_the_procedure_lacks_is_refused(
    act: CharterAct, class_: CompartmentClass
) -> None:
    known = Wanted(act, class_) in gsn().gates
    decision = ask(coordinator(), EVERYTHING, act, class_)
    assert known or decision.reason == Refusal.NOT_FORESEEN


def test_an_act_without_the_class_it_needs_is_refused() -> None:
    assert ask(coordinator(), EVERYTHING, READ).reason == Refusal.NOT_FORESEEN


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing(operator=True), Refusal.OPERATOR),
        (Standing(service=True), Refusal.SERVICE),
        (Standing(), Refusal.NOT_SIGNED_IN),
        (coordinator(operator=True), Refusal.OPERATOR),
        (coordinator(service=True), Refusal.SERVICE),
        (coordinator(person=False), Refusal.NOT_SIGNED_IN),
        (coordinator(dpo=True), Refusal.DPO_CONTENT),
        (coordinator(archives_officer=True), Refusal.ARCHIVES_CONTENT),
        (coordinator(mandated=False), Refusal.NO_MANDATE),
        (coordinator(charter_signed=False), Refusal.CHARTER_NOT_SIGNED),
        (coordinator(undertaking_signed=False), Refusal.UNDERTAKING_NOT_SIGNED),
    ],
)
def test_rule_01_no_tie_to_a_case_helps_whoever_has_no_standing(
    standing: Standing, reason: Refusal
) -> None:
    for wanted in every_wanted(CaseKind.FOLLOWUP):
        if wanted.act not in CONTROL_ACTS:
            assert decide(gsn(), standing, wanted, EVERYTHING).reason == reason


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (case(named=True, excluded=True), Refusal.EXCLUDED),
        (case(named=True, admitted=False), Refusal.NOT_ADMITTED),
        (case(named=True, in_territory=False), Refusal.OUT_OF_TERRITORY),
        (case(named=True, sealed=True), Refusal.SEALED),
        (case(lead=True, restricted=True), Refusal.RESTRICTED),
    ],
)
def test_the_state_of_the_case_refuses_even_those_it_names(
    facts: CaseFacts, reason: Refusal
) -> None:
    assert ask(member(), facts, READ, SHEET).reason == reason
    assert ask(member(), facts, LIST).reason == reason


def test_the_reasons_are_looked_for_in_the_order_of_their_list() -> None:
    worst = case(excluded=True, admitted=False, in_territory=False, sealed=True)
    assert ask(member(mandated=False), worst, READ, SHEET).reason == Refusal.NO_MANDATE
    assert ask(member(), worst, READ, SHEET).reason == Refusal.EXCLUDED


def test_a_protected_case_is_found_and_named_on_by_one_and_opened_by_nobody_alone() -> None:
    shut = case(named=True, lead=True, referrer=True, protected=True)
    for wanted in every_wanted(CaseKind.FOLLOWUP):
        if wanted.act in CASE_ACTS - {LIST, CharterAct.NAME}:
            assert not decide(gsn(), coordinator(), wanted, shut).allowed, wanted
    refused = ask(member(), shut, READ, SHEET)
    assert (refused.reason, refused.article) == (Refusal.PROTECTED, "19")
    assert ask(member(), shut, LIST).allowed
    assert ask(coordinator(), shut, CharterAct.NAME).allowed


def test_who_may_not_read_a_protected_case_is_refused_as_for_any_other() -> None:
    assert ask(member(), case(protected=True), READ, SHEET).reason == Refusal.NOT_NAMED
    kept = case(named=True, excluded=True, protected=True)
    assert ask(member(), kept, READ, SHEET).reason == Refusal.EXCLUDED


def test_a_charter_signed_before_protection_grounds_it_with_the_need_to_know() -> None:
    older = load(TEXT.replace('refusals = ["protected"]\n', ""))
    decision = decide(older, member(), Wanted(READ, SHEET), case(named=True, protected=True))
    assert (decision.reason, decision.article) == (Refusal.PROTECTED, "4")


def test_rule_04_the_referrer_is_known_to_the_coordinator_and_to_nobody_else() -> None:
    origin = CompartmentClass.ORIGIN
    assert allowed(coordinator(), case(), READ, origin)
    assert allowed(member(), case(referrer=True), READ, origin)
    for category in PartnerCategory:
        masked = ask(member(category), case(named=True, lead=True, on_agenda=True), READ, origin)
        assert (masked.reason, masked.article) == (Refusal.ORIGIN_MASKED, "5")


def test_rule_12_a_closed_case_opens_with_a_typed_reason_one_at_a_time() -> None:
    closed = case(restricted=True)
    decision = ask(coordinator(), closed, READ, SHEET)
    assert (decision.allowed, decision.article) == (True, "14")
    assert {Obligation.TYPED_REASON, Obligation.ONE_CASE} <= set(decision.obligations)
    assert ask(coordinator(), closed, LIST).level is Level.EXISTS
    assert ask(coordinator(), closed, CONTRIBUTE, SHEET).reason == Refusal.CLOSED


def test_a_private_note_is_its_organisation_s_even_for_the_coordinator() -> None:
    private = CompartmentClass.PRIVATE
    refused = ask(coordinator(), case(), READ, private)
    assert refused.reason == Refusal.OTHER_SERVICE
    assert allowed(member(), case(named=True, own_service=True), READ, private)
    assert not allowed(member(), case(own_service=True), READ, private)


def test_the_strongest_level_is_the_one_given() -> None:
    town = member(PartnerCategory.MUNICIPALITY)
    assert ask(town, case(own_commune=True), LIST).level is Level.SUMMARY
    assert ask(coordinator(), case(own_commune=True), LIST).level is Level.READ


def test_a_grant_cites_its_article_its_rule_and_its_obligations() -> None:
    decision = ask(member(), case(named=True), READ, IDENTITY)
    assert (decision.article, decision.rule, decision.reason) == ("6", "named-reads", GRANTED)
    assert decision.obligations == (Obligation.REASON,)


def test_a_demand_refused_raises_what_the_register_needs() -> None:
    with pytest.raises(AccessDenied) as denied:
        demand(gsn(), member(), Wanted(READ, SHEET), case(), subject="7f")
    assert denied.value.wanted == "read:sheet"
    assert denied.value.reason == "not-named"
    assert denied.value.subject == "7f"
    assert denied.value.article == "4"


def test_a_demand_granted_returns_the_decision() -> None:
    assert demand(gsn(), coordinator(), Wanted(CharterAct.TRIAGE), case()).allowed
