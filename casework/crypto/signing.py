"""Ed25519 (RFC 8032): who granted a key, who closed the register."""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from casework.errors import SealBroken


class SigningKey:
    """An Ed25519 key pair; `public` is 32 bytes."""

    __slots__ = ("_private", "public")

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()

    @classmethod
    def from_seed(cls, seed: bytes) -> "SigningKey":
        """Make the pair of a seed of 32 bytes, always the same."""
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes, the same each time for the same message."""
        return self._private.sign(message)


def verify(public: bytes, signature: bytes, message: bytes) -> None:
    """Return if `public` signed `message`; SealBroken otherwise, or if `public` is no key."""
    try:
        _key_of(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise SealBroken from None


# A register is verified by thousands of signatures of one key.
_key_of = lru_cache(maxsize=64)(Ed25519PublicKey.from_public_bytes)
