"""How an organisation's secret is held: here, sealed by the KEK (`server` custody)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.clock import Clock
from casework.crypto.encoding import lp, u32
from casework.crypto.hpke import kid
from casework.crypto.organisation import OrganisationKeys
from casework.crypto.signing import SigningKey, verify
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import IntegrityFailure, Locked, SealBroken
from casework.keys import gateway
from casework.keys.gateway import PublicKeys
from casework.keys.provider import KekProvider
from casework.keys.secrets import InstanceSecrets, SecretName

_LIFE: Final = timedelta(minutes=15)
_FORMAT: Final = b"\x01"
_SERVER: Final = b"\x01"
_HEADER_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class _Kept:
    keys: OrganisationKeys
    until: datetime


class ServerCustody:
    """Opens organisations' secrets with the KEK and forgets them after fifteen minutes."""

    kind: Final = "server"

    def __init__(
        self, database: Database, provider: KekProvider, secrets: InstanceSecrets, clock: Clock
    ) -> None:
        """Read seals from `database`, open them with `provider`."""
        self._database = database
        self._provider = provider
        self._secrets = secrets
        self._clock = clock
        self._kept: dict[tuple[UUID, UUID, int], _Kept] = {}

    def keys_of(self, acting: tuple[UUID, UUID], version: int) -> OrganisationKeys:
        """Return the keys of (council, organisation). Raises `Locked` when they cannot be had."""
        place = (*acting, version)
        kept = self._kept.get(place)
        if kept is None or kept.until < self._clock.now():
            kept = _Kept(self._unseal(acting, version), self._clock.now() + _LIFE)
            self._kept[place] = kept
        return kept.keys

    def _unseal(self, acting: tuple[UUID, UUID], version: int) -> OrganisationKeys:
        council_id, organisation_id = acting
        with self._database.reading(Scope(council_id, organisation_id)) as session:
            seal = gateway.organisation_seal(session, acting, version, "kek")
        if seal is None:
            raise Locked("no seal")
        secret = self._provider.unwrap(seal[_HEADER_LENGTH:], _seal_context(acting, version))
        return OrganisationKeys.from_secret(secret)

    def enrol(self, session: Session, acting: tuple[UUID, UUID], entropy: Entropy) -> None:
        """Draw the secret of a new organisation, seal it and sign its place in the directory."""
        council_id, organisation_id = acting
        secret, version = entropy.bytes(32), 1
        keys = OrganisationKeys.from_secret(secret)
        entry = PublicKeys(
            organisation_id,
            version,
            keys.agreement.public,
            keys.signing.public,
            keys.kid,
            b"",
        )
        signature = self._registrar().sign(_directory_message(council_id, entry))
        wrapped = self._provider.wrap(secret, _seal_context(acting, version))
        seal = _FORMAT + _SERVER + u32(version) + wrapped
        signed = PublicKeys(*_fields(entry), registrar_signature=signature)
        gateway.add_organisation(session, council_id, signed, seal, self._clock.now())

    def directory(self, session: Session, acting: tuple[UUID, UUID]) -> PublicKeys:
        """Return an organisation's public keys, once the registrar's signature is checked.

        Raises `IntegrityFailure` for a planted or altered entry.
        """
        council_id, organisation_id = acting
        entry = gateway.directory(session, council_id, organisation_id)
        if entry is None:
            raise IntegrityFailure("organisation without keys")
        try:
            message = _directory_message(council_id, entry)
            verify(self._registrar().public, entry.registrar_signature, message)
        except SealBroken:
            raise IntegrityFailure("directory entry not signed by the registrar") from None
        if entry.kid != kid(entry.agreement):
            raise IntegrityFailure("directory entry with a foreign key id")
        return entry

    def _registrar(self) -> SigningKey:
        return SigningKey.from_seed(self._secrets.of(SecretName.REGISTRAR))


def _fields(entry: PublicKeys) -> tuple[UUID, int, bytes, bytes, bytes]:
    return (entry.organisation_id, entry.version, entry.agreement, entry.signing, entry.kid)


def _directory_message(council_id: UUID, entry: PublicKeys) -> bytes:
    return lp(
        b"casework/directory/v1",
        council_id.bytes,
        entry.organisation_id.bytes,
        u32(entry.version),
        entry.agreement,
        entry.signing,
        entry.kid,
    )


def _seal_context(acting: tuple[UUID, UUID], version: int) -> bytes:
    council_id, organisation_id = acting
    label = b"casework/organisation-seal/v1"
    return lp(label, council_id.bytes, organisation_id.bytes, u32(version))
