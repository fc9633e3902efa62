from collections.abc import Mapping

from hypothesis import given

from casework.charters.condition import ALWAYS, NEVER, All, AnyOf, Condition, Is, Not
from casework.charters.facts import BIT
from casework.charters.terms import Term, terms
from tests.unit.charters.conditions import conditions, means, worlds


@given(conditions, worlds)
def test_terms_hold_exactly_when_the_condition_does(
    condition: Condition, world: Mapping[str, bool]
) -> None:
    bits = sum(BIT[name] for name, true in world.items() if true)
    assert any(bits & mask == value for mask, value in terms(condition)) is means(condition, world)


def test_always_is_one_term_without_facts_and_never_is_none() -> None:
    assert terms(ALWAYS) == (Term(0, 0),)
    assert terms(NEVER) == ()


def test_a_contradiction_leaves_no_term() -> None:
    assert terms(All((Is("named"), Not(Is("named"))))) == ()


def test_the_refusal_of_a_choice_is_one_comparison() -> None:
    assert terms(Not(AnyOf((Is("lead"), Is("named"))))) == (Term(BIT["lead"] | BIT["named"], 0),)
