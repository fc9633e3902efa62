"""How a fault repeats a wrong word, and which known word was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_QUOTED: Final = 40
"""How much of a wrong value is repeated, in characters."""


def quoted(value: object) -> str:
    """Return a wrong value as a fault repeats it: never at length."""
    said = str(value)
    return said if len(said) <= _QUOTED else f"{said[:_QUOTED]}…"


def meant(word: object, known: Iterable[str]) -> str:
    """Return « (vouliez-vous dire … ?) » when a known word is close to a wrong one."""
    near = get_close_matches(quoted(word), sorted(map(str, known)), n=1)
    return f" (vouliez-vous dire « {near[0]} » ?)" if near else ""
