"""Opens the secrets of organisations: with the KEK, or with what a member's password opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from casework.clock import Clock
from casework.crypto.organisation import OrganisationKeys
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import IntegrityFailure, Locked, SealBroken
from casework.identity import OwnKeys
from casework.keys import seals
from casework.keys.directory import KeyDirectory
from casework.keys.gateway import sealing
from casework.keys.kek.provider import KekProvider
from casework.keys.values import Acting, CustodyKind

_LIFE: Final = timedelta(minutes=15)
_FIRST: Final = 1

_Place = tuple[UUID, UUID, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    keys: OrganisationKeys
    until: datetime


class Custody:
    """One way in for both custodies; what the seals are says which it is.

    What the KEK opened is forgotten after fifteen minutes. What a member's own keys opened is
    forgotten with their request.
    """

    def __init__(
        self, database: Database, provider: KekProvider, directory: KeyDirectory, clock: Clock
    ) -> None:
        """Read seals from `database`, open them with `provider` or with members' own keys."""
        self.directory = directory
        self._database = database
        self._provider = provider
        self._clock = clock
        self._kept: dict[_Place, _Kept] = {}
        self._brought: WeakKeyDictionary[OwnKeys, dict[_Place, OrganisationKeys]]
        self._brought = WeakKeyDictionary()

    def keys_of(self, acting: Acting, version: int) -> OrganisationKeys:
        """Return the keys of the acting organisation.

        Raises `Locked` when only its members can open them and none is there to do it.
        """
        place = (*acting.place, version)
        kept = self._kept.get(place)
        if kept is not None and self._clock.now() <= kept.until:
            return kept.keys
        brought = self._brought.get(acting.own_keys, {}) if acting.own_keys else {}
        return brought.get(place) or self._opened(acting, version)

    def kind_of(self, session: Session, place: tuple[UUID, UUID]) -> CustodyKind:
        """Return who can open the newest secret of (council, organisation)."""
        holders = sealing.holders(session, place)
        return CustodyKind.SERVER if seals.KEK_HOLDER in holders else CustodyKind.MEMBER

    def enrol(self, session: Session, place: tuple[UUID, UUID], entropy: Entropy) -> None:
        """Draw the secret of a new organisation, seal it and publish its place."""
        secret, acting = entropy.bytes(32), Acting(*place)
        keys = OrganisationKeys.from_secret(secret)
        self.directory.publish(session, place, _FIRST, keys, self._clock.now())
        sealed = seals.seal_with_kek(self._provider, acting, _FIRST, secret)
        sealing.add(session, place, _FIRST, seals.KEK_HOLDER, (sealed, None))

    def secret_of(self, acting: Acting, version: int) -> bytes:
        """Return the secret itself, to be sealed anew. Raises as `keys_of`."""
        return self._secret(acting, version)[0]

    @contextmanager
    def lent(self, acting: Acting, version: int, keys: OrganisationKeys) -> Iterator[None]:
        """Know keys for a block alone: a secret just drawn for members, while its ring is made."""
        place = (*acting.place, version)
        self._kept[place] = _Kept(keys, self._clock.now() + _LIFE)
        try:
            yield
        finally:
            del self._kept[place]

    def bring(self, acting: Acting, version: int, secret: bytes) -> None:
        """Use a secret that the escrow opened, for as long as `acting.own_keys` lives.

        Raises `IntegrityFailure` when it is not the published one.
        """
        self._require_published(acting, version, secret)
        if acting.own_keys is not None:
            keys, place = OrganisationKeys.from_secret(secret), (*acting.place, version)
            self._brought.setdefault(acting.own_keys, {})[place] = keys

    def _opened(self, acting: Acting, version: int) -> OrganisationKeys:
        secret, kind = self._secret(acting, version)
        keys, place = OrganisationKeys.from_secret(secret), (*acting.place, version)
        if kind is CustodyKind.SERVER:
            self._kept[place] = _Kept(keys, self._clock.now() + _LIFE)
        elif acting.own_keys is not None:
            self._brought.setdefault(acting.own_keys, {})[place] = keys
        return keys

    def _secret(self, acting: Acting, version: int) -> tuple[bytes, CustodyKind]:
        own = seals.member_holder(acting.member_id) if acting.member_id else seals.KEK_HOLDER
        with self._database.reading(Scope(*acting.place)) as session:
            held = sealing.held(session, acting.place, version, {seals.KEK_HOLDER, own})
        if seals.KEK_HOLDER in held:
            sealed = held[seals.KEK_HOLDER]
            return seals.open_with_kek(self._provider, acting, version, sealed), CustodyKind.SERVER
        if own not in held or acting.own_keys is None:
            raise Locked("no seal")
        return self._as_holder(acting, acting.own_keys, version, held[own]), CustodyKind.MEMBER

    def _as_holder(self, acting: Acting, own: OwnKeys, version: int, sealed: bytes) -> bytes:
        if acting.member_id is None:
            raise Locked("no member")
        holder, pair = seals.member_holder(acting.member_id), seals.agreement_of(own.seed())
        try:
            secret = seals.open_as_holder(acting, version, holder, pair, sealed)
        except SealBroken:
            # The member's own keys are no longer those the secret was sealed to.
            raise Locked("sealed to other keys") from None
        self._require_published(acting, version, secret)
        return secret

    def _require_published(self, acting: Acting, version: int, secret: bytes) -> None:
        """Anybody can seal a secret of their own to a member: only the published one counts."""
        keys = OrganisationKeys.from_secret(secret)
        with self._database.reading(Scope(*acting.place)) as session:
            entry = self.directory.drawn_here(session, acting.place, version)
        if (entry.agreement, entry.signing) != (keys.agreement.public, keys.signing.public):
            raise IntegrityFailure("a planted secret")
