"""How the secret of an organisation is sealed: by the KEK, or to one of its members.

01 | custody 1 | version u32 | body        custody 1: KEK wrap, 2: HPKE to a member's key
"""

import hmac
from typing import Final
from uuid import UUID

from casework.crypto import hpke, labels
from casework.crypto.agreement import AgreementKey
from casework.crypto.derive import expand
from casework.crypto.encoding import lp, u32
from casework.errors import SealBroken
from casework.keys.provider import KekProvider
from casework.keys.values import Acting

KEK_HOLDER: Final = "kek"
"""The holder of a seal in `server` custody."""

_SERVER: Final = b"\x01\x01"
_MEMBER: Final = b"\x01\x02"
_HEADER_LENGTH: Final = 6
_LABEL: Final = b"casework/organisation-seal/v1"
_HOLDER: Final = b"casework/organisation-holder/v1"
_PIN: Final = b"casework/holder-pin/v1"


ESCROW: Final = "escrow:"
"""How the holder of an escrow's seal begins; the id of the escrow follows."""


def escrow_holder(escrow_id: UUID) -> str:
    """Return how the holder of an escrow's seal is called."""
    return f"{ESCROW}{escrow_id.hex}"


def member_holder(member_id: UUID) -> str:
    """Return how the holder of a member's seal is called."""
    return f"member:{member_id.hex}"


def agreement_of(seed: bytes) -> AgreementKey:
    """Return the key pair of a member, derived from their own seed."""
    return AgreementKey.from_seed(expand(seed, labels.MEMBER_AGREEMENT))


def seal_with_kek(provider: KekProvider, acting: Acting, version: int, secret: bytes) -> bytes:
    """Return the secret of (council, organisation) wrapped by the KEK for this very version."""
    return _SERVER + u32(version) + provider.wrap(secret, kek_context(acting.place, version))


def open_with_kek(provider: KekProvider, acting: Acting, version: int, sealed: bytes) -> bytes:
    """Return the secret. Raises `SealBroken` for another place, version, custody or key."""
    body = _body(_SERVER, version, sealed)
    return provider.unwrap(body, kek_context(acting.place, version))


def kek_context(place: tuple[UUID, UUID], version: int) -> bytes:
    """Return what binds a KEK wrap to (council, organisation) and version."""
    council_id, organisation_id = place
    return lp(_LABEL, council_id.bytes, organisation_id.bytes, u32(version))


def seal_to_holder(
    acting: Acting, version: int, holder: str, public: bytes, secret: bytes
) -> bytes:
    """Return the secret sealed to the public key of a holder."""
    info = _holder_info(acting.place, version, holder, public)
    return _MEMBER + u32(version) + hpke.wrap(secret, public, info)


def open_as_holder(
    acting: Acting, version: int, holder: str, own: AgreementKey, sealed: bytes
) -> bytes:
    """Return the secret. Raises `SealBroken` for another holder, place or version.

    Anybody can seal to a public key: the caller compares the keys that the secret gives with
    those in the directory.
    """
    info = _holder_info(acting.place, version, holder, own.public)
    return hpke.unwrap(_body(_MEMBER, version, sealed), own, info)


def sealed_to(sealed: bytes, public: bytes) -> bool:
    """Say whether a seal was made for the holder of this public key, as it says itself."""
    return hpke.recipient_of(sealed[_HEADER_LENGTH:]) == hpke.kid(public)


def pin_of(secret: bytes, acting: Acting, holder: str, public: bytes) -> bytes:
    """Return what proves, to whoever knows the secret, that a holder has this public key.

    A key put in its place in the database is never sealed to.
    """
    ids = acting.council_id.bytes, acting.organisation_id.bytes
    key = expand(secret, _PIN)
    return hmac.digest(key, lp(_PIN, *ids, holder.encode(), public), "sha256")


def _body(head: bytes, version: int, sealed: bytes) -> bytes:
    if sealed[:_HEADER_LENGTH] != head + u32(version):
        raise SealBroken
    return sealed[_HEADER_LENGTH:]


def _holder_info(place: tuple[UUID, UUID], version: int, holder: str, public: bytes) -> bytes:
    council_id, organisation_id = place
    ids = council_id.bytes, organisation_id.bytes
    return lp(_HOLDER, *ids, u32(version), holder.encode(), hpke.kid(public))
