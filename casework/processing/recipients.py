"""Who reaches which data, asked of the charter's own engine for everybody who could ask.

No rule is read here: each answer is a decision, so that a wall counts as a rule does.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Final

from casework.charters.charter import Charter
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import (
    CLASSES_OF_ACT,
    CharterAct,
    CompartmentClass,
    PartnerCategory,
)
from casework.processing.values import Data, Phase, Reach, Tie

_TIES: Final[Mapping[Tie, Mapping[str, bool]]] = MappingProxyType(
    {
        Tie.COORDINATOR: {},
        Tie.LEAD: {"lead": True},
        Tie.NAMED: {"named": True},
        Tie.REFERRER: {"referrer": True},
        Tie.AGENDA: {"on_agenda": True},
        Tie.COMMUNE: {"own_commune": True},
    }
)
_PHASES: Final[Mapping[Phase, Mapping[str, bool]]] = MappingProxyType(
    {
        Phase.REFERRED: {},
        Phase.FOLLOWED: {"followed": True},
        Phase.CLOSED: {"followed": True, "restricted": True},
    }
)
_WRITING: Final = (CharterAct.CONTRIBUTE, CharterAct.NOTE)


def data_of(charter: Charter, coordinating: Collection[PartnerCategory]) -> tuple[Data, ...]:
    """Return the list of cases, then each class of data, with their recipients.

    `coordinating` are the categories of the bodies that coordinate the groups today: nobody else
    holds that function.
    """
    kept = charter.custody.members_only
    listed = Data(None, "", _recipients(charter, None, coordinating))
    classes = (
        Data(class_, holds, _recipients(charter, class_, coordinating), class_ in kept)
        for class_, holds in charter.compartments.items()
    )
    return (listed, *classes)


def _recipients(
    charter: Charter, class_: CompartmentClass | None, coordinating: Collection[PartnerCategory]
) -> tuple[Reach, ...]:
    return tuple(
        reach for tie in Tie for reach in _reaches(charter, class_, tie, frozenset(coordinating))
    )


def _reaches(
    charter: Charter,
    class_: CompartmentClass | None,
    tie: Tie,
    coordinating: frozenset[PartnerCategory],
) -> Iterator[Reach]:
    """Give one line for all the categories that reach the same, in the same way."""
    possible = [
        one for one in charter.signatories if tie is not Tie.COORDINATOR or one in coordinating
    ]
    found = [(_answers(charter, class_, tie, one), one) for one in possible]
    told = sorted((one for one in found if one[0][0]), key=lambda one: repr(one[0]))
    for (phases, writes, articles), same in groupby(told, key=lambda one: one[0]):
        categories = tuple(category for _, category in same)
        everybody = len(categories) == len(charter.signatories)
        yield Reach(tie, categories, everybody, phases, writes, articles)


def _answers(
    charter: Charter, class_: CompartmentClass | None, tie: Tie, category: PartnerCategory
) -> tuple[tuple[Phase, ...], bool, tuple[str, ...]]:
    standing = _standing(tie, category)
    facts = {phase: _facts(tie, phase) for phase in Phase}
    shown = Wanted(CharterAct.READ, class_) if class_ else Wanted(CharterAct.LIST)
    read = {phase: decide(charter, standing, shown, one) for phase, one in facts.items()}
    written = [
        decide(charter, standing, Wanted(act, class_), one)
        for act in _WRITING
        if class_ in CLASSES_OF_ACT[act]
        for one in facts.values()
    ]
    phases = tuple(phase for phase, one in read.items() if one.allowed)
    return phases, any(one.allowed for one in written), _articles([*read.values(), *written])


@cache
def _standing(tie: Tie, category: PartnerCategory) -> Standing:
    """Return a member in order, of a category; made once, since each class asks about them."""
    return Standing(
        person=True,
        coordinator=tie is Tie.COORDINATOR,
        mandated=True,
        charter_signed=True,
        undertaking_signed=True,
        category=category,
    )


@cache
def _facts(tie: Tie, phase: Phase) -> CaseFacts:
    around = {"admitted": True, "in_territory": True, "own_service": True}
    return CaseFacts(**around, **_TIES[tie], **_PHASES[phase])


def _articles(decisions: list[Decision]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.article for one in decisions if one.allowed))
