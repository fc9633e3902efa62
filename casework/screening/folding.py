"""Text in small letters without accents, as long as before: places found in it are true."""

from functools import lru_cache
from typing import Final
from unicodedata import normalize

_APOSTROPHES: Final = frozenset("’ʼ＇")


def folded(text: str) -> str:
    """Return as many characters as `text`, which is in NFC, each in small and plain."""
    return "".join(map(_plain, text))


@lru_cache(maxsize=1024)
def _plain(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    small = normalize("NFD", character)[0].lower()
    return small if len(small) == 1 else character
