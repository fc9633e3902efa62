"""AES-256-GCM as we allow it: whole keys, 12-byte nonces, a version byte in front."""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.errors import SealBroken

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16

_VERSION: Final = b"\x01"
_BODY: Final = len(_VERSION) + NONCE_BYTES
_LEAST: Final = _BODY + TAG_BYTES


def require_key(raw: bytes) -> bytes:
    """Return `raw`; ValueError unless 32 bytes (the library also takes 16 and 24)."""
    if len(raw) != KEY_BYTES:
        raise ValueError("a key is 32 bytes")
    return raw


def require_nonce(nonce: bytes) -> bytes:
    """Return `nonce`; ValueError unless 12 bytes (the library also takes 8 to 128)."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError("a nonce is 12 bytes")
    return nonce


class VersionedCipher:
    """The layout `01 | nonce 12 | ciphertext | tag 16` under one key."""

    __slots__ = ("_cipher",)

    def __init__(self, raw: bytes) -> None:
        self._cipher = AESGCM(require_key(raw))

    def seal(self, plaintext: bytes, associated: bytes, nonce: bytes) -> bytes:
        """Seal under a nonce never used before with this key."""
        return _VERSION + nonce + self._cipher.encrypt(require_nonce(nonce), plaintext, associated)

    def open(self, sealed: bytes, associated: bytes) -> bytes:
        """Return the plaintext; SealBroken if anything differs from the sealing."""
        if sealed[:1] != _VERSION or len(sealed) < _LEAST:
            raise SealBroken
        try:
            return self._cipher.decrypt(sealed[1:_BODY], sealed[_BODY:], associated)
        except InvalidTag:
            raise SealBroken from None
