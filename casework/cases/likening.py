"""What a search, and a notice of resemblance, keep of the names that are alike: pure rules."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from casework.cases.searches import Likeness
from casework.matching.dates import Agreement, Birth
from casework.matching.names import SAME, Match, Names

_ORDER: Final = tuple(Agreement)


class Near(NamedTuple):
    """The place of a name that is alike, and in what; the least is the nearest."""

    far: int
    place: int
    likeness: Likeness
    birth: Agreement


Agrees = Callable[[int], Agreement]
"""Says how the date of birth at a place agrees with the one asked for."""


def searched(names: Names, words: str, agrees: Agrees, birth: Birth | None) -> list[Near]:
    """Return the answers to a search.

    Where a date of birth was given, another date stands only beside the very name.
    """
    found = []
    for match in names.look_up(words):
        agreement = agrees(match.place)
        exact = match.family == SAME and match.given in {0, SAME}
        if birth is None or exact or agreement is not Agreement.OTHER:
            likeness = Likeness.SAME if exact else Likeness.NEAR
            found.append(_near(match, likeness, agreement))
    return sorted(found)


def resembling(names: Names, family: str, given: str, agrees: Agrees) -> list[Near]:
    """Return those who may be the same person, a twin, or somebody of the same name."""
    return sorted(_resembling(names.like(family, given, by_family=True), agrees))


def _resembling(matches: Sequence[Match], agrees: Agrees) -> Iterator[Near]:
    for match in matches:
        agreement = agrees(match.place)
        likeness = _likeness(match, agreement)
        if likeness is not None:
            yield _near(match, likeness, agreement)


def _likeness(match: Match, agreement: Agreement) -> Likeness | None:
    if not match.given:
        return Likeness.TWIN if agreement is Agreement.SAME else None
    exact = match.family == SAME and match.given == SAME
    if agreement is Agreement.OTHER:
        return Likeness.NAMESAKE if exact else None
    whole = exact and agreement is Agreement.SAME
    return Likeness.SAME if whole else Likeness.NEAR


def _near(match: Match, likeness: Likeness, agreement: Agreement) -> Near:
    """Order by the names, then by the dates: by nothing else."""
    return Near(
        (SAME - match.score) * len(_ORDER) + _ORDER.index(agreement),
        match.place,
        likeness,
        agreement,
    )
