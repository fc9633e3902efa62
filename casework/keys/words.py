"""A public key as six words, to be read aloud and compared by telephone.

The list is frozen: 2048 French words without accents, no two of which sound alike.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from casework.crypto.encoding import lp

COUNT: Final = 6
_BITS: Final = 11
_LABEL: Final = b"casework/fingerprint/v1"
_LIST: Final = Path(__file__).with_name("words.txt")


def fingerprint(public: bytes) -> tuple[str, ...]:
    """Return six words, 66 bits of SHA-256 of a public key."""
    number = int.from_bytes(hashlib.sha256(lp(_LABEL, public)).digest())
    words, mask = known(), (1 << _BITS) - 1
    return tuple(words[number >> (256 - _BITS * nth) & mask] for nth in range(1, COUNT + 1))


@cache
def known() -> tuple[str, ...]:
    """Return the 2048 words, in their order."""
    return tuple(_LIST.read_text(encoding="ascii").split())
