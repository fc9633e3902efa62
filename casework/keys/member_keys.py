"""What a member alone can open: their seed, unlocked by their password, and their drafts."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from casework.audit.receipt import Receipt
from casework.crypto.derive import expand
from casework.crypto.encoding import lp
from casework.crypto.padding import TEXT, pad, unpad
from casework.crypto.secretbox import Box
from casework.db.types import Id
from casework.entropy import Entropy
from casework.errors import AuditGap, SealBroken
from casework.keys.models import MemberSealRow

_FORMAT: Final = 1


class Unlocking(IntEnum):
    """How a member's seed is sealed; published values never change."""

    PASSWORD = 1
    RECOVERY = 3


def seal_seed(
    member_id: UUID,
    unlock: bytes,
    seed: bytes,
    entropy: Entropy,
    method: Unlocking = Unlocking.PASSWORD,
) -> bytes:
    """Return `01 | method | nonce | AES-256-GCM(unlock, seed)`."""
    sealed = Box(unlock).seal(seed, _context(member_id, method), entropy.bytes(12))
    return bytes((_FORMAT, method)) + sealed


def open_seed(
    member_id: UUID, unlock: bytes, sealed: bytes, method: Unlocking = Unlocking.PASSWORD
) -> bytes:
    """Return the seed. Raises `SealBroken` for another member, key, method or format."""
    if sealed[:2] != bytes((_FORMAT, method)):
        raise SealBroken
    return Box(unlock).open(sealed[2:], _context(member_id, method))


def keep_seal(
    session: Session,
    council_id: UUID,
    member_id: UUID,
    sealed: bytes,
    method: Unlocking = Unlocking.PASSWORD,
) -> None:
    """Keep, or replace, a member's seal of one method."""
    session.merge(
        MemberSealRow(council_id=council_id, member_id=member_id, method=method, sealed=sealed)
    )


def load_seal(
    session: Session, council_id: UUID, member_id: UUID, method: Unlocking = Unlocking.PASSWORD
) -> bytes | None:
    """Return a member's seal of one method."""
    session.flush()
    asked = {"council": council_id, "member": member_id, "method": int(method)}
    return session.connection().execute(_SEAL, asked).scalar()


def drop_recovery(session: Session, council_id: UUID, member_id: UUID) -> None:
    """Delete the seal of a printed code: it is spent, or its seed is no longer the member's."""
    row = session.get(MemberSealRow, (council_id, member_id, int(Unlocking.RECOVERY)))
    if row is not None:
        session.delete(row)


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Seals and opens the drafts of one member, in one web session."""

    box: Box
    entropy: Entropy

    @classmethod
    def from_seed(cls, seed: bytes, entropy: Entropy) -> "DraftKey":
        """Derive the key from the member's seed."""
        return cls(Box(expand(seed, b"casework/draft/v1")), entropy)

    def seal(self, draft_id: UUID, plaintext: bytes) -> bytes:
        """Return the draft sealed for its own row, padded to 256-byte steps."""
        return self.box.seal(pad(plaintext, TEXT), _draft(draft_id), self.entropy.bytes(12))

    def open(self, receipt: Receipt, draft_id: UUID, sealed: bytes) -> bytes:
        """Return the draft. Raises `AuditGap` without its receipt, `SealBroken` if altered."""
        if not receipt.covers(draft_id):
            raise AuditGap("no receipt for this draft")
        return unpad(self.box.open(sealed, _draft(draft_id)))


# Built once: it is asked at each sign-in.
_SEAL: Final = select(MemberSealRow.sealed).where(
    MemberSealRow.council_id == bindparam("council", type_=Id),
    MemberSealRow.member_id == bindparam("member", type_=Id),
    MemberSealRow.method == bindparam("method"),
)


def _context(member_id: UUID, method: Unlocking) -> bytes:
    return lp(b"casework/member-seed/v1", member_id.bytes, bytes((method,)))


def _draft(draft_id: UUID) -> bytes:
    return lp(b"casework/draft/v1", draft_id.bytes)
