"""The words of many names, each once: which of them are like a word somebody asks for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from casework.matching.folding import bare
from casework.matching.phonetics import sound, sounds
from casework.matching.variants import variants

CUTOFF: Final = 80
"""Of 100: the least that two words share of their letters, in order, to be alike (Indel)."""

_VARIANT: Final = 95
_SOUND: Final = 90
_SHORTEST_SOUND: Final = 2
_PARTIAL: Final = 5

Scores = Mapping[str, int]
"""How near to 100 each of some folded names, or words, is."""


class Forms(NamedTuple):
    """A name in its words, and in one word: with its particles, and without."""

    parts: Sequence[str]
    wholes: Sequence[str]


def forms(words: Sequence[str]) -> Forms:
    """Return how folded words may be written, apart or together."""
    kept = bare(words)
    return Forms(kept, tuple(dict.fromkeys(("".join(words), "".join(kept)))) if words else ())


class Vocabulary:
    """The words of some folded names; what is alike is looked for once for each word asked."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` each once."""
        self._names: dict[str, list[str]] = {}
        for name in names:
            words = name.split()
            for one in words if len(words) == 1 else {*bare(words), *forms(words).wholes}:
                self._names.setdefault(one, []).append(name)
        self._written = list(self._names)
        self._heard = sounds(self._written)
        self._alike: dict[str, Scores] = {}

    def nearest(self, asked: Forms, *, every: bool = False) -> Scores:
        """Return the names that what is asked is near, and how near; `every` word of it if so."""
        likes = {one: self._like(one) for one in (*asked.parts, *asked.wholes)}
        touched = {name for near in likes.values() for one in near for name in self._names[one]}
        scored = {name: _nearness(asked, forms(name.split()), likes, every) for name in touched}
        return {name: score for name, score in scored.items() if score}

    def _like(self, word: str) -> Scores:
        if word not in self._alike:
            found = self._spelled(word)
            for one, score in self._sounding(word).items():
                found[one] = max(found.get(one, 0), score)
            self._alike[word] = found
        return self._alike[word]

    def _spelled(self, word: str) -> dict[str, int]:
        near = process.extract(
            word, self._written, scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=None
        )
        return {one: int(score) for one, score, _ in near}

    def _sounding(self, word: str) -> dict[str, int]:
        """Return the words that French ears hear alike, and the other spellings we know of."""
        key = sound(word)
        heard = zip(self._written, self._heard, strict=True) if len(key) >= _SHORTEST_SOUND else ()
        found = {one: _SOUND for one, other in heard if other == key}
        return found | {one: _VARIANT for one in variants(word) if one in self._names}


def _nearness(asked: Forms, other: Forms, likes: Mapping[str, Scores], every: bool) -> int:
    """Return the better of both ways: written as one word, or word by word.

    Word by word, all words of the shorter must be found in the longer: « Jean » is near
    « Jean-Baptiste », and « Marie-Anne » is not near « Marie-Louise ».
    """
    whole = max(likes[one].get(another, 0) for one in asked.wholes for another in other.wholes)
    best = sorted(
        (max(likes[one].get(another, 0) for another in other.parts) for one in asked.parts),
        reverse=True,
    )
    least = len(asked.parts) if every else min(len(asked.parts), len(other.parts))
    if not best[least - 1]:
        return whole
    partial = _PARTIAL * (len(asked.parts) != len(other.parts))
    return max(whole, sum(best[:least]) // least - partial)
