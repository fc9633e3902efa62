"""The directory: which public keys an organisation has, under the registrar's signature."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from casework.crypto.encoding import lp, u32
from casework.crypto.hpke import kid
from casework.crypto.organisation import OrganisationKeys
from casework.crypto.signing import SigningKey, verify
from casework.errors import IntegrityFailure, SealBroken
from casework.keys.gateway import entries
from casework.keys.gateway.entries import PublicKeys
from casework.keys.secrets import InstanceSecrets, SecretName


class Registrar(Protocol):
    """Who vouches for the directory."""

    @property
    def public(self) -> bytes:
        """The Ed25519 public key, 32 bytes, from a place that a database writer cannot reach."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes."""
        ...


@dataclass(frozen=True, slots=True)
class InstanceRegistrar:
    """The registrar's key under the KEK: the simple profile."""

    secrets: InstanceSecrets

    @property
    def public(self) -> bytes:
        """The public key of the instance's secret."""
        return self._key().public

    def sign(self, message: bytes) -> bytes:
        """Sign at once."""
        return self._key().sign(message)

    def _key(self) -> SigningKey:
        return SigningKey.from_seed(self.secrets.of(SecretName.REGISTRAR))


class KeyDirectory:
    """Publishes public keys, and gives out only those the registrar vouches for."""

    def __init__(self, registrar: Registrar) -> None:
        """Trust `registrar`, and nothing that stands in a row."""
        self._registrar = registrar

    def publish(
        self, session: Session, place: tuple[UUID, UUID], version: int, keys: OrganisationKeys,
        now: datetime,
    ) -> None:  # fmt: skip
        """Add the public keys of (council, organisation) at a version, signed."""
        entry = PublicKeys(
            place[1], version, keys.agreement.public, keys.signing.public, keys.kid, b""
        )
        signature = self._registrar.sign(directory_message(place[0], entry))
        entries.add(session, place[0], entry.signed(signature), now)

    def current(self, session: Session, place: tuple[UUID, UUID]) -> PublicKeys:
        """Return the newest public keys of (council, organisation).

        Raises `IntegrityFailure` for a planted or altered entry.
        """
        return self._vouched(place, entries.current(session, place))

    def in_use(self, session: Session, place: tuple[UUID, UUID]) -> PublicKeys:
        """Return the newest public keys, which stay the newest until the commit: to seal to."""
        entries.use(session, place)
        return self.current(session, place)

    def at(self, session: Session, place: tuple[UUID, UUID], version: int) -> PublicKeys:
        """Return the public keys of one version, as long as they are not revoked."""
        return self._vouched(place, entries.at(session, place, version))

    def reached_at(self, session: Session, place: tuple[UUID, UUID], key_id: bytes) -> PublicKeys:
        """Return the public keys that a grant names by its recipient's key id."""
        return self._vouched(place, entries.by_kid(session, place, key_id))

    def _vouched(self, place: tuple[UUID, UUID], entry: PublicKeys | None) -> PublicKeys:
        if entry is None:
            raise IntegrityFailure("organisation without keys")
        try:
            message = directory_message(place[0], entry)
            _verified(self._registrar.public, entry.registrar_signature, message)
        except SealBroken:
            raise IntegrityFailure("directory entry not signed by the registrar") from None
        if entry.kid != kid(entry.agreement):
            raise IntegrityFailure("directory entry with a foreign key id")
        return entry


@lru_cache(maxsize=1024)
def _verified(public: bytes, signature: bytes, message: bytes) -> None:
    """Verify a signature once: each grant asks for two. A wrong one is never remembered."""
    verify(public, signature, message)


def directory_message(council_id: UUID, entry: PublicKeys) -> bytes:
    """Encode what the registrar signs."""
    return lp(
        b"casework/directory/v1",
        council_id.bytes,
        entry.organisation_id.bytes,
        u32(entry.version),
        entry.agreement,
        entry.signing,
        entry.kid,
    )
