"""Small secrets at rest: organisation seals, session material, drafts, parts of the register."""

from typing import Final

from casework.crypto import labels
from casework.crypto.aead import VersionedCipher
from casework.crypto.encoding import lp

_FRAMED: Final = lp(labels.BOX)


class Box:
    """One key; every value is bound to a `context` that says what and whose it is."""

    __slots__ = ("_cipher",)

    def __init__(self, raw: bytes) -> None:
        self._cipher = VersionedCipher(raw)

    def seal(self, plaintext: bytes, context: bytes, nonce: bytes) -> bytes:
        """Seal under a nonce never used before with this key: `01 | nonce 12 | ct | tag`."""
        return self._cipher.seal(plaintext, _FRAMED + lp(context), nonce)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Return the plaintext; SealBroken if key, context or bytes differ."""
        return self._cipher.open(sealed, _FRAMED + lp(context))
