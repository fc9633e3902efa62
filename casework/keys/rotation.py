"""A new secret for an organisation: its ring is wrapped anew, and no sealed value is touched."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.clock import Clock
from casework.crypto.organisation import OrganisationKeys
from casework.crypto.ring import OwnRing
from casework.entropy import Entropy
from casework.keys import seals
from casework.keys.custody import Custody
from casework.keys.delivery import Courier, acting_organisation
from casework.keys.gateway import entries, holding, leaving, sealing, wrapping
from casework.keys.gateway.wrapping import Outstanding, RingEntry
from casework.keys.kek.provider import KekProvider
from casework.keys.values import Acting, CustodyKind, HeldKey

_ENTRIES_AT_ONCE: Final = 250
_GRANTS_AT_ONCE: Final = 24
"""In one unit of work: what a writer may wait for. A grant costs as much as twenty entries."""

BEGINNING: Final = UUID(int=0)
"""Where a ring begins."""

HolderKeys = Callable[[Session, UUID, str], bytes | None]
"""Finds the public key of a holder of a council, checked, or None when there is none."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A secret just drawn: its version, and the keys it gives."""

    version: int
    keys: OrganisationKeys = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rotation:
    """Old and new stand side by side until the last entry is wrapped anew: nobody waits.

    `begin` and each `go_on` are units of work of their caller's; broken off anywhere, `go_on`
    takes up what is left.
    """

    custody: Custody
    courier: Courier
    provider: KekProvider
    public_key_of: HolderKeys
    clock: Clock
    entropy: Entropy
    entries_at_once: int = _ENTRIES_AT_ONCE
    grants_at_once: int = _GRANTS_AT_ONCE

    def begin(self, work: Work, kind: CustodyKind, members: Iterable[UUID] = ()) -> Drawn:
        """Draw a secret, seal it for `kind`, publish it, and return its version and keys.

        While a registrar elsewhere has not signed it, the former goes on.
        In `member` custody it is sealed to `members`; in both to every escrow that held the
        former one. When it is due because somebody who held the former one is gone, every part that
        the organisation opens gets a new epoch too: they may have kept the keys of a copy. Raises
        `Locked` when the acting organisation's own secret cannot be opened here.
        """
        acting, directory = acting_organisation(work), self.custody.directory
        entries.change(work.session, acting.place)
        own = directory.current(work.session, acting.place)
        former = self.custody.secret_of(acting, own.version)
        version = self._fresh_version(work, acting, own.version)
        secret = self.entropy.bytes(32)
        keys = OrganisationKeys.from_secret(secret)
        holders = self._holders(work.session, acting, (own.version, former), kind, members)
        parts = self._parts_due(work, acting)
        directory.publish(work.session, acting.place, version, keys, self.clock.now())
        if kind is CustodyKind.SERVER:
            sealed = seals.seal_with_kek(self.provider, acting, version, secret)
            sealing.add(work.session, acting.place, version, seals.KEK_HOLDER, (sealed, None))
        for holder, public in holders.items():
            self.seal_to(work.session, acting, version, secret, (holder, public))
        detail: Detail = {
            "kind": "organisation",
            "organisation": acting.organisation_id,
            "version": version,
            "custody": kind.value,
            "holders": len(holders),
            "parts": parts,
        }
        work.record(Entry(Act.KEY_ROTATED, detail=detail))
        return Drawn(version, keys)

    def _fresh_version(self, work: Work, acting: Acting, used: int) -> int:
        """Return the next version; one that still waits for the registrar gives way to it."""
        for waiting in entries.revoke_after(work.session, acting.place, used, work.now):
            sealing.remove_version(work.session, acting.place, waiting)
        return entries.newest_version(work.session, acting.place) + 1

    def seal_to(
        self,
        session: Session,
        acting: Acting,
        version: int,
        secret: bytes,
        holder: tuple[str, bytes],
    ) -> None:
        """Seal a secret of the acting organisation to (holder, public key), and pin that key."""
        name, public = holder
        sealed = seals.seal_to_holder(acting, version, name, public, secret)
        pin = seals.pin_of(secret, acting, name, public)
        sealing.add(session, acting.place, version, name, (sealed, pin))

    def go_on(self, work: Work, after: UUID = BEGINNING) -> UUID | None:
        """Take in, grant and wrap anew one batch; return the compartment to go on from.

        None when nothing is left: the former versions have ended, their seals are deleted, their
        keys revoked. Raises `Locked` for somebody who does not open the newest.
        """
        acting = acting_organisation(work)
        # Nobody can be about to keep something under the version that ends here.
        entries.change(work.session, acting.place)
        version = self.custody.directory.current(work.session, acting.place).version
        self.custody.keys_of(acting, version)
        moved = self._moved(work, acting, version)
        anew = self._rewrapped(work, acting, version, after)
        detail: Detail = {
            "kind": "ring",
            "organisation": acting.organisation_id,
            "keys": moved + len(anew),
        }
        work.record(Entry(Act.KEY_ROTATED, detail=detail))
        if anew:
            return anew[-1].compartment_id
        if moved:
            return BEGINNING
        sealing.remove_before(work.session, acting.place, version)
        self.custody.directory.revoke(work.session, acting.place, version, work.now)
        return None

    def _moved(self, work: Work, acting: Acting, version: int) -> int:
        """Take in some keys on their way, sign some grants anew; count both."""
        coming = wrapping.on_their_way(work.session, acting.place, self.grants_at_once)
        if coming:
            held = holding.held_these(work.session, acting, coming)
            self.courier.ready(work, held)
        grants = wrapping.granted(work.session, acting.place, version, self.grants_at_once)
        for grant in grants:
            self._grant_anew(work, acting, grant)
        return len(coming) + len(grants)

    def _rewrapped(self, work: Work, acting: Acting, version: int, after: UUID) -> list[RingEntry]:
        """Wrap some entries anew, from a compartment on; return them."""
        asked = (work.session, acting.place, version)
        behind = wrapping.behind(*asked, after, self.entries_at_once)
        if not behind and after != BEGINNING:
            behind = wrapping.behind(*asked, BEGINNING, self.entries_at_once)
        former = {one: self._ring(acting, one) for one in {one.version for one in behind}}
        own = self._ring(acting, version)
        anew = [self._wrapped(one, former[one.version], own) for one in behind]
        wrapping.rewrap(*asked, anew)
        return anew

    def _grant_anew(self, work: Work, acting: Acting, grant: Outstanding) -> None:
        """Sign a grant not taken in yet with the new key: the former is about to be revoked.

        One to somebody who was not admitted goes.
        """
        source, held = grant.source, _key_of(acting, grant)
        part = source.compartment_id, source.epoch
        secret = self._ring(acting, source.version).unwrap(source.entry, part, source.commitment)
        wrapping.drop_grant(work.session, acting.council_id, grant)
        if self.courier.admissions.holds(held, grant.admitted):
            self.courier.pass_on(work, held, secret, [grant.admitted])

    def _ring(self, acting: Acting, version: int) -> OwnRing:
        return self.custody.keys_of(acting, version).ring_of(*acting.place)

    def _wrapped(self, entry: RingEntry, former: OwnRing, own: OwnRing) -> RingEntry:
        part, pinned = (entry.compartment_id, entry.epoch), entry.commitment
        secret = former.unwrap(entry.entry, part, pinned)
        return entry._replace(entry=own.wrap(secret, part, pinned, self.entropy.bytes(12)))

    def _parts_due(self, work: Work, acting: Acting) -> int:
        """Ask for new epochs after a departure, and count them: delivered under the new key."""
        if not entries.is_due(work.session, acting.place):
            return 0
        return leaving.mark_everything_due(work.session, acting.place, work.now)

    def _holders(
        self,
        session: Session,
        acting: Acting,
        former: tuple[int, bytes],
        kind: CustodyKind,
        members: Iterable[UUID],
    ) -> dict[str, bytes]:
        """Return the holders of the new secret with their public keys.

        An escrow goes on only with the very key that the former (version, secret) pinned.
        """
        pinned = sealing.holders(session, acting.place, former[0])
        own = members if kind is CustodyKind.MEMBER else ()
        wanted = [seals.member_holder(one) for one in sorted(own)]
        wanted += sorted(one for one in pinned if one.startswith(seals.ESCROW))
        found: dict[str, bytes] = {}
        for holder in wanted:
            public = self.public_key_of(session, acting.council_id, holder)
            if public is None:
                continue
            known = pinned.get(holder)
            if known is None or seals.same_pin(former[1], acting, (holder, public), known.pin):
                found[holder] = public
        return found


def _key_of(acting: Acting, grant: Outstanding) -> HeldKey:
    """Return the entry a grant was made from as a held key: its case is not needed to grant it."""
    source = grant.source
    return HeldKey(
        council_id=acting.council_id,
        compartment_id=source.compartment_id,
        case_id=source.compartment_id,
        compartment_class=grant.compartment_class,
        person_id=None,
        organisation_id=None,
        epoch=source.epoch,
        commitment=source.commitment,
    )
