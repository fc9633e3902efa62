"""What a grant says: which key, of which epoch, to whom. Encoded once, bound everywhere."""

from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

from casework.crypto import labels
from casework.crypto.encoding import lp, u32

_ID_BYTES: Final = 16
_EPOCH_BYTES: Final = 4


class Delivery(NamedTuple):
    """One compartment key of one epoch for one organisation, reached at key `kid`."""

    instance: UUID
    compartment: UUID
    epoch: int
    organisation: UUID
    kid: bytes
    dek_commit: bytes


def grant_info(label: bytes, delivery: Delivery) -> bytes:
    """Encode the delivery: HPKE info under labels.GRANT, ring entry under labels.RING."""
    instance, compartment, epoch, organisation, kid, dek_commit = delivery
    before, between, after = _frame(label, instance.int, organisation.int, kid)
    own = compartment.int.to_bytes(16) + between + u32(epoch)
    return before + own + after + u32(len(dek_commit)) + dek_commit


@lru_cache
def _frame(label: bytes, instance: int, organisation: int, kid: bytes) -> tuple[bytes, ...]:
    # What frames a compartment is the same for every key of a ring: a page opens dozens of them.
    before = lp(label, instance.to_bytes(16)) + u32(_ID_BYTES)
    return before, u32(_EPOCH_BYTES), lp(organisation.to_bytes(16), kid)


def grant_statement(info: bytes, body: bytes, granter: UUID, granted_at: int) -> bytes:
    """Encode what the granting organisation signs.

    `body` is the HPKE part of the grant (`hpke.body`), `granted_at` microseconds since 1970.
    """
    digests = sha256(info).digest(), sha256(body).digest()
    return lp(labels.GRANT_SIGNATURE, *digests, granter.bytes, granted_at.to_bytes(8, "big"))
