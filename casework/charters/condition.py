"""Conditions over named facts: one tree for the decision, the SQL filter and the proofs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from casework.charters.facts import BIT


@dataclass(frozen=True, slots=True)
class Is:
    """The fact `name` is true."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """`part` is false."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; of none, true."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; of none, false."""

    parts: tuple["Condition", ...]


Condition: TypeAlias = Is | Not | All | AnyOf

ALWAYS: Condition = All(())
NEVER: Condition = AnyOf(())


def any_fact(names: Iterable[str]) -> Condition:
    """Return the condition that at least one of `names` is true."""
    return AnyOf(tuple(Is(str(name)) for name in names))


def names(condition: Condition) -> frozenset[str]:
    """Return every fact that `condition` speaks of."""
    match condition:
        case Is(name):
            return frozenset({name})
        case Not(part):
            return names(part)
        case All(parts) | AnyOf(parts):
            return frozenset().union(*map(names, parts))


def size(condition: Condition) -> int:
    """Return how many facts `condition` speaks of, each as often as it does."""
    match condition:
        case Is():
            return 1
        case Not(part):
            return size(part)
        case All(parts) | AnyOf(parts):
            return sum(map(size, parts))


class Parsed(NamedTuple):
    """A condition read from a charter; with faults, the condition never holds."""

    condition: Condition
    faults: tuple[str, ...]


Named: TypeAlias = Mapping[str, Condition]
"""Conditions that a charter gave a name of its own."""

LONGEST: Final = 200
"""In characters: a condition is read aloud, and read by descent."""

WORDS: Final = frozenset({"and", "or", "not"})
_TOKEN = re.compile(r"\s*([a-z_]+|[()]|\S)")
_SIGNS = WORDS | {"(", ")"}
_NOTHING_NAMED: Named = MappingProxyType({})


class _Unreadable(Exception):
    """The sentence of a fault of syntax."""


def tokens_of(text: str) -> list[str]:
    """Return the words and signs of a condition, in their order."""
    return _TOKEN.findall(text)


def parse(text: str, named: Named = _NOTHING_NAMED) -> Parsed:
    """Read `and`, `or`, `not`, parentheses, facts and `named`; report every fault in French."""
    if len(text) > LONGEST:
        return Parsed(NEVER, (f"La condition dépasse {LONGEST} caractères.",))
    tokens = tokens_of(text)
    faults = [
        f"« {token} » n’est pas un fait connu."
        for token in dict.fromkeys(tokens)
        if token not in _SIGNS and token not in BIT and token not in named
    ]
    reader = _Reader(iter(tokens), named)
    try:
        condition = reader.whole()
    except _Unreadable as fault:
        faults.append(str(fault))
        condition = NEVER
    return Parsed(NEVER if faults else condition, tuple(faults))


class _Reader:
    """A descent over tokens: `or` binds loosest, `not` tightest."""

    def __init__(self, tokens: Iterator[str], named: Named) -> None:
        """Start before the first token; the empty token is the end."""
        self._tokens = tokens
        self._named = named
        self._token = next(tokens, "")

    def whole(self) -> Condition:
        condition = self._either()
        if self._token:
            raise _Unreadable(f"« {self._token} » n’est pas attendu ici dans la condition.")
        return condition

    def _either(self) -> Condition:
        parts = [self._all()]
        while self._accept("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self) -> Condition:
        parts = [self._one()]
        while self._accept("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Condition:
        if self._accept("not"):
            denied = self._one()
            return denied.part if isinstance(denied, Not) else Not(denied)
        if self._accept("("):
            inner = self._either()
            if not self._accept(")"):
                raise _Unreadable("Une parenthèse de la condition n’est pas fermée.")
            return inner
        return self._fact()

    def _fact(self) -> Condition:
        if not self._token or self._token in _SIGNS:
            raise _Unreadable("Il manque un fait dans la condition.")
        name = self._token
        self._token = next(self._tokens, "")
        return self._named.get(name) or Is(name)

    def _accept(self, token: str) -> bool:
        if self._token != token:
            return False
        self._token = next(self._tokens, "")
        return True
