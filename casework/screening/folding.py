"""Text without accents and capitals, letter for letter: places found in it are those of the text."""

from typing import Final
from unicodedata import normalize

_APOSTROPHES: Final = frozenset("’ʼ＇")


def folded(text: str) -> str:
    """Return as many characters as `text`, which is in NFC, each in small and plain."""
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    small = normalize("NFD", character)[0].lower()
    return small if len(small) == 1 else character
