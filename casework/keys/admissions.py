"""Who may hold a key: a word of the instance beside it, which no writer of rows can give.

01 | id 16 | HMAC-SHA-256 32, bound to council, compartment, its class, epoch, organisation and end.
It is of one epoch, so nothing older is ever carried on; its id is revoked when it is withdrawn.
"""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.crypto.encoding import lp, u32, utf8
from casework.entropy import Entropy
from casework.keys.gateway import admitting
from casework.keys.gateway.admitting import Holding
from casework.keys.revocations import Revocations
from casework.keys.secrets import InstanceSecrets, SecretName
from casework.keys.values import HeldKey
from casework.moments import to_micros

_LABEL: Final = b"casework/admission/v1"
_FORMAT: Final = b"\x01"
_ID: Final = slice(1, 17)


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who holds a key by right, for good or until a moment; `refused` rows only say so."""

    holders: frozenset[UUID]
    loans: Mapping[UUID, datetime]
    refused: int

    def knows(self, organisation_id: UUID) -> bool:
        """Say whether an organisation holds the key by right, if only for a while."""
        return organisation_id in self.holders or organisation_id in self.loans


@dataclass(frozen=True, slots=True)
class Admissions:
    """Gives, checks and withdraws admissions."""

    secrets: InstanceSecrets
    revocations: Revocations
    entropy: Entropy

    def give(self, key: HeldKey, organisation_id: UUID, until: datetime | None) -> bytes:
        """Admit an organisation to one epoch of a compartment, for good or until a moment."""
        head = _FORMAT + self.entropy.bytes(16)
        return head + self._code(key, Holding(organisation_id, until, head))

    def holds(self, key: HeldKey, holding: Holding) -> bool:
        """Say whether the instance admitted this holder to this very key, as the row has it."""
        head, code = _parts(holding.admission)
        return head[:1] == _FORMAT and hmac.compare_digest(self._code(key, holding), code)

    def of(self, session: Session, key: HeldKey, now: datetime) -> Admitted:
        """Return who holds one epoch of a compartment by right."""
        stored = admitting.holdings(session, key)
        standing = self._standing(key, stored)
        running = [one for one in standing if one.expires_at is None or one.expires_at > now]
        return Admitted(
            frozenset(one.organisation_id for one in running if one.expires_at is None),
            {one.organisation_id: one.expires_at for one in running if one.expires_at},
            len(stored) - len(standing),
        )

    def keepers(self, session: Session, key: HeldKey) -> set[UUID]:
        """Return whose ring holds a key for good, admitted to it; a lent one does not count."""
        stored = [one for one in admitting.kept(session, key) if one.expires_at is None]
        return {one.organisation_id for one in stored if self.holds(key, one)}

    def withdraw(
        self, session: Session, place: tuple[UUID, UUID], compartments: Collection[UUID]
    ) -> None:
        """Withdraw what admits (council, organisation) to some compartments, before it is deleted.

        Durable at once: should the work be undone, the organisation has to be admitted anew.
        """
        found = admitting.admissions_of(session, place, compartments)
        self.revocations.revoke(place[0], {_id_of(one) for one in found})

    def close_to(self, place: tuple[UUID, UUID]) -> None:
        """Withdraw every admission of (council, organisation), now and to come."""
        self.revocations.revoke(place[0], {place[1]})

    def refused(self, session: Session, council_id: UUID) -> int:
        """Count the rows that call somebody a holder of a newest key without right."""
        stored = admitting.every(session, council_id)
        sound = [one for key, one in stored if self.holds(key, one)]
        gone = self._revoked(council_id, sound)
        return len(stored) - sum(not _names(one) & gone for one in sound)

    def _standing(self, key: HeldKey, stored: Collection[Holding]) -> list[Holding]:
        sound = [one for one in stored if self.holds(key, one)]
        gone = self._revoked(key.council_id, sound)
        return [one for one in sound if not _names(one) & gone]

    def _revoked(self, council_id: UUID, sound: Collection[Holding]) -> set[UUID]:
        return self.revocations.among(council_id, set().union(*map(_names, sound)))

    def _code(self, key: HeldKey, holding: Holding) -> bytes:
        head, _ = _parts(holding.admission)
        until = b"" if holding.expires_at is None else to_micros(holding.expires_at).to_bytes(8)
        message = lp(
            _LABEL,
            key.council_id.bytes,
            head[_ID],
            key.compartment_id.bytes,
            utf8(key.compartment_class),
            u32(key.epoch),
            holding.organisation_id.bytes,
            until,
        )
        return hmac.digest(self.secrets.of(SecretName.HOLDERS), message, "sha256")


def _parts(admission: bytes | None) -> tuple[bytes, bytes]:
    whole = admission or b""
    return whole[: _ID.stop], whole[_ID.stop :]


def _id_of(admission: bytes) -> UUID:
    return UUID(bytes=admission[_ID].ljust(16, b"\0"))


def _names(holding: Holding) -> set[UUID]:
    """Return what ends this holding when it is revoked."""
    return {holding.organisation_id, _id_of(holding.admission or b"")}
