"""Names without case, accents or signs: one by one, or by the thousand in the time of a few."""

import unicodedata
from collections.abc import Sequence
from typing import Final

PARTICLES: Final = frozenset(
    ("d", "de", "du", "des", "l", "la", "le", "les", "el", "al", "ben", "bin", "ibn", "ould")
)
"""Words of a name that two clerks write, join or forget."""

_BETWEEN: Final = "\n"
_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ı": "i", "ø": "o", "ł": "l", "đ": "d"})


def words(name: str) -> list[str]:
    """Return the words of a name, without case, accents or signs."""
    return _plain(name.replace(_BETWEEN, " ")).split()


def folded_all(names: Sequence[str]) -> list[str]:
    """Return the same of many names, the words of each apart by spaces."""
    together = _plain(_BETWEEN.join(names)).split(_BETWEEN) if names else []
    if len(together) != len(names):  # one of them has a line break
        return [" ".join(words(one)) for one in names]
    return together


def bare(parts: Sequence[str]) -> Sequence[str]:
    """Return the words of a name without its particles; all of them if it has no other."""
    return [one for one in parts if one not in PARTICLES] or parts


def _plain(text: str) -> str:
    """Fold a text whole: the signs in it are looked at once each, however often they stand."""
    text = text.casefold().translate(_LETTERS)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    signs = {sign for sign in set(text) if not sign.isalnum() and sign != _BETWEEN}
    return text.translate({ord(one): _without(one) for one in signs})


def _without(sign: str) -> str:
    return "" if unicodedata.combining(sign) else " "
