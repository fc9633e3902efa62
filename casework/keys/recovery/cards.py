"""From the 160 bits of a custodian's card to the key pair it opens, and from a seed to an escrow's.

Nothing is stretched: nobody guesses 160 bits.
"""

import hashlib
from typing import Final
from uuid import UUID

from casework.crypto import hpke
from casework.crypto.agreement import AgreementKey
from casework.crypto.derive import expand, extract
from casework.crypto.encoding import lp
from casework.keys.recovery.nested import Whose

SECRET_BYTES: Final = 20
"""What stands on a card: 160 bits."""

_CARD: Final = b"casework/escrow-card/v1"
_ESCROW: Final = b"casework/escrow-x25519/v1"
_DECOY: Final = b"casework/escrow-decoy/v1"


def key_of_card(whose: Whose, member_id: UUID, secret: bytes) -> bytes:
    """Return the 32 bytes of the X25519 key of a card: another escrow or member, another key."""
    place = lp(whose.council_id.bytes, whose.escrow_id.bytes, member_id.bytes)
    return extract(secret, hashlib.sha256(place).digest(), lp(_CARD))


def pair_of_seed(seed: bytes) -> AgreementKey:
    """Return the key pair of an escrow."""
    return AgreementKey.from_seed(expand(seed, _ESCROW))


def seal_decoy(whose: Whose, public: bytes, decoy: bytes) -> bytes:
    """Seal to the escrow a secret that opens nothing: what a rehearsal opens."""
    return hpke.wrap(decoy, public, _decoy(whose))


def decoy_is(whose: Whose, pair: AgreementKey, sealed: bytes, digest: bytes) -> bool:
    """Open the decoy and say whether it is the one. Raises `SealBroken` for another key."""
    return digest_of(hpke.unwrap(sealed, pair, _decoy(whose))) == digest


def digest_of(decoy: bytes) -> bytes:
    """Return what a decoy is known by."""
    return hashlib.sha256(lp(_DECOY, decoy)).digest()


def _decoy(whose: Whose) -> bytes:
    return lp(_DECOY, whose.council_id.bytes, whose.escrow_id.bytes)
