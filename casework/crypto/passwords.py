"""Passwords: one Argon2id stretch (RFC 9106), two outputs that do not lead to each other."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from unicodedata import normalize

from argon2.low_level import Type, hash_secret_raw

from casework.crypto import labels
from casework.crypto.aead import KEY_BYTES, require_key
from casework.crypto.derive import expand
from casework.crypto.encoding import utf8
from casework.errors import Misconfigured

# OWASP Password Storage Cheat Sheet: Argon2id with at least 19 MiB and two passes.
_LEAST_MEMORY_KIB: Final = 19 * 1024
_LEAST_PASSES: Final = 2
_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """Cost of one stretch. Misconfigured below the OWASP minimum, wherever it was read from."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1

    def __post_init__(self) -> None:
        """Refuse a cost that would make guessing cheap."""
        if self.memory_kib < _LEAST_MEMORY_KIB or self.passes < _LEAST_PASSES or self.lanes < 1:
            floor = f"{_LEAST_MEMORY_KIB} Kio et {_LEAST_PASSES} passes"
            raise Misconfigured([f"Le coût d’Argon2 est sous le minimum : {floor}."])

    @classmethod
    def for_tests(cls) -> "Argon2Cost":
        """Return the cheapest cost there is, past the floor. Never for a real password."""
        cost = object.__new__(cls)
        for name, least in (("memory_kib", 8), ("passes", 1), ("lanes", 1)):
            object.__setattr__(cost, name, least)
        return cost


@dataclass(frozen=True, slots=True, repr=False)
class Stretched:
    """`verifier` is stored; `unlock` is a key, used and forgotten."""

    verifier: bytes
    unlock: bytes

    def matches(self, stored: bytes) -> bool:
        """Compare with a stored verifier in constant time."""
        return hmac.compare_digest(self.verifier, stored)


def stretch(password: str, salt: bytes, password_key: bytes, cost: Argon2Cost) -> Stretched:
    """Stretch `password` once, under a server key, so that a stolen table alone is no use.

    NFKC first: an accent typed on another keyboard is the same accent. `salt` is at least 16
    bytes, `password_key` 32. InvalidInput for a password that is not text.
    """
    if len(salt) < _SALT_BYTES:
        raise ValueError("a salt is at least 16 bytes")
    typed = utf8(normalize("NFKC", password), field="password")
    secret = hmac.digest(require_key(password_key), typed, "sha256")
    root = hash_secret_raw(
        secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID
    )
    verifier = sha256(expand(root, labels.AUTH)).digest()
    return Stretched(verifier, expand(root, labels.UNLOCK))
