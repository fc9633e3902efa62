"""What a grant says: which key, of which epoch, to whom. Encoded once, bound everywhere."""

from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from casework.crypto import labels
from casework.crypto.encoding import lp, lp_part


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
    before, after = around_part(label, instance, organisation, kid)
    return before + lp_part(compartment, epoch) + after + lp(dek_commit)


def around_part(
    label: bytes, instance: UUID, organisation: UUID, kid: bytes
) -> tuple[bytes, bytes]:
    """Encode what stands before and after a part: the same for every key of a ring."""
    return _around(label, instance.int, organisation.int, kid)


@lru_cache
def _around(label: bytes, instance: int, organisation: int, kid: bytes) -> tuple[bytes, bytes]:
    return lp(label, instance.to_bytes(16)), lp(organisation.to_bytes(16), kid)


def grant_statement(info: bytes, body: bytes, granter: UUID, granted_at: int) -> bytes:
    """Encode what the granting organisation signs.

    `body` is the HPKE part of the grant (`hpke.body`), `granted_at` microseconds since 1970.
    """
    digests = sha256(info).digest(), sha256(body).digest()
    return lp(labels.GRANT_SIGNATURE, *digests, granter.bytes, granted_at.to_bytes(8, "big"))
