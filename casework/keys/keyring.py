"""The second wall: makes, hands over and opens data keys for one acting organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.clock import Clock
from casework.crypto.derive import commitment, committed_field_key, data_key, field_key
from casework.crypto.envelope import FieldKey
from casework.entropy import Entropy, new_id
from casework.errors import AuditGap, Conflict, IntegrityFailure, Locked
from casework.keys import gateway
from casework.keys.cipher import Opened, Resealer, Sealer
from casework.keys.custody import Custody
from casework.keys.delivery import Courier, acting_organisation, ring_info
from casework.keys.epochs import Epochs
from casework.keys.gateway import admitting, following
from casework.keys.gateway.admitting import Holding
from casework.keys.keystore import KeyStore, Place
from casework.keys.reading import Reading
from casework.keys.reserve import Reserve
from casework.keys.values import Acting, HeldKey, NewCompartment

_FIRST_EPOCH: Final = 1


@dataclass(frozen=True, slots=True)
class Keyring:
    """Seals inside a unit of work; opens only against the receipt of a committed one."""

    custody: Custody
    keystore: KeyStore
    courier: Courier
    reserve: Reserve
    clock: Clock
    entropy: Entropy

    def create(self, work: Work, wanted: Sequence[NewCompartment]) -> list[Sealer]:
        """Make compartments, deliver their keys to the admitted, and return their sealers.

        The peppers are durable before the rows: a crash leaves a pepper nobody needs. Raises
        `CustodyRefused` for a class that the charter keeps from one of the admitted.
        """
        self.reserve.require_members(
            work, [(one.case_id, one.compartment_class, one.admitted) for one in wanted]
        )
        acting = acting_organisation(work)
        secrets = [self.entropy.bytes(32) for _ in wanted]
        peppers = [self.entropy.bytes(32) for _ in wanted]
        ids = [new_id(self.clock, self.entropy) for _ in wanted]
        places = {(one, _FIRST_EPOCH): pepper for one, pepper in zip(ids, peppers, strict=True)}
        self.keystore.keep_peppers(acting.council_id, places)
        made = zip(wanted, ids, secrets, peppers, strict=True)
        return [self._make(work, *one) for one in made]

    def _make(
        self, work: Work, wanted: NewCompartment, own_id: UUID, secret: bytes, pepper: bytes
    ) -> Sealer:
        dek_commit = commitment(data_key(secret, pepper, own_id, _FIRST_EPOCH))
        held = HeldKey(
            council_id=work.principal.council_id,
            compartment_id=own_id,
            case_id=wanted.case_id,
            compartment_class=wanted.compartment_class,
            person_id=wanted.person_id,
            organisation_id=wanted.organisation_id,
            epoch=_FIRST_EPOCH,
            commitment=dek_commit,
        )
        gateway.add_compartment(work.session, held)
        self.courier.hand_over(work, held, secret, wanted.admitted)
        key = field_key(secret, pepper, own_id, _FIRST_EPOCH)
        return Sealer(key, held, self.entropy, work.digest)

    def admit(
        self,
        work: Work,
        held: Sequence[HeldKey],
        organisations: frozenset[UUID],
        until: datetime | None = None,
    ) -> None:
        """Deliver keys the acting organisation holds to further organisations.

        `until` lends them. Raises `Locked` when the acting organisation does not hold one itself,
        `IntegrityFailure` when it was not admitted to it, or its class was changed behind our
        back, `Conflict` when one has just had a new epoch, `CustodyRefused` as `create`.
        """
        self.reserve.require_members(
            work, [(one.case_id, one.compartment_class, organisations) for one in held]
        )
        self.hand_on(work, held, organisations, until)

    def hand_on(
        self,
        work: Work,
        held: Sequence[HeldKey],
        organisations: frozenset[UUID],
        until: datetime | None = None,
    ) -> None:
        """Deliver keys to organisations that were admitted before. Errors as for `admit`."""
        self._stand_still(work, held)
        for key in (one for newest in held for one in (newest, *newest.former)):
            acting = acting_organisation(work)
            admitted = self.courier.admissions.of(work.session, key, work.now)
            missing = organisations - admitted.holders
            if missing:
                secret = self._secret(key, acting)
                if not admitted.knows(acting.organisation_id):
                    raise IntegrityFailure("a holder that was not admitted")
                admitting.clear(work.session, key, missing)
                self.courier.hand_over(work, key, secret, missing, until)

    def pass_on(self, work: Work, key: HeldKey, to: Holding) -> None:
        """Sign anew a key on its way to somebody already admitted. Raises as `admit`."""
        self._stand_still(work, [key])
        secret = self._secret(key, acting_organisation(work))
        self.courier.pass_on(work, key, secret, [to])

    def sealer(self, work: Work, held: HeldKey) -> Sealer:
        """Return the right to seal into a compartment the acting organisation holds.

        When somebody who held its key is gone, what is written from now on has a new one.
        """
        if held.due:
            held = self.epochs.advance(work, held)
        else:
            self._stand_still(work, [held])
        return Sealer(self._own_key(work, held), held, self.entropy, work.digest)

    def resealer(self, work: Work, held: HeldKey) -> Resealer:
        """Return the right to move what older epochs sealed under the newest key.

        Older keys that the acting organisation does not hold are left out.
        """
        resealer = Resealer(self._own_key(work, held), held, self.entropy, work.digest)
        for former in held.former:
            if former.entry is not None:
                resealer.know(self._own_key(work, former))
        return resealer

    def open(self, receipt: Receipt, held: Sequence[HeldKey]) -> Opened:
        """Return what the receipt covers, opened with the reader's organisation's ring alone.

        Raises `AuditGap` without a fresh receipt covering every compartment asked for.
        """
        now = self.clock.now()
        if receipt.stale(now):
            raise AuditGap("no fresh receipt")
        if not receipt.compartments.issuperset([key.compartment_id for key in held]):
            raise AuditGap("the receipt does not cover what is asked")
        reader = _reader_of(receipt)
        if reader is None:
            return Opened({})
        reading = Reading(self.custody, reader, self._peppers(held), now)
        return Opened({key.compartment_id: reading.opener(key) for key in held})

    @property
    def epochs(self) -> Epochs:
        """How a compartment comes by a new key."""
        return Epochs(self.keystore, self.courier, self.entropy)

    def _stand_still(self, work: Work, held: Sequence[HeldKey]) -> None:
        """See to it that the next epoch is drawn after this work is committed."""
        if not following.stand_still(work.session, held):
            raise Conflict

    def _own_key(self, work: Work, held: HeldKey) -> FieldKey:
        pepper = self._peppers([held]).get(held.place)
        if pepper is None:
            raise Locked("no pepper")
        return self._field_key(held, acting_organisation(work), pepper)

    def _field_key(self, held: HeldKey, acting: Acting, pepper: bytes) -> FieldKey:
        secret = self._secret(held, acting)
        return committed_field_key(secret, pepper, held.compartment_id, held.epoch, held.commitment)

    def _secret(self, held: HeldKey, acting: Acting) -> bytes:
        if held.entry is None or held.version is None or not held.open_at(self.clock.now()):
            raise Locked("no key")
        keys = self.custody.keys_of(acting, held.version)
        info = ring_info(held, acting.organisation_id, keys.kid)
        return keys.ring.unwrap(held.entry, info)

    def _peppers(self, held: Sequence[HeldKey]) -> dict[Place, bytes]:
        if not held:
            return {}
        return self.keystore.peppers(held[0].council_id, [key.place for key in held])


def _reader_of(receipt: Receipt) -> Acting | None:
    """Return in whose name a receipt opens; None for whoever has no organisation."""
    if receipt.organisation_id is None:
        return None
    return Acting(receipt.council_id, receipt.organisation_id, receipt.member_id, receipt.own_keys)
