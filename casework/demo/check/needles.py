"""Looks for thousands of words in millions of bytes, quickly enough to do it every time."""

from collections.abc import Collection
from typing import Final

_STEP: Final = 4
_SHORTEST: Final = 2 * _STEP - 1
_WINDOW: Final = 1 << 20


def any_in(needles: Collection[bytes], haystack: bytes) -> bool:
    """Say whether any of `needles`, each of seven bytes or more, stands in `haystack`."""
    if min(map(len, needles), default=_SHORTEST) < _SHORTEST:
        raise ValueError("too short to be looked for")
    overlap = max(map(len, needles), default=0)
    starts = range(0, max(len(haystack), 1), _WINDOW)
    return any(_in(needles, haystack[start : start + _WINDOW + overlap]) for start in starts)


def _in(needles: Collection[bytes], window: bytes) -> bool:
    """Look whole only for needles of which some four bytes stand at a multiple of four.

    Wherever seven bytes stand, they hold four that do.
    """
    steps = {window[at : at + _STEP] for at in range(0, len(window), _STEP)}
    return any(
        needle in window
        for needle in needles
        if any(needle[shift : shift + _STEP] in steps for shift in range(_STEP))
    )
