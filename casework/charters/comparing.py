"""Two charters side by side: who becomes able, or unable, to do what, and in which circumstances.

Exact over every fact: what the two texts answer alike is not told, and nothing else is left out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, TypeAlias

from casework.charters.charter import Charter
from casework.charters.circumstances import FACTS, Circumstance, bits_of, cover, possible, worlds
from casework.charters.condition import names
from casework.charters.decision import decide
from casework.charters.facts import Fact, Standing
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import CASE_ACTS, Obligation, PartnerCategory


class Turn(StrEnum):
    """How an answer changes."""

    OPENED = "opened"
    CLOSED = "closed"
    ALTERED = "altered"


class Tie(StrEnum):
    """In which quality somebody comes to a case, the one that opens most first."""

    COORDINATOR = "coordinator"
    LEAD = "lead"
    NAMED = "named"
    REFERRER = "referrer"
    MEMBER = "member"
    DPO = "dpo"
    ARCHIVES_OFFICER = "archives_officer"


class Answer(NamedTuple):
    """What one charter answers, as far as people notice."""

    allowed: bool
    obligations: frozenset[Obligation]
    article: str


class Change(NamedTuple):
    """How an answer turns: `more` is asked of the person from now on, `article` says why."""

    turn: Turn
    article: str
    more: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class Right:
    """One line of a comparison; of no category, every signatory. `when` are alternatives."""

    change: Change
    tie: Tie
    categories: tuple[PartnerCategory, ...]
    wanted: tuple[Wanted, ...]
    when: tuple[Circumstance, ...]


_Answered: TypeAlias = tuple[Change, Tie, tuple[Circumstance, ...], Wanted]
_Line: TypeAlias = tuple[Change, Tie, tuple[PartnerCategory, ...], tuple[Circumstance, ...]]
_STANDINGS: Final[dict[Tie, dict[str, bool]]] = {
    Tie.COORDINATOR: {"coordinator": True},
    Tie.DPO: {"dpo": True},
    Tie.ARCHIVES_OFFICER: {"archives_officer": True},
}
# A lead is named as well: that is how the decision of a meeting makes one.
_TIES: Final[dict[Tie, tuple[Fact, ...]]] = {
    Tie.LEAD: (Fact.LEAD, Fact.NAMED),
    Tie.NAMED: (Fact.NAMED,),
    Tie.REFERRER: (Fact.REFERRER,),
}
_CONTROL: Final = frozenset({Tie.DPO, Tie.ARCHIVES_OFFICER})
IN_REACH: Final = bits_of((Fact.ADMITTED, Fact.IN_TERRITORY, Fact.OWN_SERVICE))


def engaged(category: PartnerCategory | None, **more: bool) -> Standing:
    """Return the standing of somebody for whom everything is signed."""
    signed = {"mandated": True, "charter_signed": True, "undertaking_signed": True}
    return Standing(person=True, category=category, **(signed | more))


def compare(before: Charter, after: Charter) -> list[Right]:
    """Return every change of rights between two texts of one kind, for bodies that sign both."""
    found: defaultdict[_Answered, list[PartnerCategory]] = defaultdict(list)
    both = [one for one in before.signatories if one in after.signatories]
    told = {
        one: _told(before, one) | _told(after, one)
        for one in dict.fromkeys((*before.gates, *after.gates))
    }
    for tie in Tie:
        for category in [None] if tie in _CONTROL else both:
            for wanted, change, when in _changes((before, after), told, tie, category):
                found[change, tie, when, wanted] += [category] if category else []
    return _gathered(found, tuple(both))


def turned(before: Answer, after: Answer) -> Change | None:
    """Return how an answer turns, if it does."""
    if before.allowed != after.allowed:
        turn = Turn.OPENED if after.allowed else Turn.CLOSED
        return Change(turn, after.article or before.article)
    if not after.allowed or before.obligations == after.obligations:
        return None
    return Change(
        Turn.ALTERED, after.article, tuple(sorted(after.obligations - before.obligations))
    )


def answer(charter: Charter, standing_bits: int, wanted: Wanted, fact_bits: int) -> Answer:
    """Return what a charter answers to facts given as bits."""
    decision = decide(charter, _Bits(standing_bits), wanted, _Bits(fact_bits))  # type: ignore[arg-type]
    return answer_of(decision)


def answer_of(decision: Decision) -> Answer:
    """Return what people notice of a decision."""
    asked = frozenset(decision.obligations) if decision.allowed else frozenset()
    return Answer(decision.allowed, asked, decision.article)


@dataclass(frozen=True, slots=True)
class _Bits:
    """A standing, or facts, of which a decision needs nothing but the bits."""

    bits: int


def _changes(
    texts: tuple[Charter, Charter],
    told: Mapping[Wanted, frozenset[str]],
    tie: Tie,
    category: PartnerCategory | None,
) -> Iterator[tuple[Wanted, Change, tuple[Circumstance, ...]]]:
    standing = engaged(category, **_STANDINGS.get(tie, {})).bits
    tied = IN_REACH + bits_of(_TIES.get(tie, ()))
    for wanted, named in told.items():
        turns: defaultdict[Change, set[frozenset[Fact]]] = defaultdict(set)
        for world in filter(possible, worlds(named)):
            facts = (tied if wanted.act in CASE_ACTS else 0) | bits_of(world)
            was, will = (answer(one, standing, wanted, facts) for one in texts)
            change = turned(was, will)
            if change:
                turns[change].add(world)
        known = [one for one in FACTS if one in named]
        for change, where in turns.items():
            yield wanted, change, cover(known, frozenset(where))


def _told(charter: Charter, wanted: Wanted) -> frozenset[str]:
    gate = charter.gates.get(wanted)
    return names(gate.condition) if gate else frozenset()


def _gathered(
    found: Mapping[_Answered, list[PartnerCategory]], every: tuple[PartnerCategory, ...]
) -> list[Right]:
    """Put together what is the same for several bodies, then what is done by the same ones."""
    lines: defaultdict[_Line, list[Wanted]] = defaultdict(list)
    for (change, tie, when, wanted), categories in found.items():
        bodies = () if tuple(categories) == every else tuple(categories)
        lines[change, tie, bodies, when].append(wanted)
    rights = [
        Right(change, tie, bodies, tuple(sorted(wanted, key=str)), when)
        for (change, tie, bodies, when), wanted in lines.items()
    ]
    return sorted(rights, key=_order)


def _order(right: Right) -> tuple[int, int, str, str]:
    turns, ties = list(Turn), list(Tie)
    wanted, bodies = " ".join(map(str, right.wanted)), " ".join(right.categories)
    return turns.index(right.change.turn), ties.index(right.tie), wanted, bodies
