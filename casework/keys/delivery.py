"""Keys on their way: into one's own ring, or as a signed grant to another organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.clock import Clock
from casework.crypto import hpke, labels
from casework.crypto.derive import commitment, data_key
from casework.crypto.grant import Delivery, grant_info, grant_statement
from casework.crypto.signing import verify
from casework.entropy import Entropy
from casework.errors import IntegrityFailure, Locked, SealBroken
from casework.keys import gateway
from casework.keys.admissions import Admissions
from casework.keys.custody import Custody
from casework.keys.gateway import Grant
from casework.keys.gateway.admitting import Holding
from casework.keys.gateway.entries import PublicKeys
from casework.keys.keystore import KeyStore, Place
from casework.keys.values import Acting, HeldKey
from casework.moments import to_micros


@dataclass(frozen=True, slots=True)
class Courier:
    """Hands keys over and takes them in. Opens no field."""

    custody: Custody
    keystore: KeyStore
    admissions: Admissions
    clock: Clock
    entropy: Entropy

    def hand_over(
        self,
        work: Work,
        held: HeldKey,
        secret: bytes,
        organisations: Iterable[UUID],
        until: datetime | None = None,
    ) -> None:
        """Admit organisations and give them a compartment's secret; the acting one's, to its ring.

        `until` ends an access that is lent.
        """
        give = self.admissions.give
        admitted = [Holding(one, until, give(held, one, until)) for one in sorted(organisations)]
        self.pass_on(work, held, secret, admitted)

    def pass_on(
        self, work: Work, held: HeldKey, secret: bytes, admitted: Iterable[Holding]
    ) -> None:
        """Give a secret to those already admitted, and admit nobody."""
        acting, recipients = acting_organisation(work), list(admitted)
        if not recipients:
            return
        directory, council_id = self.custody.directory, acting.council_id
        own = directory.use(work.session, acting.place)
        reached = {
            one.organisation_id: directory.use(work.session, (council_id, one.organisation_id))
            for one in recipients
        }
        directory.require_unrevoked(council_id, [own, *reached.values()])
        for one in recipients:
            if one.organisation_id == acting.organisation_id:
                self._keep(work, held, secret, one)
            else:
                self._grant(work, held, secret, (one, reached[one.organisation_id]), own.version)

    def ready(self, work: Work, held: Sequence[HeldKey]) -> list[HeldKey]:
        """Return the same keys, those on their way taken in, with a leaf that says so.

        While the organisation's own keys are locked, they stay on their way.
        """
        pending = [one for key in held for one in (key, *key.former) if _comes(one)]
        if not pending or self._is_locked(work):
            return list(held)
        detail = {"keys": len(pending)}
        work.record(Entry(Act.KEY_DELIVERED, case_id=pending[0].case_id, detail=detail))
        fresh = {key.place: key for key in self.take_in(work, pending)}
        return [_renewed(key, fresh) for key in held]

    def take_in(self, work: Work, pending: Sequence[HeldKey]) -> list[HeldKey]:
        """Check grants, move their keys into the acting organisation's ring, and return them.

        Raises `IntegrityFailure` when a grant is forged or carries another key.
        """
        places = [held.place for held in pending]
        peppers = self.keystore.peppers(work.principal.council_id, places)
        return [self._taken(work, held, peppers) for held in pending]

    def _is_locked(self, work: Work) -> bool:
        acting = acting_organisation(work)
        try:
            own = self.custody.directory.current(work.session, acting.place)
            self.custody.keys_of(acting, own.version)
        except Locked:
            return True
        return False

    def _keep(self, work: Work, held: HeldKey, secret: bytes, as_holder: Holding) -> HeldKey:
        acting = acting_organisation(work)
        own = self.custody.directory.use(work.session, acting.place)
        keys = self.custody.keys_of(acting, own.version)
        info = ring_info(held, acting.organisation_id, keys.kid)
        entry = keys.ring.wrap(secret, info, self.entropy.bytes(12))
        until = as_holder.expires_at
        kept = replace(held, version=own.version, entry=entry, expires_at=until, pending=False)
        gateway.add_ring(work.session, kept, acting.organisation_id, as_holder.admission)
        return kept

    def _grant(
        self,
        work: Work,
        held: HeldKey,
        secret: bytes,
        recipient: tuple[Holding, PublicKeys],
        version: int,
    ) -> None:
        """Grant to an organisation, signed with a version of the acting one's keys."""
        acting, (to, keys) = acting_organisation(work), recipient
        organisation_id = to.organisation_id
        info = grant_info(labels.GRANT, delivery_of(held, organisation_id, keys.kid))
        wrapped, at = hpke.wrap(secret, keys.agreement, info), self.clock.now()
        granter = acting.organisation_id
        statement = grant_statement(info, hpke.body(wrapped), granter, to_micros(at))
        signature = self.custody.keys_of(acting, version).signing.sign(statement)
        grant = Grant(wrapped, granter, version, signature, at, to.expires_at, to.admission)
        gateway.add_grant(work.session, held, organisation_id, grant)

    def _taken(self, work: Work, held: HeldKey, peppers: dict[Place, bytes]) -> HeldKey:
        own = acting_organisation(work).organisation_id
        grant = gateway.take_grant(work.session, held, own)
        pepper = peppers.get(held.place)
        if grant is None or pepper is None:
            raise Locked("no grant")
        to = Holding(own, grant.expires_at, grant.admission)
        if not self.admissions.holds(held, to):
            raise IntegrityFailure("a grant to an organisation that was not admitted")
        try:
            secret = self._unwrapped(work, held, grant)
        except SealBroken:
            raise IntegrityFailure("grant refused") from None
        dek = data_key(secret, pepper, held.compartment_id, held.epoch)
        if commitment(dek) != held.commitment:
            raise IntegrityFailure("grant carries another key")
        return self._keep(work, held, secret, to)

    def _unwrapped(self, work: Work, held: HeldKey, grant: Grant) -> bytes:
        acting, named = acting_organisation(work), hpke.recipient_of(grant.wrapped)
        # Granted before a rotation, taken in after it: the older keys are there until then.
        own = self.custody.directory.reached_at(work.session, acting.place, named)
        info = grant_info(labels.GRANT, delivery_of(held, acting.organisation_id, own.kid))
        self.check_signature(work, held, grant, info)
        keys = self.custody.keys_of(acting, own.version)
        return hpke.unwrap(grant.wrapped, keys.agreement, info)

    def check_signature(self, work: Work, held: HeldKey, grant: Grant, info: bytes) -> None:
        """Return if who granted holds the key and signed; IntegrityFailure or SealBroken if not."""
        granter = self._granter(work, held, grant)
        statement = grant_statement(
            info, hpke.body(grant.wrapped), grant.granter_id, to_micros(grant.granted_at)
        )
        verify(granter.signing, grant.signature, statement)

    def _granter(self, work: Work, held: HeldKey, grant: Grant) -> PublicKeys:
        """Only who holds a key may hand it over."""
        if grant.granter_id not in self.admissions.keepers(work.session, held):
            raise IntegrityFailure("granted by an organisation that does not hold the key")
        place = (held.council_id, grant.granter_id)
        return self.custody.directory.at(work.session, place, grant.granter_version)


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


def ring_info(held: HeldKey, organisation_id: UUID, kid: bytes) -> bytes:
    """Return what binds an entry of an organisation's ring to its place."""
    return grant_info(labels.RING, delivery_of(held, organisation_id, kid))


def acting_organisation(work: Work) -> Acting:
    """Return who acts in a unit of work. Raises `Locked` for those without an organisation."""
    who = work.principal
    if who.organisation_id is None:
        raise Locked("no organisation")
    return Acting(who.council_id, who.organisation_id, who.member_id, who.own_keys)


def _comes(key: HeldKey) -> bool:
    return key.pending and key.entry is None


def _renewed(key: HeldKey, fresh: dict[Place, HeldKey]) -> HeldKey:
    former = tuple(fresh.get(one.place, one) for one in key.former)
    return replace(fresh.get(key.place, key), former=former)
