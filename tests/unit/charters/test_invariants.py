"""Every combination of facts, over the shipped charters and over charters made worse."""

import time
from copy import copy
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from casework.charters.charter import Charter
from casework.charters.condition import All, Is, Not, any_fact, names
from casework.charters.facts import CaseFacts
from casework.charters.gates import Gate, build_gates
from casework.charters.invariants import breaches, gate_breaches
from casework.charters.kinds import ACTS_OF_KIND, every_wanted
from casework.charters.loading import check
from casework.charters.outcome import Wanted
from casework.charters.refusals import Refusal
from casework.charters.rules import Rule
from casework.charters.terms import Term
from casework.charters.vocabulary import (
    CLASSES_OF_KIND,
    CaseKind,
    CharterAct,
    CompartmentClass,
    Level,
    PartnerCategory,
    Recipient,
)
from casework.charters.walls import walls
from casework.charters.worlds import Worlds, categories_in, facts_in, settled_by, told_by
from tests.unit.charters.shipped import shipped, text_of

DISAGREE = "ne disent pas la même chose"
KINDS = pytest.mark.parametrize("kind", CaseKind)
IN_WALLS = [
    (kind, refusal)
    for kind in CaseKind
    for refusal in sorted(
        {wall.refusal for wanted in every_wanted(kind) for wall in walls(wanted, kind)}
    )
]
RULES = [(kind, rule) for kind in CaseKind for rule in shipped(kind).rules]


def with_gates(kind: CaseKind, gates: dict[Wanted, Gate]) -> Charter:
    charter = copy(shipped(kind))
    object.__setattr__(charter, "gates", gates)
    return charter


def without(refusal: Refusal, gate: Gate) -> Gate:
    """Return a gate at which everybody meets every step but those of one wall."""
    steps = (*gate.steps, *gate.inner)
    left = tuple(step for step in steps if step.decision.reason != refusal)
    return replace(gate, usual=Term(0, 0), inner=left)


@cache
def generous(kind: CaseKind) -> Charter:
    """The charter that grants everything to everybody: only the walls are left."""
    everything = Rule(
        id="everything",
        article="1",
        says="Tout est ouvert.",
        recipients=(Recipient.MEMBER,),
        acts=tuple(sorted(ACTS_OF_KIND[kind])),
        classes=tuple(sorted(CLASSES_OF_KIND[kind])),
        level=Level.WRITE,
    )
    return replace(shipped(kind), rules=(everything,))


@KINDS
def test_no_shipped_charter_breaks_an_invariant(kind: CaseKind) -> None:
    assert list(breaches(shipped(kind))) == []


@KINDS
def test_no_charter_however_generous_breaks_an_invariant(kind: CaseKind) -> None:
    assert list(breaches(generous(kind))) == []


def test_the_four_charters_are_checked_whole_in_two_seconds() -> None:
    gate_breaches.cache_clear()
    began = time.process_time()
    for kind in CaseKind:
        check(text_of(kind))
    assert time.process_time() - began < 2


@pytest.mark.parametrize(("kind", "refusal"), IN_WALLS)
def test_a_wall_that_falls_is_seen_by_an_invariant(kind: CaseKind, refusal: Refusal) -> None:
    worse = {wanted: without(refusal, gate) for wanted, gate in generous(kind).gates.items()}
    found = list(breaches(with_gates(kind, worse)))
    assert any(DISAGREE not in sentence for sentence in found), refusal


@KINDS
def test_worlds_that_are_not_looked_at_are_closed(kind: CaseKind) -> None:
    for gate in generous(kind).gates.values():
        told = facts_in(names(gate.condition) | told_by(gate))
        settled = settled_by(gate)
        whole = Worlds(told)
        as_settled = whole.every
        for name, true in settled.items():
            as_settled &= whole.table(Is(name) if true else Not(Is(name)))
        assert len(settled) >= 5
        assert whole.opened(gate) & ~as_settled == 0
        assert whole.table(gate.condition) & ~as_settled == 0
        fewer = Worlds(told, None, settled)
        assert whole.opened(gate).bit_count() == fewer.opened(gate).bit_count()


def test_a_charter_that_speaks_of_everything_is_proved_as_quickly() -> None:
    kind = CaseKind.FOLLOWUP
    every = All((Not(All(tuple(map(Is, CaseFacts.__slots__[:-1])))), any_fact(PartnerCategory)))
    acts, classes = (CharterAct.LIST, CharterAct.READ), (CompartmentClass.SHEET,)
    wide = replace(generous(kind).rules[0], when=every, acts=acts, classes=classes)
    began = time.process_time()
    assert list(breaches(replace(shipped(kind), rules=(wide,)))) == []
    assert time.process_time() - began < 2


@KINDS
def test_steps_that_disagree_with_the_tree_are_seen(kind: CaseKind) -> None:
    charter = shipped(kind)
    worse = {wanted: replace(gate, inner=(), steps=()) for wanted, gate in charter.gates.items()}
    found = list(breaches(with_gates(kind, worse)))
    assert all(DISAGREE in sentence for sentence in found)
    opening = {wanted for wanted in worse if any(rule.covers(wanted) for rule in charter.rules)}
    assert {str(one) for one in opening} == {sentence.split("\u00a0")[1] for sentence in found}


def opened(kind: CaseKind, charter: Charter, wanted: Wanted) -> list[int]:
    gate = shipped(kind).gates[wanted]
    told = names(gate.condition) | told_by(gate)
    return [
        Worlds(facts_in(told), category).opened(charter.gates[wanted])
        for category in categories_in(told)
    ]


@pytest.mark.parametrize(
    ("kind", "rule"), RULES, ids=lambda one: one.id if isinstance(one, Rule) else str(one)
)
def test_removing_a_rule_never_widens_and_always_narrows(kind: CaseKind, rule: Rule) -> None:
    charter = shipped(kind)
    less = replace(charter, rules=tuple(one for one in charter.rules if one != rule))
    narrowed = False
    for wanted in filter(rule.covers, charter.gates):
        both = zip(opened(kind, charter, wanted), opened(kind, less, wanted), strict=True)
        for before, after in both:
            assert after & ~before == 0
            narrowed |= before != after
    assert narrowed, "an idle rule"


@KINDS
def test_the_order_of_the_rules_changes_no_access(kind: CaseKind) -> None:
    charter = shipped(kind)
    turned = replace(charter, rules=tuple(reversed(charter.rules)))
    for wanted in charter.gates:
        assert opened(kind, turned, wanted) == opened(kind, charter, wanted)


@KINDS
def test_without_rules_nothing_opens(kind: CaseKind) -> None:
    for gate in build_gates(kind, (), {}).values():
        assert not any(step.decision.allowed for step in (*gate.steps, *gate.inner))
        assert not gate.otherwise.allowed


@KINDS
def test_walls_are_ordered_as_the_reasons_are_listed(kind: CaseKind) -> None:
    order = list(Refusal)
    for wanted in every_wanted(kind):
        found = [order.index(wall.refusal) for wall in walls(wanted, kind)]
        assert all(first < second for first, second in pairwise(found)), wanted
