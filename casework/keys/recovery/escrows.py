"""The key of last resort: which escrows there are, checked; how one is founded, and opened."""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations
from uuid import UUID

from sqlalchemy.orm import Session

from casework.crypto.agreement import AgreementKey
from casework.entropy import Entropy
from casework.errors import IntegrityFailure, SealBroken
from casework.keys import seals as organisation_seals
from casework.keys.gateway import escrows as gateway
from casework.keys.recovery import cards, nested
from casework.keys.recovery.nested import Whose
from casework.keys.recovery.seals import EscrowSeals
from casework.keys.recovery.values import Custodian, Escrow
from casework.keys.secrets import InstanceSecrets, SecretName

_SEED_BYTES = 32


@dataclass(frozen=True, slots=True)
class Escrows:
    """Gives out only escrows that the instance sealed."""

    secrets: InstanceSecrets
    entropy: Entropy

    @property
    def seals(self) -> EscrowSeals:
        """What authenticates their rows, and those of their ceremonies."""
        return EscrowSeals(self.secrets.of(SecretName.ESCROW))

    def all(self, session: Session, council_id: UUID) -> list[Escrow]:
        """Return every escrow, the newest first. Raises `IntegrityFailure` as `get`."""
        return [self._checked(*one) for one in gateway.all_of(session, council_id)]

    def get(
        self, session: Session, council_id: UUID, escrow_id: UUID, *, lock: bool = False
    ) -> Escrow | None:
        """Return an escrow. Raises `IntegrityFailure` when its rows are not as we left them."""
        found = gateway.one_of(session, council_id, escrow_id, lock=lock)
        return None if found is None else self._checked(*found)

    def active(self, session: Session, council_id: UUID) -> Escrow | None:
        """Return the newest escrow that may receive secrets."""
        return next((one for one in self.all(session, council_id) if one.active), None)

    def awaiting(self, session: Session, council_id: UUID) -> Escrow | None:
        """Return the escrow whose cards are being drawn."""
        return next((one for one in self.all(session, council_id) if one.awaits_cards), None)

    def cards_of(self, session: Session, council_id: UUID, members: Collection[UUID]) -> int:
        """Count the cards of escrows in use that members keep: only a hint, so rows as they are."""
        known = [one for one, _ in gateway.all_of(session, council_id) if one.retired_at is None]
        return sum(one.kept_by(member_id) is not None for one in known for member_id in members)

    def public_key_of(self, session: Session, council_id: UUID, holder: str) -> bytes | None:
        """Return the public key of a holder "escrow:<hex>", or None when it is not one of ours."""
        known = self.all(session, council_id)
        return next((one.public for one in known if holder == holder_of(one)), None)

    def keep(self, session: Session, escrow: Escrow) -> None:
        """Store an escrow under our seal."""
        gateway.save(session, escrow, self.seals.escrow(escrow))

    def draw(self, session: Session, escrow: Escrow, custodian: Custodian, now: datetime) -> bytes:
        """Draw a custodian's card, keep what it opens, and return its 160 bits.

        With the last card the escrow's own seed is drawn, sealed and forgotten.
        """
        secret = self.entropy.bytes(cards.SECRET_BYTES)
        key = cards.key_of_card(whose(escrow), custodian.member_id, secret)
        drawn = replace(custodian, public=AgreementKey.from_seed(key).public, drawn_at=now)
        kept = (drawn if one.place == drawn.place else one for one in escrow.custodians)
        changed = replace(escrow, custodians=tuple(kept))
        if all(one.public is not None for one in changed.custodians):
            changed = self._found(session, changed, now)
        self.keep(session, changed)
        return secret

    def open(
        self, session: Session, escrow: Escrow, keys: Mapping[int, AgreementKey]
    ) -> AgreementKey:
        """Return the escrow's own key pair, with the keys of enough cards.

        Raises `SealBroken` when no choice of these cards opens the very key that was founded.
        """
        for places in combinations(sorted(keys), escrow.threshold):
            pair = self._opened(session, escrow, places, keys)
            if pair is not None:
                return pair
        raise SealBroken

    def retire(self, session: Session, escrow: Escrow, now: datetime) -> None:
        """End an escrow: its cards open nothing from now on."""
        gateway.drop_subsets(session, escrow)
        self.keep(session, replace(escrow, retired_at=now))

    def _opened(
        self,
        session: Session,
        escrow: Escrow,
        places: nested.Places,
        keys: Mapping[int, AgreementKey],
    ) -> AgreementKey | None:
        sealed = gateway.subset(session, escrow, places)
        try:
            seed = nested.unseal(whose(escrow), places, keys, sealed or b"")
        except SealBroken:
            return None
        # Anybody can seal a seed of their own to public keys: only the founded one counts.
        pair = cards.pair_of_seed(seed) if len(seed) == _SEED_BYTES else None
        return pair if pair is not None and pair.public == escrow.public else None

    def _found(self, session: Session, escrow: Escrow, now: datetime) -> Escrow:
        seed, decoy = self.entropy.bytes(_SEED_BYTES), self.entropy.bytes(_SEED_BYTES)
        publics = [one.public for one in escrow.custodians if one.public is not None]
        own, public = whose(escrow), cards.pair_of_seed(seed).public
        gateway.add_subsets(
            session,
            escrow,
            {
                places: nested.seal(own, places, publics, seed)
                for places in nested.subsets(len(publics), escrow.threshold)
            },
        )
        return replace(
            escrow,
            public=public,
            decoy_sealed=cards.seal_decoy(own, public, decoy),
            decoy_digest=cards.digest_of(decoy),
            founded_at=now,
        )

    def _checked(self, escrow: Escrow, seal: bytes) -> Escrow:
        if not hmac.compare_digest(self.seals.escrow(escrow), seal):
            raise IntegrityFailure("an escrow that is not as it was left")
        return escrow


def whose(escrow: Escrow) -> Whose:
    """Return what the layers of an escrow are bound to."""
    return Whose(escrow.council_id, escrow.id)


def holder_of(escrow: Escrow) -> str:
    """Return how the seals of an escrow name their holder."""
    return organisation_seals.escrow_holder(escrow.id)
