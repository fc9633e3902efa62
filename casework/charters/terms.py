"""A condition as a short list of bit comparisons: the form in which decisions are taken."""

from itertools import product
from math import prod
from typing import NamedTuple

from casework.charters.condition import All, AnyOf, Condition, Is, Not
from casework.charters.facts import BIT
from casework.charters.vocabulary import PartnerCategory

_CATEGORIES = sum(BIT[category] for category in PartnerCategory)


class Term(NamedTuple):
    """Facts that must be true or false together: it holds when `bits & mask == value`."""

    mask: int
    value: int


def terms(condition: Condition) -> tuple[Term, ...]:
    """Return terms of which at least one holds exactly when `condition` does."""
    return _terms(condition, wanted=True)


def width(condition: Condition, *, wanted: bool = True) -> int:
    """Return how many terms `terms` would look at: known before they are made."""
    match condition:
        case Is():
            return 1
        case Not(part):
            return width(part, wanted=not wanted)
        case All(parts) | AnyOf(parts):
            widths = [width(part, wanted=wanted) for part in parts]
            return prod(widths) if isinstance(condition, All) is wanted else sum(widths)


def can_hold(condition: Condition) -> bool:
    """Say whether anybody can fulfil it: a body has one category."""
    return any((one.value & _CATEGORIES).bit_count() <= 1 for one in terms(condition))


def _terms(condition: Condition, *, wanted: bool) -> tuple[Term, ...]:
    match condition:
        case Is(name):
            return (Term(BIT[name], BIT[name] if wanted else 0),)
        case Not(part):
            return _terms(part, wanted=not wanted)
        case All(parts) | AnyOf(parts):
            choices = [_terms(part, wanted=wanted) for part in parts]
            together = isinstance(condition, All) is wanted
            return _together(choices) if together else _either(choices)


def _either(choices: list[tuple[Term, ...]]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term for choice in choices for term in choice))


def _together(choices: list[tuple[Term, ...]]) -> tuple[Term, ...]:
    merged = (_merge(combination) for combination in product(*choices))
    return tuple(dict.fromkeys(term for term in merged if term is not None))


def _merge(combination: tuple[Term, ...]) -> Term | None:
    """Join terms, or None when they contradict one another."""
    mask = value = 0
    for one in combination:
        if (value ^ one.value) & mask & one.mask:
            return None
        mask, value = mask | one.mask, value | one.value
    return Term(mask, value)
