"""In which circumstances two charters answer differently, said as shortly as it can be."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Final, TypeAlias

from casework.charters.facts import BIT, Fact

Literal: TypeAlias = tuple[Fact, bool]
Circumstance: TypeAlias = tuple[Literal, ...]
"""Facts that hold, or do not, together; of none, always."""

FACTS: Final = (
    Fact.RESTRICTED,
    Fact.FOLLOWED,
    Fact.ON_AGENDA,
    Fact.IN_MEETING,
    Fact.OWN_COMMUNE,
    Fact.OWN_ACTION,
)
"""What may be so or otherwise of a case that somebody is tied to."""


UNSAID: Final[Literal] = (Fact.RESTRICTED, False)
"""That a case is not closed goes without saying: it makes no circumstance longer."""


def worlds(told: Iterable[str]) -> Iterator[frozenset[Fact]]:
    """Yield the facts that are true, for every combination of those that `told` names."""
    names = [one for one in FACTS if one in set(told)]
    for truths in product((False, True), repeat=len(names)):
        yield frozenset(one for one, true in zip(names, truths, strict=True) if true)


def possible(world: frozenset[Fact]) -> bool:
    """Say whether a case can be so: a closed one is before no meeting, and followed no more."""
    if Fact.RESTRICTED in world:
        return not world & {Fact.FOLLOWED, Fact.ON_AGENDA, Fact.IN_MEETING}
    return True


def bits_of(world: Iterable[Fact]) -> int:
    """Return facts as a decision compares them."""
    return sum(BIT[one] for one in world)


def cover(names: Sequence[Fact], wanted: frozenset[frozenset[Fact]]) -> tuple[Circumstance, ...]:
    """Return few short circumstances that hold in all of the `wanted` worlds and in no other.

    Quine and McCluskey's merging; what is not possible may be covered or not.
    """
    whole = [frozenset((one, one in world) for one in names) for world in worlds(names)]
    mine = [one for one in whole if _world(one) in wanted]
    allowed = {one for one in whole if _world(one) in wanted or not possible(_world(one))}
    terms = _merged(allowed)
    chosen: list[frozenset[Literal]] = []
    left = set(mine)
    for term in sorted(terms, key=lambda one: (len(one - {UNSAID}), len(one), sorted(one))):
        held = {one for one in left if term <= one}
        if held:
            chosen.append(term)
            left -= held
    return tuple(tuple(sorted(one)) for one in chosen)


def _merged(terms: set[frozenset[Literal]]) -> set[frozenset[Literal]]:
    """Drop a fact wherever both its truths are there, again and again; keep what no other holds."""
    every, layer = set(terms), set(terms)
    while layer:
        layer = {
            one & other
            for one, other in combinations(layer, 2)
            if len(one ^ other) == _ONE_FACT and len({name for name, _ in one ^ other}) == 1
        }
        every |= layer
    return every


_ONE_FACT: Final = 2
"""A fact said and denied, seen from both sides."""


def _world(term: frozenset[Literal]) -> frozenset[Fact]:
    return frozenset(name for name, true in term if true)
