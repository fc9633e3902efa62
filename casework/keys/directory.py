"""The directory: which public keys an organisation has, under the word of whoever vouches."""

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from casework.crypto.encoding import lp, u32
from casework.crypto.hpke import kid
from casework.crypto.organisation import OrganisationKeys
from casework.crypto.signing import SigningKey, verify
from casework.errors import IntegrityFailure, RegistrarAwaited, SealBroken
from casework.keys.gateway import entries, registry
from casework.keys.gateway.entries import PublicKeys, Registrar
from casework.keys.registrar.texts import registrar_id
from casework.keys.revocations import Revocations


class Vouching(Protocol):
    """Whose word counts for public keys, from a place that a database writer cannot reach."""

    @property
    def instance(self) -> SigningKey:
        """The instance's own key: it signs what it draws, and vouches when nobody else does."""
        ...

    @property
    def revocations(self) -> Revocations:
        """What counts no more, former keys of organisations among it."""
        ...

    @property
    def elsewhere(self) -> bytes | None:
        """The Ed25519 public key of a registrar kept elsewhere; None when there is none."""
        ...


class KeyDirectory:
    """Publishes public keys, and gives out only those that are vouched for.

    What the instance draws it signs at once. With a registrar elsewhere, that says only where the
    keys come from: they are not used before the registrar has signed as well.
    """

    def __init__(self, vouching: Vouching) -> None:
        """Trust `vouching`, and nothing that stands in a row."""
        self._vouching = vouching

    def publish(
        self, session: Session, place: tuple[UUID, UUID], version: int, keys: OrganisationKeys,
        now: datetime,
    ) -> None:  # fmt: skip
        """Add the public keys of (council, organisation) at a version, drawn here."""
        entry = PublicKeys(place[1], version, keys.agreement.public, keys.signing.public, keys.kid)
        signature = self._vouching.instance.sign(directory_message(place[0], entry))
        entries.add(session, place[0], entry.signed(signature), now)

    @property
    def registrar(self) -> Registrar:
        """Who has to have signed: a registrar elsewhere by its id, or None for the instance."""
        elsewhere = self._vouching.elsewhere
        return None if elsewhere is None else registrar_id(elsewhere)

    def current(self, session: Session, place: tuple[UUID, UUID]) -> PublicKeys:
        """Return the newest public keys of (council, organisation) that are vouched for.

        Raises `RegistrarAwaited` when none is signed yet, `IntegrityFailure` for a planted or
        altered entry.
        """
        found = entries.current(session, place, self.registrar)
        return self._vouched(session, place, found)

    def use(self, session: Session, place: tuple[UUID, UUID]) -> PublicKeys:
        """Return the newest public keys, which stay the newest until the commit: to seal to."""
        entries.use(session, place)
        return self.current(session, place)

    def at(self, session: Session, place: tuple[UUID, UUID], version: int) -> PublicKeys:
        """Return the public keys of one version, as long as they are not revoked."""
        return self._vouched(session, place, entries.at(session, place, version, self.registrar))

    def reached_at(self, session: Session, place: tuple[UUID, UUID], key_id: bytes) -> PublicKeys:
        """Return the public keys that a grant names by its recipient's key id."""
        found = entries.by_kid(session, place, key_id, self.registrar)
        return self._vouched(session, place, found)

    def drawn_here(self, session: Session, place: tuple[UUID, UUID], version: int) -> PublicKeys:
        """Return the public keys of one version that this instance drew, vouched for or not."""
        found = entries.at(session, place, version)
        if found is None:
            raise IntegrityFailure("organisation without keys")
        self.require_drawn_here(place[0], found)
        return found

    def require_drawn_here(self, council_id: UUID, entry: PublicKeys) -> None:
        """Return if the instance signed `entry`. Raises `IntegrityFailure` for a planted one."""
        _check(council_id, entry, self._vouching.instance.public)

    def require_unrevoked(self, council_id: UUID, used: Collection[PublicKeys]) -> None:
        """Return if none of these was replaced: a signature goes on holding, a key does not.

        Raises `IntegrityFailure` for a former entry put back, whatever its row says.
        """
        names = {UUID(bytes=one.kid) for one in used}
        if self._vouching.revocations.among(council_id, names):
            raise IntegrityFailure("a former entry of the directory put back")

    def revoke(
        self, session: Session, place: tuple[UUID, UUID], before: int, now: datetime
    ) -> None:
        """End the versions of (council, organisation) under `before`, for good."""
        ended = entries.revoke(session, place, before, now)
        self._vouching.revocations.revoke(place[0], {UUID(bytes=one) for one in ended})

    def in_use(self, session: Session, council_id: UUID) -> dict[UUID, int]:
        """Return the version that each organisation uses; those that still wait are left out."""
        return registry.in_use(session, council_id, self.registrar)

    def unsigned(self, session: Session, council_id: UUID) -> list[PublicKeys]:
        """Return the entries that wait for the registrar elsewhere, if there is one."""
        registrar = self.registrar
        return [] if registrar is None else registry.unsigned(session, council_id, registrar)

    def _vouched(
        self, session: Session, place: tuple[UUID, UUID], entry: PublicKeys | None
    ) -> PublicKeys:
        elsewhere = self._vouching.elsewhere
        if entry is None:
            if elsewhere is not None and entries.current(session, place) is not None:
                raise RegistrarAwaited
            raise IntegrityFailure("organisation without keys")
        _check(place[0], entry, elsewhere or self._vouching.instance.public)
        return entry


def _check(council_id: UUID, entry: PublicKeys, public: bytes) -> None:
    try:
        _verified(public, entry.signature, directory_message(council_id, entry))
    except SealBroken:
        raise IntegrityFailure("directory entry not signed by the registrar") from None
    if entry.kid != kid(entry.agreement):
        raise IntegrityFailure("directory entry with a foreign key id")


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
