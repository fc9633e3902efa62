from hypothesis import given
from hypothesis import strategies as st

from casework.charters.condition import NEVER, Condition, Is
from casework.charters.facts import BIT
from casework.charters.gates import Gate, Step
from casework.charters.outcome import Decision
from casework.charters.terms import Term, terms
from casework.charters.vocabulary import Level, PartnerCategory
from casework.charters.worlds import Worlds, categories_in, facts_in, told_by
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


def test_categories_are_told_apart_from_facts() -> None:
    told = {"named", "landlord"}
    assert categories_in(told) == [None, PartnerCategory.LANDLORD]
    assert facts_in(told) == {"named"}
