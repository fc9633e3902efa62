"""The second wall: makes, hands over and opens data keys for one acting organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.clock import Clock
from casework.crypto import labels
from casework.crypto.derive import commitment, committed_field_key, data_key, field_key
from casework.crypto.envelope import FieldKey
from casework.crypto.grant import grant_info
from casework.entropy import Entropy, new_id
from casework.errors import AuditGap, Locked, SealBroken
from casework.keys import gateway
from casework.keys.cipher import Opened, Opener, Sealer
from casework.keys.custody import ServerCustody
from casework.keys.delivery import Courier, acting_organisation, delivery_of
from casework.keys.keystore import KeyStore
from casework.keys.values import HeldKey, NewCompartment, Withheld

_FIRST_EPOCH: Final = 1


@dataclass(frozen=True, slots=True)
class Keyring:
    """Seals inside a unit of work; opens only against the receipt of a committed one."""

    custody: ServerCustody
    keystore: KeyStore
    courier: Courier
    clock: Clock
    entropy: Entropy

    def create(self, work: Work, wanted: Sequence[NewCompartment]) -> list[Sealer]:
        """Make compartments, deliver their keys to the admitted, and return their sealers.

        The peppers are durable before the rows: a crash leaves a pepper nobody needs.
        """
        acting = acting_organisation(work)
        secrets = [self.entropy.bytes(32) for _ in wanted]
        peppers = [self.entropy.bytes(32) for _ in wanted]
        ids = [new_id(self.clock, self.entropy) for _ in wanted]
        places = {(one, _FIRST_EPOCH): pepper for one, pepper in zip(ids, peppers, strict=True)}
        self.keystore.keep_peppers(acting[0], places)
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

    def admit(self, work: Work, held: Sequence[HeldKey], organisations: frozenset[UUID]) -> None:
        """Deliver keys the acting organisation holds to further organisations.

        Raises `Locked` when it does not hold one of them.
        """
        for key in held:
            missing = organisations - gateway.holders(work.session, key)
            if missing:
                secret = self._secret(key, acting_organisation(work))
                self.courier.hand_over(work, key, secret, missing)

    def sealer(self, work: Work, held: HeldKey) -> Sealer:
        """Return the right to seal into a compartment the acting organisation holds."""
        pepper = self._peppers([held]).get((held.compartment_id, held.epoch))
        if pepper is None:
            raise Locked("no pepper")
        key = self._field_key(held, acting_organisation(work), pepper)
        return Sealer(key, held, self.entropy, work.digest)

    def open(self, receipt: Receipt, held: Sequence[HeldKey]) -> Opened:
        """Return what the receipt covers, opened with the reader's organisation's ring alone.

        Raises `AuditGap` without a fresh receipt covering every compartment asked for.
        """
        if receipt.stale(self.clock.now()):
            raise AuditGap("no fresh receipt")
        if any(not receipt.covers(key.compartment_id) for key in held):
            raise AuditGap("the receipt does not cover what is asked")
        peppers = self._peppers(held)
        return Opened({key.compartment_id: self._opener(receipt, key, peppers) for key in held})

    def _opener(
        self, receipt: Receipt, held: HeldKey, peppers: dict[tuple[UUID, int], bytes]
    ) -> Opener | Withheld:
        pepper = peppers.get((held.compartment_id, held.epoch))
        if held.entry is None or receipt.organisation_id is None:
            return Withheld("no-key")
        if pepper is None:
            return Withheld("erased")
        acting = (receipt.council_id, receipt.organisation_id)
        try:
            return Opener(self._field_key(held, acting, pepper), held)
        except SealBroken:
            return Withheld("broken")

    def _field_key(self, held: HeldKey, acting: tuple[UUID, UUID], pepper: bytes) -> FieldKey:
        secret = self._secret(held, acting)
        return committed_field_key(secret, pepper, held.compartment_id, held.epoch, held.commitment)

    def _secret(self, held: HeldKey, acting: tuple[UUID, UUID]) -> bytes:
        if held.entry is None or held.version is None:
            raise Locked("no key")
        keys = self.custody.keys_of(acting, held.version)
        info = grant_info(labels.RING, delivery_of(held, acting[1], keys.kid))
        return keys.ring.unwrap(held.entry, info)

    def _peppers(self, held: Sequence[HeldKey]) -> dict[tuple[UUID, int], bytes]:
        if not held:
            return {}
        return self.keystore.peppers(
            held[0].council_id, [(key.compartment_id, key.epoch) for key in held]
        )
