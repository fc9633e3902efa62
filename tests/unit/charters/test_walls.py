"""The walls, and the invariants that were written apart from them, say the same thing."""

import pytest

from casework.charters.condition import All, Condition, names
from casework.charters.decision import decide
from casework.charters.invariants import INVARIANTS
from casework.charters.kinds import every_wanted
from casework.charters.outcome import Wanted
from casework.charters.refusals import Refusal
from casework.charters.vocabulary import (
    CLASSES_OF_KIND,
    CaseKind,
    CharterAct,
    CompartmentClass,
    Obligation,
    PartnerCategory,
)
from casework.charters.walls import (
    JUDICIAL_READERS,
    SOCIAL_ACTION,
    VICTIM_SERVICES,
    needed,
    walls,
)
from casework.charters.worlds import Worlds, categories_in, facts_in
from tests.unit.charters.gsn import ask, case, coordinator, member
from tests.unit.charters.test_invariants import generous

P = PartnerCategory
KINDS = pytest.mark.parametrize("kind", CaseKind)
BY_WALL_ALONE = {
    CompartmentClass.SOCIAL: frozenset(
        {
            P.YOUTH_JUSTICE,
            P.TRANSPORT,
            P.MISSION_LOCALE,
            P.VICTIM_SUPPORT,
            P.MEDIATOR,
            P.DATA_PROTECTION,
            P.ARCHIVES,
        }
    ),
    CompartmentClass.JUDICIAL: frozenset(
        {
            P.MUNICIPAL_POLICE,
            P.PREFECTURE,
            P.VICTIM_SUPPORT,
            P.DATA_PROTECTION,
            P.ARCHIVES,
        }
    ),
}
"""Bodies that the walls keep out of a class, and of which no invariant speaks."""


def walled(kind: CaseKind, wanted: Wanted) -> list[Condition]:
    return [wall.passes for wall in walls(wanted, kind)]


def required(kind: CaseKind, wanted: Wanted) -> list[Condition]:
    return [one.requires for one in INVARIANTS if one.bears_on(wanted, kind)]


def differ(kind: CaseKind, wanted: Wanted, category: PartnerCategory | None) -> bool:
    """Say whether walls and invariants let different people of a body of this category through."""
    first, second = walled(kind, wanted), required(kind, wanted)
    worlds = Worlds(facts_in(names(All((*first, *second)))), category)
    return worlds.table(All(tuple(first))) != worlds.table(All(tuple(second)))


@KINDS
def test_walls_and_invariants_let_the_same_people_through(kind: CaseKind) -> None:
    for wanted in every_wanted(kind):
        told = names(All((*walled(kind, wanted), *required(kind, wanted))))
        if wanted.class_ not in BY_WALL_ALONE:
            differing = [one for one in categories_in(told) if differ(kind, wanted, one)]
            assert differing == [], wanted


@KINDS
def test_of_two_reserves_the_walls_alone_keep_out_these_bodies(kind: CaseKind) -> None:
    for wanted in every_wanted(kind):
        if wanted.class_ in BY_WALL_ALONE:
            differing = {one for one in PartnerCategory if differ(kind, wanted, one)}
            assert differing == BY_WALL_ALONE[wanted.class_], wanted


def test_only_these_bodies_are_told_of_a_secret_of_a_measure_or_of_a_victim() -> None:
    assert {P.SOCIAL_SERVICE, P.STREET_WORK, P.SOCIAL_CENTRE} == SOCIAL_ACTION
    assert {P.VICTIM_SUPPORT, P.SOCIAL_SERVICE, P.SOCIAL_CENTRE, P.MEDIATOR} == VICTIM_SERVICES
    assert JUDICIAL_READERS.isdisjoint({P.LANDLORD, P.TRANSPORT, P.EDUCATION})


@KINDS
def test_a_charter_grounds_its_walls_and_its_silence(kind: CaseKind) -> None:
    ever = {wall.refusal for wanted in every_wanted(kind) for wall in walls(wanted, kind)}
    assert needed(kind) == ever | {Refusal.NO_RULE, Refusal.NOT_FORESEEN}


def test_rule_07_a_judicial_measure_is_mentioned_by_the_coordination_alone() -> None:
    everything = generous(CaseKind.FOLLOWUP)
    mention = Wanted(CharterAct.CONTRIBUTE, CompartmentClass.JUDICIAL)
    tied = case(named=True, lead=True, referrer=True, own_action=True, on_agenda=True)
    for category in P:
        alone = decide(everything, member(category), mention, tied)
        assert alone.reason in {Refusal.JUDICIAL_RESERVED, Refusal.OTHER_FUNCTION}
    assert decide(everything, coordinator(), mention, tied).allowed


def test_rule_07_it_is_mentioned_after_a_typed_reason_and_in_a_follow_up_alone() -> None:
    mentioned = ask(coordinator(), case(), CharterAct.CONTRIBUTE, CompartmentClass.JUDICIAL)
    assert Obligation.TYPED_REASON in mentioned.obligations
    told = {kind for kind in CaseKind if CompartmentClass.JUDICIAL in CLASSES_OF_KIND[kind]}
    assert told == {CaseKind.FOLLOWUP}
