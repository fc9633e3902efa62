"""The registrar's private key in a file of its own, under a passphrase. It never meets a server.

A text: cost and salt of Argon2id, the public key, and the seed sealed by what the passphrase gives.
Frozen in `tests/vectors/registrar.json`.
"""

import json
from hashlib import sha256
from typing import Any, Final

from casework.crypto.encoding import lp, u32
from casework.crypto.passwords import Argon2Cost, stretch
from casework.crypto.secretbox import Box
from casework.crypto.signing import SigningKey
from casework.entropy import Entropy
from casework.errors import InvalidInput, Misconfigured, SealBroken
from casework.sentences import N_

COST: Final = Argon2Cost(memory_kib=256 * 1024, passes=3)
"""What one guess costs whoever finds the file: nearly a second."""

SHORTEST: Final = 12
_FORMAT: Final = "casework/registrar-key/v1"
_LABEL: Final = _FORMAT.encode("ascii")
_MOST_MEMORY_KIB: Final = 4 * 1024 * 1024
_MOST_PASSES: Final = 64

_SHORT: Final = N_("Choisissez une phrase d’au moins 12 caractères.")
_NO_KEY: Final = N_("Ce fichier n’est pas une clé privée du registre des clés.")
_WRONG: Final = N_("Cette phrase n’ouvre pas la clé du registre : vérifiez-la et recommencez.")


def seal(passphrase: str, entropy: Entropy, cost: Argon2Cost) -> tuple[str, bytes]:
    """Draw a key; return the text of its file, and its public key.

    Raises `InvalidInput` for a short passphrase.
    """
    if len(passphrase) < SHORTEST:
        raise InvalidInput({"passphrase": [_SHORT]})
    seed, salt = entropy.bytes(32), entropy.bytes(16)
    public = SigningKey.from_seed(seed).public
    sealed = _box(passphrase, salt, cost).seal(
        seed, _context(public, salt, cost), entropy.bytes(12)
    )
    body = {
        "format": _FORMAT,
        "public": public.hex(),
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": salt.hex(),
        "sealed": sealed.hex(),
    }
    return json.dumps(body, indent=1) + "\n", public


def unseal(text: str, passphrase: str) -> SigningKey:
    """Return the key. Raises `InvalidInput` for another file or another passphrase."""
    try:
        body, cost = _body(text)
        raw = {name: bytes.fromhex(body[name]) for name in ("public", "salt", "sealed")}
    except (KeyError, TypeError, ValueError, Misconfigured):
        raise InvalidInput({"key": [_NO_KEY]}) from None
    try:
        context = _context(raw["public"], raw["salt"], cost)
        seed = _box(passphrase, raw["salt"], cost).open(raw["sealed"], context)
    except SealBroken:
        raise InvalidInput({"passphrase": [_WRONG]}) from None
    return SigningKey.from_seed(seed)


def _body(text: str) -> tuple[dict[str, Any], Argon2Cost]:
    body: dict[str, Any] = json.loads(text)
    memory, passes, lanes = (int(body[name]) for name in ("memory_kib", "passes", "lanes"))
    if body["format"] != _FORMAT or memory > _MOST_MEMORY_KIB or passes > _MOST_PASSES:
        raise ValueError
    return body, Argon2Cost(memory, passes, lanes)


def _box(passphrase: str, salt: bytes, cost: Argon2Cost) -> Box:
    # There is no server whose part could be stretched in: a constant stands in its place.
    return Box(stretch(passphrase, salt, sha256(_LABEL).digest(), cost).unlock)


def _context(public: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    return lp(_LABEL, public, salt, u32(cost.memory_kib), u32(cost.passes), u32(cost.lanes))
