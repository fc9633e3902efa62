"""Key pairs that receive: X25519 (RFC 7748), and its hybrid with ML-KEM-768 (FIPS 203)."""

from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from casework.crypto import labels
from casework.crypto.derive import expand

_MLKEM_SEED: Final = 64
_MLKEM_PUBLIC: Final = 1184


class AgreementKey:
    """An X25519 key pair; `public` is 32 bytes."""

    __slots__ = ("private", "public")

    suite: Final = 1

    def __init__(self, private: X25519PrivateKey) -> None:
        self.private = private
        self.public = private.public_key().public_bytes_raw()

    @classmethod
    def from_seed(cls, seed: bytes) -> "AgreementKey":
        """Make the pair of a seed of 32 bytes, always the same."""
        return cls(X25519PrivateKey.from_private_bytes(seed))


class HybridKey:
    """An ML-KEM-768 and X25519 key pair; `public` is both keys, 1184 then 32 bytes."""

    __slots__ = ("private", "public")

    suite: Final = 2

    def __init__(self, lattice: MLKEM768PrivateKey, curve: X25519PrivateKey) -> None:
        self.private = MLKEM768X25519PrivateKey(lattice, curve)
        publics = lattice.public_key(), curve.public_key()
        self.public = b"".join(public.public_bytes_raw() for public in publics)

    @classmethod
    def from_seed(cls, seed: bytes) -> "HybridKey":
        """Make the pair of a seed of 32 bytes, always the same."""
        seeds = expand(seed, labels.HYBRID, _MLKEM_SEED + 32)
        return cls(
            MLKEM768PrivateKey.from_seed_bytes(seeds[:_MLKEM_SEED]),
            X25519PrivateKey.from_private_bytes(seeds[_MLKEM_SEED:]),
        )


def curve_public(raw: bytes) -> X25519PublicKey:
    """Read an X25519 public key; ValueError unless 32 bytes."""
    return X25519PublicKey.from_public_bytes(raw)


def hybrid_public(raw: bytes) -> MLKEM768X25519PublicKey:
    """Read a hybrid public key; ValueError unless 1216 bytes."""
    lattice, curve = raw[:_MLKEM_PUBLIC], raw[_MLKEM_PUBLIC:]
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(lattice), curve_public(curve)
    )
