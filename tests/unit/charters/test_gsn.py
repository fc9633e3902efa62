"""The shipped charter says what the table of the domain says."""

import pytest

from casework.charters.charter import Clocks, Persons, Register
from casework.charters.facts import NO_CASE, CaseFacts, Standing
from casework.charters.vocabulary import (
    CharterAct,
    CompartmentClass,
    ListName,
    PartnerCategory,
)
from tests.unit.charters.gsn import allowed, case, coordinator, gsn, member

A, C, P = CharterAct, CompartmentClass, PartnerCategory
CONTENTS = sorted(gsn().compartments)


def readable(standing: Standing, facts: CaseFacts) -> set[CompartmentClass]:
    return {class_ for class_ in CONTENTS if allowed(standing, facts, A.READ, class_)}


def doable(standing: Standing, facts: CaseFacts) -> set[CharterAct]:
    return {wanted.act for wanted in gsn().gates if allowed(standing, facts, *wanted)}


@pytest.mark.parametrize(
    ("standing", "facts", "classes"),
    [
        (coordinator(), case(), {C.IDENTITY, C.SHEET, C.ATTACHMENTS, C.ORIGIN, C.JUDICIAL}),
        (member(), case(named=True), {C.IDENTITY, C.SHEET, C.ATTACHMENTS}),
        (member(), case(lead=True), {C.IDENTITY, C.SHEET, C.ATTACHMENTS}),
        (
            member(),
            case(referrer=True),
            {C.IDENTITY, C.SHEET, C.ATTACHMENTS, C.ORIGIN},
        ),
        (member(), case(referrer=True, followed=True), {C.IDENTITY, C.ORIGIN}),
        (member(P.LANDLORD), case(own_commune=True, on_agenda=True), set()),
        (
            member(P.SOCIAL_SERVICE),
            case(lead=True),
            {C.IDENTITY, C.SHEET, C.ATTACHMENTS, C.SOCIAL, C.JUDICIAL},
        ),
        (
            member(P.YOUTH_JUSTICE),
            case(named=True),
            {C.IDENTITY, C.SHEET, C.ATTACHMENTS, C.JUDICIAL},
        ),
        (member(P.PROSECUTOR), case(on_agenda=True), {C.IDENTITY}),
        (member(P.MUNICIPALITY), case(own_commune=True), set()),
        (member(P.MUNICIPALITY, dpo=True), case(named=True), set()),
    ],
)
def test_each_reader_reads_these_parts_and_no_other(
    standing: Standing, facts: CaseFacts, classes: set[CompartmentClass]
) -> None:
    assert readable(standing, facts) == classes


def test_the_coordinator_conducts_but_decides_only_in_meeting() -> None:
    conduct = {A.TRIAGE, A.NAME, A.ASSIGN, A.INFORM, A.CLOSE, A.HOLD, A.PREPARE}
    assert conduct <= doable(coordinator(), case())
    assert not allowed(coordinator(), case(), A.DECIDE)
    assert allowed(coordinator(), case(in_meeting=True), A.DECIDE)


def test_the_lead_contributes_reports_and_informs_but_does_not_conduct() -> None:
    assert doable(member(), case(lead=True)) == {
        A.REFER,
        A.ATTEND,
        A.LIST,
        A.READ,
        A.CONTRIBUTE,
        A.REPORT,
        A.INFORM,
        A.TRACE,
    }


def test_who_opened_a_case_is_told_to_its_lead_and_to_no_coordinator() -> None:
    assert not allowed(coordinator(), case(), A.TRACE)
    assert not allowed(member(), case(named=True), A.TRACE)
    assert allowed(member(), case(lead=True), A.TRACE)
    assert not allowed(member(), case(lead=True, restricted=True), A.TRACE)


def test_a_named_member_reports_on_their_own_action_alone() -> None:
    assert not allowed(member(), case(named=True), A.REPORT)
    assert allowed(member(), case(named=True, own_action=True), A.REPORT)


def test_any_member_in_order_may_refer_before_any_case_exists() -> None:
    for category in gsn().signatories:
        assert allowed(member(category), NO_CASE, A.REFER)


def test_the_dpo_controls_and_the_archives_visa() -> None:
    dpo = member(P.DATA_PROTECTION, dpo=True, charter_signed=False)
    archives = member(P.ARCHIVES, archives_officer=True, charter_signed=False)
    everything = case(named=True, lead=True, referrer=True, own_service=True)
    assert doable(dpo, everything) == {A.AUDIT, A.HOLD, A.ELIMINATE}
    assert doable(archives, everything) == {A.VISA, A.ELIMINATE}


def test_the_secret_shared_by_social_workers_stays_among_them() -> None:
    for category in P:
        granted = allowed(member(category), case(named=True), A.READ, C.SOCIAL)
        assert granted is (category in {P.SOCIAL_SERVICE, P.STREET_WORK, P.SOCIAL_CENTRE})


def test_the_figures_are_those_of_the_domain() -> None:
    charter = gsn()
    assert charter.persons == Persons(article="2", age_from=12, age_to=25)
    assert charter.texts.free_text_max == 400
    assert charter.clocks == Clocks(
        article="14",
        referral_not_kept_days=0,
        after_closure_months=3,
        review_months=6,
        stale_meetings=3,
        elimination_alert_months=3,
        keystore_backup_days=14,
    )
    assert charter.register == Register(article="15", searchable_months=12, kept_months=36)
    assert charter.information.before_first_review


def test_rule_05_a_code_outside_the_list_has_no_label() -> None:
    assert gsn().label(ListName.ACTIONS, "mentoring") == "Proposer un parrainage"
    assert gsn().label(ListName.ACTIONS, "free text") is None
