"""ML-DSA-44 (FIPS 204, without context): signatures that a quantum computer does not forge."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from casework.errors import SealBroken


class LatticeKey:
    """An ML-DSA-44 key pair; `public` is 1312 bytes."""

    __slots__ = ("_private", "public")

    def __init__(self, private: MLDSA44PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()

    @classmethod
    def from_seed(cls, seed: bytes) -> "LatticeKey":
        """Make the pair of a seed of 32 bytes, always the same."""
        return cls(MLDSA44PrivateKey.from_seed_bytes(seed))

    def sign(self, message: bytes) -> bytes:
        """Return 2420 bytes, others each time."""
        return self._private.sign(message)


def verify_lattice(public: bytes, signature: bytes, message: bytes) -> None:
    """Return if `public` signed `message`; SealBroken otherwise, or if `public` is no key."""
    try:
        MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise SealBroken from None
