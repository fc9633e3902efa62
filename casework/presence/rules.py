"""The spellings under which a French name is known: as two clerks write it, and no further."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from typing import Final

MOST: Final = 16
"""Spellings of one person at most."""

_NO_LETTER: Final = re.compile(r"[\W_]+")
_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ı": "i", "ø": "o", "ł": "l", "đ": "d"})
_PARTICLES: Final = frozenset({"d", "de", "du", "des", "l", "la", "le", "les"})
_FAMILY_FORMS: Final = 6
_SHORTEST_PART: Final = 3
_VARIANTS: Final = {
    **dict.fromkeys(("mohammed", "mohamad", "muhammad", "muhammed", "mouhamed"), "mohamed"),
    **dict.fromkeys(("amadou", "mamadu", "mahamadou"), "mamadou"),
    **dict.fromkeys(("yassin", "yacine"), "yassine"),
    **dict.fromkeys(("fatimah", "fatma"), "fatima"),
    **dict.fromkeys(("iliyes", "ilies"), "ilyes"),
}


def spellings(family: str, given: str, birth: date) -> list[str]:
    """Return what is compared of a person, the fullest first; nothing without both names.

    Each spelling holds a family name, a given name and the whole date of birth.
    """
    names = list(_names(_tokens(family), [_usual(one) for one in _tokens(given)]))
    return [f"{one}|{birth.isoformat()}" for one in dict.fromkeys(names)][:MOST]


def asked(family: str, given: str, birth: date) -> list[str]:
    """Return the same for somebody who asks: day and month may have changed places."""
    return [one for day in _days(birth) for one in spellings(family, given, day)]


def _names(family: Sequence[str], given: Sequence[str]) -> Iterator[str]:
    """Give « family|given » in each form, and both in any order of the words."""
    if not family or not given:
        return
    bare = _bare(family)
    for one, other in product(_family_forms(family, bare), ("".join(given), given[0])):
        yield f"{one}|{other}"
    yield f"*{''.join(sorted([*bare, *given]))}"


def _family_forms(tokens: Sequence[str], bare: Sequence[str]) -> list[str]:
    """Return a family name written together, without particles, in any order, and each half."""
    whole = ["".join(tokens), "".join(bare), "".join(sorted(bare))]
    halves = [one for one in bare if len(one) >= _SHORTEST_PART] if len(bare) > 1 else []
    return list(dict.fromkeys([*whole, *halves]))[:_FAMILY_FORMS]


def _bare(tokens: Sequence[str]) -> Sequence[str]:
    return [one for one in tokens if one not in _PARTICLES] or tokens


def _usual(given: str) -> str:
    return _VARIANTS.get(given, given)


def _tokens(name: str) -> list[str]:
    """Return the words of a name, without case, accents or signs."""
    apart = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _NO_LETTER.sub(" ", bare).split()


def _days(birth: date) -> list[date]:
    try:
        return list(dict.fromkeys([birth, birth.replace(month=birth.day, day=birth.month)]))
    except ValueError:
        return [birth]
