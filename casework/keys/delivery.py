"""Keys on their way: into one's own ring, or as a signed grant to another organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.clock import Clock
from casework.crypto import hpke, labels
from casework.crypto.derive import commitment, data_key
from casework.crypto.grant import Delivery, grant_info, grant_statement
from casework.crypto.signing import verify
from casework.db.types import to_micros
from casework.entropy import Entropy
from casework.errors import IntegrityFailure, Locked, SealBroken
from casework.keys import gateway
from casework.keys.custody import ServerCustody
from casework.keys.gateway import Grant, PublicKeys
from casework.keys.keystore import KeyStore
from casework.keys.values import HeldKey


@dataclass(frozen=True, slots=True)
class Courier:
    """Hands keys over and takes them in. Opens no field."""

    custody: ServerCustody
    keystore: KeyStore
    clock: Clock
    entropy: Entropy

    def hand_over(
        self, work: Work, held: HeldKey, secret: bytes, organisations: Iterable[UUID]
    ) -> None:
        """Give a compartment's secret to organisations; the acting one's goes to its ring."""
        acting = acting_organisation(work)
        for organisation_id in sorted(organisations):
            if organisation_id == acting[1]:
                self._keep(work, held, secret)
            else:
                self._grant(work, held, secret, organisation_id)

    def _keep(self, work: Work, held: HeldKey, secret: bytes) -> HeldKey:
        acting = acting_organisation(work)
        own = self.custody.directory(work.session, acting)
        keys = self.custody.keys_of(acting, own.version)
        info = grant_info(labels.RING, delivery_of(held, acting[1], keys.kid))
        entry = keys.ring.wrap(secret, info, self.entropy.bytes(12))
        kept = replace(held, version=own.version, entry=entry, pending=False)
        gateway.add_ring(work.session, kept, acting[1])
        return kept

    def _grant(self, work: Work, held: HeldKey, secret: bytes, organisation_id: UUID) -> None:
        acting = acting_organisation(work)
        recipient = self.custody.directory(work.session, (acting[0], organisation_id))
        own = self.custody.directory(work.session, acting)
        info = grant_info(labels.GRANT, delivery_of(held, organisation_id, recipient.kid))
        wrapped, at = hpke.wrap(secret, recipient.agreement, info), self.clock.now()
        statement = grant_statement(info, hpke.body(wrapped), acting[1], to_micros(at))
        signature = self.custody.keys_of(acting, own.version).signing.sign(statement)
        grant = Grant(wrapped, acting[1], own.version, signature, at)
        gateway.add_grant(work.session, held, organisation_id, grant)

    def ready(self, work: Work, held: Sequence[HeldKey]) -> list[HeldKey]:
        """Return the same keys, those on their way taken in, with a leaf that says so."""
        pending = [key for key in held if key.pending and key.entry is None]
        if not pending:
            return list(held)
        detail = {"keys": len(pending)}
        work.record(Entry(Act.KEY_DELIVERED, case_id=pending[0].case_id, detail=detail))
        fresh = {key.compartment_id: key for key in self.take_in(work, pending)}
        return [fresh.get(key.compartment_id, key) for key in held]

    def take_in(self, work: Work, pending: Sequence[HeldKey]) -> list[HeldKey]:
        """Check grants, move their keys into the acting organisation's ring, and return them.

        Raises `IntegrityFailure` when a grant is forged or carries another key.
        """
        places = [(held.compartment_id, held.epoch) for held in pending]
        peppers = self.keystore.peppers(work.principal.council_id, places)
        return [self._keep(work, held, self._accepted(work, held, peppers)) for held in pending]

    def _accepted(self, work: Work, held: HeldKey, peppers: dict[tuple[UUID, int], bytes]) -> bytes:
        grant = gateway.take_grant(work.session, held, acting_organisation(work)[1])
        pepper = peppers.get((held.compartment_id, held.epoch))
        if grant is None or pepper is None:
            raise Locked("no grant")
        try:
            secret = self._unwrapped(work, held, grant)
        except SealBroken:
            raise IntegrityFailure("grant refused") from None
        dek = data_key(secret, pepper, held.compartment_id, held.epoch)
        if commitment(dek) != held.commitment:
            raise IntegrityFailure("grant carries another key")
        return secret

    def _unwrapped(self, work: Work, held: HeldKey, grant: Grant) -> bytes:
        acting = acting_organisation(work)
        own = self.custody.directory(work.session, acting)
        info = grant_info(labels.GRANT, delivery_of(held, acting[1], own.kid))
        self._check_signature(work, held, grant, info)
        keys = self.custody.keys_of(acting, own.version)
        return hpke.unwrap(grant.wrapped, keys.agreement, info)

    def _check_signature(self, work: Work, held: HeldKey, grant: Grant, info: bytes) -> None:
        granter = self._granter(work, held, grant)
        statement = grant_statement(
            info, hpke.body(grant.wrapped), grant.granter_id, to_micros(grant.granted_at)
        )
        verify(granter.signing, grant.signature, statement)

    def _granter(self, work: Work, held: HeldKey, grant: Grant) -> PublicKeys:
        """Only who holds a key may hand it over."""
        if grant.granter_id not in gateway.ring_holders(work.session, held):
            raise IntegrityFailure("granted by an organisation that does not hold the key")
        return self.custody.directory(work.session, (held.council_id, grant.granter_id))


def delivery_of(held: HeldKey, organisation_id: UUID, kid: bytes) -> Delivery:
    """Return what binds a key to its compartment, epoch, commitment and holder."""
    return Delivery(
        held.council_id,
        held.compartment_id,
        held.epoch,
        organisation_id,
        kid,
        held.commitment,
    )


def acting_organisation(work: Work) -> tuple[UUID, UUID]:
    """Return (council, organisation) of a unit of work. Raises `Locked` for those without one."""
    who = work.principal
    if who.organisation_id is None:
        raise Locked("no organisation")
    return who.council_id, who.organisation_id
