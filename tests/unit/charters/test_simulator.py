"""Invented people meet the same walls as real ones, and the matrix tells what the engine does."""

from hypothesis import given
from hypothesis import strategies as st

from casework.charters.decision import decide
from casework.charters.explain import account, holding, questions
from casework.charters.openings import openings
from casework.charters.outcome import Wanted
from casework.charters.simulator import Invented, Lacking, Stage, Tie
from casework.charters.vocabulary import (
    CONTROL_ACTS,
    CharterAct,
    CompartmentClass,
    PartnerCategory,
    Recipient,
)
from casework.charters.words import ACTS, CATEGORIES, FACTS, RECIPIENTS, asked
from casework.identity import Role
from tests.unit.charters.gsn import gsn

READ, SHEET = CharterAct.READ, CompartmentClass.SHEET
people = st.builds(
    Invented,
    category=st.sampled_from(PartnerCategory),
    role=st.sampled_from(Role),
    ties=st.frozensets(st.sampled_from(Tie)),
    stage=st.sampled_from(Stage),
    lacking=st.sampled_from(Lacking),
)


def granted(invented: Invented) -> set[Wanted]:
    lines = account(gsn(), invented.standing, invented.facts)
    return {one.question.wanted for one in lines if one.decision.allowed}


@given(people)
def test_each_answer_is_the_decision_and_cites_an_article(invented: Invented) -> None:
    for line in account(gsn(), invented.standing, invented.facts):
        if not line.question.facts:
            wanted = line.question.wanted
            assert line.decision == decide(gsn(), invented.standing, wanted, invented.facts)
        assert line.article is not None
        assert line.article.number in line.sentence
        assert "Votre" not in line.sentence


@given(people)
def test_whoever_controls_is_never_shown_content(invented: Invented) -> None:
    if invented.role in {Role.DPO, Role.ARCHIVES}:
        assert {one.act for one in granted(invented)} <= CONTROL_ACTS


@given(people.filter(lambda one: one.lacking is not Lacking.NOTHING))
def test_a_signature_that_lacks_shuts_every_content(invented: Invented) -> None:
    assert {one.act for one in granted(invented)} <= CONTROL_ACTS


def test_a_named_teacher_reads_the_sheet_and_never_the_origin() -> None:
    known = granted(Invented())
    assert Wanted(READ, SHEET) in known
    assert Wanted(READ, CompartmentClass.ORIGIN) not in known


def test_one_s_own_notes_and_those_of_others_are_two_questions() -> None:
    lines = account(gsn(), Invented().standing, Invented().facts)
    private = [
        (one.question.own, one.decision.allowed)
        for one in lines
        if one.question.wanted == Wanted(READ, CompartmentClass.PRIVATE)
    ]
    assert private == [(True, True), (False, False)]


def test_every_code_has_its_words() -> None:
    assert {*ACTS} == {*CharterAct}
    assert {*CATEGORIES} == {*PartnerCategory}
    assert {*RECIPIENTS} == {*Recipient}
    words = [asked(one) for one in questions(gsn())]
    assert len(words) == len(set(words))
    told = holding(Invented().standing, Invented().facts)
    assert set(told) <= FACTS.keys()


def test_the_matrix_shows_no_rule_that_a_wall_keeps_shut() -> None:
    judicial = {
        (one.recipient, one.categories)
        for one in openings(gsn())
        if one.wanted == Wanted(READ, CompartmentClass.JUDICIAL)
        and one.recipient is Recipient.NAMED
    }
    bodies = (PartnerCategory.PROSECUTOR, PartnerCategory.YOUTH_JUSTICE)
    assert judicial == {(Recipient.NAMED, bodies)}


def test_every_rule_of_the_shipped_charter_opens_something() -> None:
    assert {one.rule.id for one in openings(gsn())} == {one.id for one in gsn().rules}
