"""Grants: `01 | suite | recipient kid 16 | enc ‖ ciphertext`, HPKE base mode (RFC 9180).

Base mode does not say who sent: the signature and the commitment are checked beside it.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from casework.crypto import labels
from casework.crypto.agreement import AgreementKey, HybridKey, curve_public, hybrid_public
from casework.crypto.encoding import lp
from casework.errors import SealBroken

_VERSION: Final = 1
_KID_BYTES: Final = 16
_BODY: Final = 2 + _KID_BYTES
_SUITES: Final = {
    AgreementKey.suite: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    HybridKey.suite: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}
_READERS: Final[dict[int, Callable[[bytes], X25519PublicKey | MLKEM768X25519PublicKey]]] = {
    AgreementKey.suite: curve_public,
    HybridKey.suite: hybrid_public,
}


def kid(public: bytes) -> bytes:
    """Name a public key in 16 bytes."""
    return sha256(lp(labels.KID, public)).digest()[:_KID_BYTES]


def wrap(secret: bytes, public_key: bytes, info: bytes, suite: int = 1) -> bytes:
    """Seal `secret` to the holder of `public_key`, bound to `info`.

    Suite 1 is X25519, 2 adds ML-KEM-768. The ephemeral key is drawn by the library. SealBroken
    for a public key nobody can hold, KeyError for an unknown suite.
    """
    cipher, read = _SUITES[suite], _READERS[suite]
    try:
        sealed = cipher.encrypt(secret, read(public_key), info)
    except ValueError:
        raise SealBroken from None
    return _head(suite, public_key) + sealed


def unwrap(sealed: bytes, private_key: AgreementKey | HybridKey, info: bytes) -> bytes:
    """Return the secret; SealBroken if recipient, info or bytes differ."""
    if sealed[:_BODY] != _head(private_key.suite, private_key.public):
        raise SealBroken
    try:
        return _SUITES[private_key.suite].decrypt(body(sealed), private_key.private, info)
    except InvalidTag:
        raise SealBroken from None


def body(sealed: bytes) -> bytes:
    """Return the HPKE part of a grant, which its signature covers."""
    return sealed[_BODY:]


def recipient_of(sealed: bytes) -> bytes:
    """Return the name of the key a grant was sealed to, as it says itself."""
    return sealed[2:_BODY]


def _head(suite: int, public_key: bytes) -> bytes:
    return bytes((_VERSION, suite)) + kid(public_key)
