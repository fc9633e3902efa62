"""Keys from secrets (RFC 5869): the pepper forgets, the commitment pins."""

from hmac import compare_digest
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from casework.crypto import labels
from casework.crypto.aead import KEY_BYTES, require_key
from casework.crypto.encoding import Part, lp, lp_part
from casework.crypto.envelope import FieldKey
from casework.crypto.ring import OwnRing
from casework.errors import SealBroken

_SHA256: Final = SHA256()
_DEK: Final = lp(labels.DEK)


def expand(key: bytes, label: bytes, length: int = KEY_BYTES) -> bytes:
    """HKDF-Expand a uniform key of 32 bytes into `length` bytes for one purpose."""
    return HKDFExpand(_SHA256, length, label).derive(require_key(key))


def extract(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """Run HKDF whole: 32 bytes from a secret, a salt and a purpose."""
    return HKDF(_SHA256, KEY_BYTES, salt, info).derive(secret)


def data_key(secret: bytes, pepper: bytes, compartment: UUID, epoch: int) -> bytes:
    """Derive the 32-byte data key; without `pepper` nothing of the compartment opens again."""
    return _data_key(secret, pepper, lp_part(compartment, epoch))


def _data_key(secret: bytes, pepper: bytes, framed: bytes) -> bytes:
    if len(secret) != KEY_BYTES or len(pepper) != KEY_BYTES:
        raise ValueError("a secret and its pepper are 32 bytes each")
    return HKDF(_SHA256, KEY_BYTES, pepper, _DEK + framed).derive(secret)


def commitment(dek: bytes) -> bytes:
    """Return 32 public bytes only this key gives: AES-GCM does not commit to its key."""
    return HKDFExpand(_SHA256, KEY_BYTES, labels.DEK_COMMIT).derive(dek)


def field_key(secret: bytes, pepper: bytes, compartment: UUID, epoch: int) -> FieldKey:
    """Derive the key of the fields of one epoch from a secret made here."""
    return FieldKey(data_key(secret, pepper, compartment, epoch), epoch)


def committed_field_key(
    secret: bytes, pepper: bytes, compartment: UUID, epoch: int, dek_commit: bytes
) -> FieldKey:
    """Do the same from a secret received or stored; SealBroken if not the one committed to."""
    return _committed(secret, pepper, lp_part(compartment, epoch), epoch, dek_commit)


def ring_field_key(
    ring: OwnRing, entry: bytes, part: Part, pepper: bytes, dek_commit: bytes
) -> FieldKey:
    """Derive the key of the fields of one epoch from a ring entry; SealBroken if it is another's.

    `OwnRing.unwrap`, then `committed_field_key`, the part framed once for both.
    """
    framed = lp_part(*part)
    secret = ring.unwrap_framed(entry, framed, dek_commit)
    return _committed(secret, pepper, framed, part[1], dek_commit)


def _committed(
    secret: bytes, pepper: bytes, framed: bytes, epoch: int, dek_commit: bytes
) -> FieldKey:
    dek = _data_key(secret, pepper, framed)
    if not compare_digest(commitment(dek), dek_commit):
        raise SealBroken
    return FieldKey(dek, epoch)
