"""Another engine, written by others for others, gives the same answers to the same charter."""

from itertools import product
from typing import Any

import cedarpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.charters.charter import Charter
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing
from casework.operations.bench.cedar import entities_of, policies_of, request_of
from tests.unit.charters.gsn import coordinator, gsn, member
from tests.unit.charters.worlds_at_random import cases, charters, standings

Pairs = list[tuple[Standing, CaseFacts]]


def answers_of_cedar(charter: Charter, pairs: Pairs) -> list[bool]:
    """Ask about each pair, for each act of the charter."""
    policies = cedarpy.PolicySet.from_str(policies_of(charter))
    entities = cedarpy.Entities.from_json_str(entities_of(pairs))
    asked = [request_of(n, one) for n, one in product(range(len(pairs)), charter.gates)]
    told: list[Any] = cedarpy.is_authorized_batch(asked, policies, entities)
    assert not [fault for one in told for fault in one.diagnostics.errors]
    return [one.allowed for one in told]


def our_answers(charter: Charter, pairs: Pairs) -> list[bool]:
    return [
        decide(charter, standing, wanted, facts).allowed
        for (standing, facts), wanted in product(pairs, charter.gates)
    ]


worlds = st.lists(st.tuples(standings, cases), min_size=20, max_size=20)


@settings(max_examples=15)
@given(charter=charters, pairs=worlds)
def test_cedar_decides_thousands_of_random_worlds_as_we_do(charter: Charter, pairs: Pairs) -> None:
    assert answers_of_cedar(charter, pairs) == our_answers(charter, pairs)


def test_the_shipped_charter_is_the_same_program_to_both() -> None:
    ties = [{}, {"named": True}, {"lead": True}, {"referrer": True}, {"on_agenda": True}]
    states = [{}, {"restricted": True}, {"sealed": True}, {"excluded": True}, {"followed": True}]
    facts = [CaseFacts(admitted=True, in_territory=True, **one, **two)
             for one, two in product(ties, states)]  # fmt: skip
    pairs = [(who, one) for who, one in product((coordinator(), member()), facts)]
    ours = our_answers(gsn(), pairs)
    assert answers_of_cedar(gsn(), pairs) == ours
    assert {True, False} == set(ours)


def test_a_rendering_that_forgets_a_wall_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casework.operations.bench.cedar._forbidden", lambda _: iter(()))
    pairs = [(coordinator(), CaseFacts(admitted=True, in_territory=True, sealed=True))]
    assert answers_of_cedar(gsn(), pairs) != our_answers(gsn(), pairs)
