from collections.abc import Mapping
from itertools import product

from hypothesis import given

from casework.charters.condition import ALWAYS, NEVER, All, AnyOf, Condition, Is, Not
from casework.charters.facts import BIT
from casework.charters.terms import Term, can_hold, terms, width
from tests.unit.charters.conditions import conditions, conditions_over, means, worlds


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


@given(conditions)
def test_the_width_of_a_condition_is_known_before_its_terms_are_made(condition: Condition) -> None:
    assert len(terms(condition)) <= width(condition)


def test_a_fact_is_one_term_wide_a_choice_adds_and_a_conjunction_multiplies() -> None:
    either = AnyOf((Is("lead"), Is("named")))
    assert [width(one) for one in (Is("lead"), either, All((either, either)))] == [1, 2, 4]
    assert width(Not(All((either, Is("lead"))))) == 2


BODIES = ("landlord", "education", "mediator")
EITHER = ("named", "restricted")


@given(conditions_over(BODIES + EITHER))
def test_a_condition_can_hold_when_some_body_of_one_category_fulfils_it(
    condition: Condition,
) -> None:
    held = any(
        means(
            condition,
            {name: name == body for name in BODIES} | dict(zip(EITHER, told, strict=True)),
        )
        for body in (*BODIES, "none")
        for told in product((True, False), repeat=len(EITHER))
    )
    assert can_hold(condition) is held
