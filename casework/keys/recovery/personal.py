"""A member's own way back: a printed code that seals their seed once more."""

from uuid import UUID

from casework.crypto.derive import extract
from casework.crypto.encoding import lp
from casework.entropy import Entropy
from casework.keys.member_keys import Unlocking, open_seed, seal_seed

_LABEL = b"casework/recovery-code/v1"


def seal_with_code(member_id: UUID, code: bytes, seed: bytes, entropy: Entropy) -> bytes:
    """Return the seed sealed by the 160 bits of a code."""
    return seal_seed(member_id, _unlock(member_id, code), seed, entropy, Unlocking.RECOVERY)


def open_with_code(member_id: UUID, code: bytes, sealed: bytes) -> bytes:
    """Return the seed. Raises `SealBroken` for another member or code."""
    return open_seed(member_id, _unlock(member_id, code), sealed, Unlocking.RECOVERY)


def _unlock(member_id: UUID, code: bytes) -> bytes:
    """Derive without stretching: nobody guesses 160 bits."""
    return extract(code, member_id.bytes, lp(_LABEL))
