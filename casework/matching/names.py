"""Which of many names resemble the one somebody asks for. What is scored is the spelling."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from casework.matching.folding import folded_all, words
from casework.matching.vocabulary import Scores, Vocabulary, forms

SAME: Final = 100
MOST_WORDS: Final = 8
"""Words of what is asked that are looked at."""

_TURNED: Final = 3


class Match(NamedTuple):
    """The place of a name among those given, and how near both of its halves are, to 100.

    `given` is 0 where only the family name is alike, or none was asked for.
    """

    place: int
    score: int
    family: int
    given: int


class Names:
    """Some names, for the length of a question: family and given name of each."""

    def __init__(self, families: Sequence[str], givens: Sequence[str]) -> None:
        """Fold them all at once."""
        self._folded = folded_all(families), folded_all(givens)
        self._vocabulary = Vocabulary({*self._folded[0], *self._folded[1]} - {""})

    def look_up(self, text: str) -> list[Match]:
        """Return the names near some words in any order, the nearest first.

        Where the family name ends is not known: every place is tried.
        """
        asked = words(text)[:MOST_WORDS]
        ways = [self._find(asked[:end], asked[end:]) for end in range(1, len(asked) + 1)]
        return _nearest(one for found in ways for one in found)

    def like(self, family: str, given: str, *, by_family: bool = False) -> list[Match]:
        """Return the names near a family and a given name, the nearest first.

        The two may have changed places. `by_family` also gives those of whom only the family name
        is alike, as that of a twin.
        """
        return _nearest(self._find(words(family), words(given), by_family=by_family))

    def _find(
        self, family: Sequence[str], given: Sequence[str], *, by_family: bool = False
    ) -> list[Match]:
        """Weigh each name as it is written, and with its halves in each other's place."""
        if not family:
            return []
        by_half = self._near(family, every=not given), self._near(given)
        found: list[Match] = []
        for place, (first, second) in enumerate(zip(*self._folded, strict=True)):
            if first in by_half[0]:
                found += _weighed(place, (first, second), by_half, (bool(given), by_family))
            if second in by_half[0]:
                turned = _weighed(place, (second, first), by_half, (bool(given), False))
                found += [one._replace(score=one.score - _TURNED) for one in turned]
        return found

    def _near(self, half: Sequence[str], *, every: bool = False) -> Scores:
        return self._vocabulary.nearest(forms(half), every=every) if half else {}


def _weighed(
    place: int, written: tuple[str, str], by_half: tuple[Scores, Scores], asked: tuple[bool, bool]
) -> list[Match]:
    """Return a match, or none; `asked`: whether for both halves, whether one is enough."""
    both, one_is_enough = asked
    family, given = by_half[0][written[0]], by_half[1].get(written[1], 0)
    if both and not given and not one_is_enough:
        return []
    return [Match(place, (family + given) // 2 if both else family, family, given)]


def _nearest(found: Iterable[Match]) -> list[Match]:
    """Keep the best way to each name, the nearest first."""
    best: dict[int, Match] = {}
    for one in found:
        if one.place not in best or best[one.place].score < one.score:
            best[one.place] = one
    return sorted(best.values(), key=lambda one: (-one.score, one.place))
