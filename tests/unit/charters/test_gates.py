"""What a charter is compiled into: reasons for whoever is kept out, then grants."""

from dataclasses import replace

import pytest

from casework.charters.facts import BIT, CaseFacts
from casework.charters.gates import Gate, build_gates, strongest_first
from casework.charters.outcome import Decision, Wanted
from casework.charters.refusals import Refusal
from casework.charters.rules import Rule
from casework.charters.vocabulary import (
    CaseKind,
    CharterAct,
    CompartmentClass,
    Level,
    Obligation,
    Recipient,
)
from tests.unit.charters.conditions import means
from tests.unit.charters.gsn import case, member
from tests.unit.charters.shipped import shipped

READ = Wanted(CharterAct.READ, CompartmentClass.SHEET)
READS = Rule(
    id="reads",
    article="6",
    says="Le membre nommé lit la fiche.",
    recipients=(Recipient.NAMED,),
    acts=(CharterAct.READ,),
    classes=(CompartmentClass.SHEET,),
    level=Level.READ,
)
OPEN, CLOSED = case(named=True), case(named=True, restricted=True)


def gate(*rules: Rule) -> Gate:
    return build_gates(CaseKind.FOLLOWUP, rules, {Refusal.NO_RULE: "4"})[READ]


def freely(compiled: Gate, facts: CaseFacts) -> bool:
    """Say whether a list opens a part by itself to a member."""
    bits = member().bits | facts.bits
    return means(compiled.freely, {name: bool(bits & bit) for name, bit in BIT.items()})


def answer(compiled: Gate, facts: CaseFacts) -> Decision:
    bits = member().bits | facts.bits
    return next(one.decision for one in compiled.inner if bits & one.mask == one.value)


@pytest.mark.parametrize("kind", CaseKind)
def test_who_lacks_what_anybody_let_in_has_meets_reasons_and_no_grant(kind: CaseKind) -> None:
    for compiled in shipped(kind).gates.values():
        assert not any(step.decision.allowed for step in compiled.steps)


@pytest.mark.parametrize("kind", CaseKind)
def test_who_has_what_anybody_let_in_has_is_not_asked_for_it_again(kind: CaseKind) -> None:
    for compiled in shipped(kind).gates.values():
        asked = [step.mask for step in compiled.inner if not step.decision.allowed]
        assert all(mask & ~compiled.usual.mask for mask in asked)


def test_a_list_opens_by_itself_what_asks_nothing_more_until_the_case_is_closed() -> None:
    assert freely(gate(READS), OPEN)
    assert not freely(gate(READS), CLOSED)
    assert not freely(gate(READS), case())


@pytest.mark.parametrize("asked", [Obligation.TYPED_REASON, Obligation.ONE_CASE])
def test_a_list_opens_nothing_by_itself_that_only_a_person_before_one_case_can_fulfil(
    asked: Obligation,
) -> None:
    assert not freely(gate(replace(READS, obligations=(asked,))), OPEN)
    assert freely(gate(replace(READS, obligations=(Obligation.REASON,))), OPEN)


def test_rule_12_a_closed_case_asks_more_than_the_rule_and_nothing_twice() -> None:
    said = (Obligation.SHORT_TEXT, Obligation.ONE_CASE)
    compiled = gate(replace(READS, obligations=said))
    assert answer(compiled, OPEN).obligations == said
    assert answer(compiled, CLOSED).obligations == (*said, Obligation.TYPED_REASON)


def test_the_stronger_of_two_rules_is_looked_for_first() -> None:
    summary = replace(READS, id="finds", level=Level.SUMMARY)
    assert strongest_first((summary, READS)) == [READS, summary]
    assert answer(gate(summary, READS), OPEN).rule == "reads"


def test_a_rule_that_speaks_of_something_else_opens_nothing() -> None:
    compiled = gate(replace(READS, classes=(CompartmentClass.IDENTITY,)))
    assert not any(step.decision.allowed for step in compiled.inner)
    refused = compiled.otherwise
    assert (refused.allowed, refused.reason, refused.article) == (False, Refusal.NO_RULE, "4")
