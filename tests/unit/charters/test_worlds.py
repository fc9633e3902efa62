import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.charters.condition import NEVER, All, AnyOf, Condition, Is, Not
from casework.charters.facts import BIT
from casework.charters.gates import Gate, Step
from casework.charters.outcome import Decision
from casework.charters.terms import Term, terms
from casework.charters.vocabulary import Level, PartnerCategory
from casework.charters.worlds import Worlds, categories_in, facts_in, settled_by, told_by
from tests.unit.charters.conditions import FACTS, conditions, means

BOOLEANS = sorted(set(FACTS) - {"landlord"})
YES = Decision(True, Level.READ, "1", "yes", "granted")
NO = Decision(False, Level.NONE, "1", "", "no-rule")


def gate(*steps: Step) -> Gate:
    return Gate(Term(0, 0), steps, (), NO, NEVER, NEVER)


def worlds_of(category: PartnerCategory | None) -> Worlds:
    return Worlds(BOOLEANS, category)


@given(conditions, st.sampled_from([None, PartnerCategory.LANDLORD]))
def test_a_table_says_of_each_world_what_the_condition_means_there(
    condition: Condition, category: PartnerCategory | None
) -> None:
    table = worlds_of(category).table(condition)
    for number in range(2 ** len(BOOLEANS)):
        world = {name: bool(number >> index & 1) for index, name in enumerate(BOOLEANS)}
        world["landlord"] = category is not None
        assert bool(table >> number & 1) is means(condition, world)


@given(conditions)
def test_steps_and_tree_open_the_same_worlds(condition: Condition) -> None:
    worlds = worlds_of(None)
    opened = worlds.opened(gate(*(Step(*term, YES) for term in terms(condition))))
    assert opened == worlds.table(condition)


def test_the_first_step_that_matches_ends_it() -> None:
    two = gate(Step(BIT["named"], BIT["named"], NO), Step(BIT["lead"], BIT["lead"], YES))
    worlds = worlds_of(None)
    assert worlds.opened(two) == worlds.table(Is("lead")) & ~worlds.table(Is("named"))
    assert told_by(two) == {"named", "lead"}


def test_who_has_the_usual_facts_starts_at_the_inner_steps() -> None:
    lead = Term(BIT["lead"], BIT["lead"])
    shorter = Gate(lead, (Step(0, 0, YES),), (Step(0, 0, NO),), NO, NEVER, NEVER)
    worlds = worlds_of(None)
    assert worlds.opened(shorter) == worlds.table(Is("lead"))


def test_a_table_speaks_of_no_world_beyond_the_last() -> None:
    worlds = worlds_of(None)
    assert worlds.count == 2 ** len(BOOLEANS)
    assert worlds.every == 2**worlds.count - 1
    for name in BOOLEANS:
        assert worlds.table(Is(name)) & ~worlds.every == 0
        assert worlds.table(Is(name)).bit_count() == worlds.count // 2


LEAD, OTHER = (BIT["lead"], BIT["lead"]), (BIT["named"], BIT["named"])


@pytest.mark.parametrize(
    ("condition", "steps", "settled"),
    [
        (All((Is("lead"), Is("named"))), (Step(BIT["lead"], 0, NO),), {"lead": True}),
        (All((Is("named"),)), (Step(BIT["lead"], 0, NO),), {}),
        (AnyOf((Is("lead"),)), (Step(BIT["lead"], 0, NO),), {}),
        (All((Is("lead"),)), (), {}),
        (All((Is("lead"),)), (Step(*OTHER, YES), Step(BIT["lead"], 0, NO)), {}),
        (All((Is("lead"),)), (Step(*OTHER, NO), Step(BIT["lead"], 0, NO)), {"lead": True}),
        (All((Not(Is("lead")),)), (Step(*LEAD, NO),), {}),
        (
            All((Is("lead"), Not(Is("named")))),
            (Step(BIT["lead"], 0, NO), Step(*OTHER, NO)),
            {"lead": True},
        ),
    ],
)
def test_a_fact_is_settled_only_where_tree_and_steps_both_ask_for_it(
    condition: Condition, steps: tuple[Step, ...], settled: dict[str, bool]
) -> None:
    assert settled_by(Gate(Term(*LEAD), (), steps, NO, condition, NEVER)) == settled


def test_a_fact_that_must_be_false_is_settled_as_false() -> None:
    never_lead = Gate(
        Term(BIT["lead"], 0), (), (Step(*LEAD, NO),), NO, All((Not(Is("lead")),)), NEVER
    )
    assert settled_by(never_lead) == {"lead": False}
    assert told_by(never_lead) == {"lead"}


def test_what_steps_compare_is_told_whether_or_not_anybody_reaches_them() -> None:
    assert told_by(Gate(Term(0, 0), (), (Step(*OTHER, NO),), NO, NEVER, NEVER)) == {"named"}


def test_who_lacks_a_usual_fact_is_judged_by_the_steps_and_nobody_else_is() -> None:
    turned = Gate(Term(*LEAD), (Step(0, 0, NO),), (Step(0, 0, YES),), NO, NEVER, NEVER)
    worlds = worlds_of(None)
    assert worlds.opened(turned) == worlds.every ^ worlds.table(Is("lead"))


def test_a_settled_fact_is_the_same_in_every_world() -> None:
    worlds = Worlds(BOOLEANS, None, {"lead": True, "named": False})
    assert worlds.count == 2 ** (len(BOOLEANS) - 2)
    assert worlds.table(Is("lead")) == worlds.every
    assert worlds.table(Is("named")) == 0


def test_categories_are_told_apart_from_facts() -> None:
    told = {"named", "landlord"}
    assert categories_in(told) == [None, PartnerCategory.LANDLORD]
    assert facts_in(told) == {"named"}
