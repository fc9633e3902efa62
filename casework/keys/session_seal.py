"""A member's seed while a web session lasts: under a key that only the cookie leads to."""

from typing import Final
from uuid import UUID

from casework.crypto.derive import expand
from casework.crypto.encoding import lp
from casework.crypto.secretbox import Box
from casework.entropy import Entropy

_LABEL: Final = b"casework/session/v1"


def seal_for_session(secret: bytes, member_id: UUID, seed: bytes, entropy: Entropy) -> bytes:
    """Return `seed` sealed under HKDF-Expand(`secret`); `secret` is the cookie's 32 bytes."""
    return _box(secret).seal(seed, _context(member_id), entropy.bytes(12))


def open_in_session(secret: bytes, member_id: UUID, sealed: bytes) -> bytes:
    """Return the seed. Raises `SealBroken` for another cookie or another member."""
    return _box(secret).open(sealed, _context(member_id))


def _box(secret: bytes) -> Box:
    return Box(expand(secret, _LABEL))


def _context(member_id: UUID) -> bytes:
    return lp(_LABEL, member_id.bytes)
