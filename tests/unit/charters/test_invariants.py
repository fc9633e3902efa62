"""Every combination of facts, over the shipped charter and over charters made worse."""

from copy import copy
from dataclasses import replace
from itertools import pairwise

import pytest

from casework.charters.charter import Charter
from casework.charters.condition import names
from casework.charters.gates import Gate, build_gates
from casework.charters.invariants import breaches
from casework.charters.outcome import Wanted
from casework.charters.refusals import Refusal
from casework.charters.rules import Rule
from casework.charters.terms import Term
from casework.charters.vocabulary import (
    CLASSES_OF_KIND,
    CharterAct,
    Level,
    Recipient,
)
from casework.charters.walls import walls
from casework.charters.worlds import Worlds, categories_in, facts_in, told_by
from tests.unit.charters.gsn import gsn

DISAGREE = "ne disent pas la même chose"
IN_WALLS = sorted({wall.refusal for wanted in gsn().gates for wall in walls(wanted)})


def with_gates(gates: dict[Wanted, Gate]) -> Charter:
    charter = copy(gsn())
    object.__setattr__(charter, "gates", gates)
    return charter


def generous() -> Charter:
    """The charter that grants everything to everybody: only the walls are left."""
    everything = Rule(
        id="everything",
        article="1",
        says="Tout est ouvert.",
        recipients=(Recipient.MEMBER,),
        acts=tuple(CharterAct),
        classes=tuple(sorted(CLASSES_OF_KIND[gsn().kind])),
        level=Level.WRITE,
    )
    return replace(gsn(), rules=(everything,))


def test_the_shipped_charter_breaks_no_invariant() -> None:
    assert list(breaches(gsn())) == []


def test_no_charter_however_generous_breaks_an_invariant() -> None:
    assert list(breaches(generous())) == []


@pytest.mark.parametrize("refusal", IN_WALLS)
def test_a_wall_that_falls_is_seen_by_an_invariant(refusal: Refusal) -> None:
    worse = {
        wanted: replace(
            gate,
            usual=Term(0, 0),
            inner=tuple(step for step in gate.steps if step.decision.reason != refusal),
        )
        for wanted, gate in generous().gates.items()
    }
    found = list(breaches(with_gates(worse)))
    assert any(DISAGREE not in sentence for sentence in found), refusal


def test_steps_that_disagree_with_the_tree_are_seen() -> None:
    worse = {wanted: replace(gate, inner=(), steps=()) for wanted, gate in gsn().gates.items()}
    found = list(breaches(with_gates(worse)))
    assert all(DISAGREE in sentence for sentence in found)
    opening = {wanted for wanted in worse if any(rule.covers(wanted) for rule in gsn().rules)}
    assert {str(one) for one in opening} == {sentence.split("\u00a0")[1] for sentence in found}


def opened(charter: Charter, wanted: Wanted) -> list[int]:
    told = names(gsn().gates[wanted].condition) | told_by(gsn().gates[wanted])
    return [
        Worlds(facts_in(told), category).opened(charter.gates[wanted])
        for category in categories_in(told)
    ]


@pytest.mark.parametrize("rule", gsn().rules, ids=lambda rule: rule.id)
def test_removing_a_rule_never_widens_and_always_narrows(rule: Rule) -> None:
    less = replace(gsn(), rules=tuple(one for one in gsn().rules if one != rule))
    narrowed = False
    for wanted in filter(rule.covers, gsn().gates):
        for before, after in zip(opened(gsn(), wanted), opened(less, wanted), strict=True):
            assert after & ~before == 0
            narrowed |= before != after
    assert narrowed, "an idle rule"


def test_the_order_of_the_rules_changes_no_access() -> None:
    turned = replace(gsn(), rules=tuple(reversed(gsn().rules)))
    for wanted in gsn().gates:
        assert opened(turned, wanted) == opened(gsn(), wanted)


def test_without_rules_nothing_opens() -> None:
    for gate in build_gates(gsn().kind, (), {}).values():
        assert not any(step.decision.allowed for step in (*gate.steps, *gate.inner))
        assert not gate.otherwise.allowed


def test_walls_are_ordered_as_the_reasons_are_listed() -> None:
    order = list(Refusal)
    for wanted in gsn().gates:
        found = [order.index(wall.refusal) for wall in walls(wanted)]
        assert all(first < second for first, second in pairwise(found)), wanted
