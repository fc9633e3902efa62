"""How 160 bits stand on paper: base32 by fours, and a last group that finds a typing error.

The last group proves nothing to anybody: it is computed from the others.
"""

import hashlib
from base64 import b32decode, b32encode
from typing import Final

from casework.crypto.encoding import lp
from casework.errors import InvalidInput
from casework.sentences import N_

SECRET_BYTES: Final = 20
_GROUP: Final = 4
_SIGNS: Final = SECRET_BYTES * 8 // 5
_LABEL: Final = b"casework/spelled-secret/v1"
# RFC 4648 leaves out the figures that look like letters: whoever copies may write either.
_TWINS: Final = str.maketrans({"0": "O", "1": "I", "8": "B"})
_MISSPELT: Final = N_(
    "Il y a une faute de copie : neuf groupes de quatre signes, lettres et chiffres de 2 à 7. "
    "Comparez groupe par groupe avec le papier."
)


def spelled(secret: bytes) -> str:
    """Return 20 bytes as nine groups of four signs, joined by hyphens."""
    text = b32encode(secret).decode() + _check(secret)
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def read(typed: str, field: str) -> bytes:
    """Return the 20 bytes that somebody copied. Raises `InvalidInput` on `field` if misspelt."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_TWINS)
    try:
        secret = b32decode(signs[:_SIGNS])
    except ValueError:
        secret = b""
    if len(secret) != SECRET_BYTES or signs[_SIGNS:] != _check(secret):
        raise InvalidInput({field: [_MISSPELT]})
    return secret


def _check(secret: bytes) -> str:
    return b32encode(hashlib.sha256(lp(_LABEL, secret)).digest()).decode()[:_GROUP]
