"""What makes rows of escrows and ceremonies ours: seals under one secret of the instance.

Whoever writes in the database knows no secret: they name no custodian, swap no public key, plant
no question and keep no ceremony open.
"""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.crypto.derive import expand
from casework.crypto.encoding import lp, u32
from casework.crypto.secretbox import Box
from casework.keys.recovery.values import Ceremony, Custodian, Escrow, Exceptional
from casework.moments import to_micros

_ESCROW: Final = b"casework/escrow/v1"
_EXCEPTIONAL: Final = b"casework/exceptional-access/v1"
_CEREMONY: Final = b"casework/ceremony/v1"
_ANSWERS: Final = b"casework/ceremony-answers/v1"
_ANSWER: Final = b"casework/ceremony-answer/v1"


@dataclass(frozen=True, slots=True)
class EscrowSeals:
    """Seals rows, and keeps what a card gave until the last one comes."""

    secret: bytes = field(repr=False)

    def escrow(self, escrow: Escrow) -> bytes:
        """Return the seal of an escrow: its custodians, their keys, its own, its moments."""
        return self._sealed(
            _ESCROW,
            escrow.council_id.bytes,
            escrow.id.bytes,
            u32(escrow.threshold),
            lp(*(_custodian(one) for one in escrow.custodians)),
            escrow.public or b"",
            escrow.decoy_sealed or b"",
            escrow.decoy_digest or b"",
            *(_moment(at) for at in (escrow.created_at, escrow.founded_at, escrow.retired_at)),
        )

    def ceremony(self, ceremony: Ceremony) -> bytes:
        """Return the seal of a ceremony: what is asked, by whom, and until when."""
        asked = ceremony.subject
        return self._sealed(
            _CEREMONY,
            *(one.bytes for one in (ceremony.council_id, ceremony.id, ceremony.escrow_id)),
            asked.kind.value.encode(),
            asked.why.value.encode(),
            *map(_id, (asked.organisation_id, asked.member_id, asked.case_id, asked.borrower_id)),
            asked.member_public or b"",
            u32(asked.minutes),
            _id(ceremony.asked_by),
            *map(_moment, (ceremony.asked_at, ceremony.ends_at)),
        )

    def exceptional(self, access: Exceptional) -> bytes:
        """Return the seal of an exceptional access: whose, on what, why, until when."""
        return self._sealed(
            _EXCEPTIONAL,
            *(one.bytes for one in (access.council_id, access.id, access.case_id)),
            access.organisation_id.bytes,
            access.member_id.bytes,
            access.why.value.encode(),
            *map(_id, (access.lead_id, access.granter_id)),
            *map(_moment, (access.asked_at, access.from_at, access.until)),
        )

    def keep_answer(self, ceremony: Ceremony, place: int, key: bytes, nonce: bytes) -> bytes:
        """Seal what the card at `place` gave, for this very ceremony."""
        return self._box().seal(key, _answer(ceremony, place), nonce)

    def open_answer(self, ceremony: Ceremony, place: int, sealed: bytes) -> bytes:
        """Return it. Raises `SealBroken` for another ceremony, place or end."""
        return self._box().open(sealed, _answer(ceremony, place))

    def _box(self) -> Box:
        return Box(expand(self.secret, _ANSWERS))

    def _sealed(self, *parts: bytes) -> bytes:
        return hmac.digest(self.secret, lp(*parts), "sha256")


def _custodian(one: Custodian) -> bytes:
    return lp(u32(one.place), one.member_id.bytes, one.public or b"", _moment(one.drawn_at))


def _answer(ceremony: Ceremony, place: int) -> bytes:
    ids = ceremony.council_id.bytes, ceremony.id.bytes, ceremony.escrow_id.bytes
    return lp(_ANSWER, *ids, u32(place), _moment(ceremony.ends_at))


def _moment(at: datetime | None) -> bytes:
    return b"" if at is None else str(to_micros(at)).encode()


def _id(one: UUID | None) -> bytes:
    return b"" if one is None else one.bytes
