"""Every combination of facts at once: one integer per fact, one bit per world."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import takewhile
from operator import or_
from types import MappingProxyType

from casework.charters.condition import All, AnyOf, Condition, Is, Not
from casework.charters.facts import BIT, Fact
from casework.charters.gates import Gate, Step
from casework.charters.terms import Term
from casework.charters.vocabulary import PartnerCategory


class Worlds:
    """All worlds over `facts` in which the principal's body is of `category` (or of none).

    A table is an integer whose bit w says whether something holds in world w. Facts that are
    `settled` are as they are in every world.
    """

    def __init__(
        self,
        facts: Iterable[str],
        category: PartnerCategory | None = None,
        settled: Mapping[str, bool] = MappingProxyType({}),
    ) -> None:
        """Lay out 2 to the power of the number of unsettled facts worlds."""
        self._facts = sorted(set(facts) - settled.keys())
        self.count = 1 << len(self._facts)
        self.every = (1 << self.count) - 1
        self._tables: dict[str, int] = dict.fromkeys(map(str, PartnerCategory), 0)
        if category is not None:
            self._tables[str(category)] = self.every
        for name, true in settled.items():
            self._tables[name] = self.every if true else 0
        for index, name in enumerate(self._facts):
            self._tables[name] = _column(index, self.count)
        self._terms: dict[Term, int] = {}

    def table(self, condition: Condition) -> int:
        """Return the worlds where `condition` holds."""
        match condition:
            case Is(name):
                return self._tables[name]
            case Not(part):
                return self.every ^ self.table(part)
            case All(parts):
                return self._all(parts)
            case AnyOf(parts):
                return self.every ^ self._all(tuple(map(Not, parts)))

    def opened(self, gate: Gate) -> int:
        """Return the worlds where the compiled gate ends in a grant."""
        usual = self._term(gate.usual)
        inner = self._opened(gate.inner, usual)
        return inner | self._opened(gate.steps, self.every ^ usual)

    def _opened(self, steps: Sequence[Step], undecided: int) -> int:
        opened = 0
        for step in steps:
            matched = undecided & self._term(Term(step.mask, step.value))
            undecided ^= matched
            if step.decision.allowed:
                opened |= matched
        return opened

    def _all(self, parts: tuple[Condition, ...]) -> int:
        table = self.every
        for part in parts:
            table &= self.table(part)
        return table

    def _term(self, term: Term) -> int:
        """Return the worlds where a term holds; the steps of a gate say the same one twice."""
        if term not in self._terms:
            table = self.every
            for name, bit in BIT.items():
                if term.mask & bit:
                    column = self._tables[name]
                    table &= column if term.value & bit else self.every ^ column
            self._terms[term] = table
        return self._terms[term]


@lru_cache
def _column(index: int, count: int) -> int:
    """Return those of `count` worlds whose number has bit `index` set, by doubling the pattern."""
    half = 1 << index
    pattern, width = ((1 << half) - 1) << half, 2 * half
    while width < count:
        pattern |= pattern << width
        width *= 2
    return pattern


def settled_by(gate: Gate) -> dict[str, bool]:
    """Return the facts without which a gate opens in neither of its forms, read off both.

    The tree asks for each of them beside all the rest; the steps refuse whoever lacks one before
    they grant anything. Worlds where one is otherwise need not be looked at: half as many each.
    """
    asked = gate.condition.parts if isinstance(gate.condition, All) else ()
    refusing = {step[:2] for step in takewhile(lambda one: not one.decision.allowed, gate.steps)}
    found: dict[str, bool] = {}
    for name, bit in BIT.items():
        true = bool(gate.usual.value & bit)
        conjunct: Condition = Is(name) if true else Not(Is(name))
        barred = Term(bit, 0 if true else bit)
        if gate.usual.mask & bit and conjunct in asked and barred in refusing:
            found[name] = true
    return found


def told_by(gate: Gate) -> frozenset[str]:
    """Return the facts that a compiled gate compares."""
    mask = reduce(or_, (step.mask for step in (*gate.steps, *gate.inner)), gate.usual.mask)
    return frozenset(name for name, bit in BIT.items() if mask & bit)


def categories_in(names: Iterable[str]) -> list[PartnerCategory | None]:
    """Return the categories that `names` tell apart, and None for all the others."""
    return [None, *(category for category in PartnerCategory if category in names)]


def facts_in(names: Iterable[str]) -> set[str]:
    """Return the facts among `names`, without the categories."""
    return set(map(str, Fact)) & set(names)
