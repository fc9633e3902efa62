"""Who holds the keys of an organisation: seen, changed, handed on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, PrincipalKind, Reason, require_fresh
from casework.keys import seals
from casework.keys.custody import Custody
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import entries, following, members, sealing, wrapping
from casework.keys.gateway.entries import PublicKeys
from casework.keys.gateway.sealing import HolderSeal
from casework.keys.member_directory import MemberDirectory
from casework.keys.policy import require_another_holder, require_ways_in
from casework.keys.reserve import Reserve
from casework.keys.rotation import Drawn, Rotation
from casework.keys.service.running import RotationRunner
from casework.keys.values import Acting, CustodyKind
from casework.sentences import N_

People = Callable[[Session, UUID, UUID], list[UUID]]
"""Finds the members of (council, organisation) who may sign in."""

_NOBODY_SIGNED_IN = N_("Cette personne ne s’est pas encore connectée : sa clé n’existe pas.")
_ONLY_A_HOLDER = N_(
    "Seul un membre qui détient la clé peut la rendre au service, depuis sa propre session."
)


class Standing(StrEnum):
    """Where a member stands towards the secret of their organisation."""

    HOLDS = "holds"
    WAITS = "waits"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class HolderView:
    """A member of the organisation; `public` is None until they have signed in once."""

    member_id: UUID
    standing: Standing
    public: bytes | None


@dataclass(frozen=True, slots=True)
class CustodyView:
    """Who can open what the organisation holds. `due`: somebody who held the key is gone.

    `awaited` keys are drawn, and wait for the signature of a registrar kept elsewhere. Of `parts`
    in its ring, `unsealed` wait for a new key after somebody left, or to be sealed anew under it.
    """

    organisation_id: UUID
    kind: CustodyKind
    members: tuple[HolderView, ...]
    escrow: bool
    due: bool
    pending: int
    parts: int
    unsealed: int
    awaited: PublicKeys | None = None

    def standing_of(self, member_id: UUID | None) -> Standing:
        """Return where one member stands."""
        found = [one.standing for one in self.members if one.member_id == member_id]
        return found[0] if found else Standing.AWAY


@dataclass(frozen=True, slots=True)
class CustodyService:
    """Members decide for their own organisation; the operator only for one that trusts the KEK."""

    ledger: Ledger
    custody: Custody
    directory: MemberDirectory
    rotation: Rotation
    runner: RotationRunner
    reserve: Reserve
    people: People

    def overview(self, who: Principal) -> CustodyView:
        """Return who holds the keys of the acting organisation; consulted, hence recorded."""
        with self.ledger.consult(who, Reason.DUTY) as work:
            acting = acting_organisation(work)
            view = self._view(work, acting)
            detail: Detail = {"organisation": acting.organisation_id, "custody": view.kind.value}
            work.record(Entry(Act.KEY_LISTED, detail=detail))
        return view

    def switch(self, who: Principal, kind: CustodyKind) -> None:
        """Give the secret to the members alone, or back to the service. No value is re-encrypted.

        Raises `StepUpRequired`, `Locked` for somebody who does not hold it, `InputRefused` while
        a forgotten password would lose everything, `CustodyRefused` while it holds a part that a
        charter keeps from the service.
        """
        with self.ledger.begin(who, Reason.DUTY) as work:
            require_fresh(who, work.now)
            self._switch(work, kind)
        self.runner.finish(who)

    def entrust(self, who: Principal, organisation_id: UUID, kind: CustodyKind) -> None:
        """Do the same as operator, for an organisation that the KEK opens."""
        if who.kind is not PrincipalKind.OPERATOR:
            raise AccessDenied(Act.CUSTODY_CHANGED, "other-function")
        if kind is CustodyKind.SERVER:
            raise InvalidInput({"custody": [_ONLY_A_HOLDER]})
        acting = replace(who, organisation_id=organisation_id)
        with self.ledger.begin(acting, Reason.OPERATION) as work:
            drawn = self._switch(work, kind)
        if drawn is not None:
            place = Acting(who.council_id, organisation_id)
            with self.custody.lent(place, drawn.version, drawn.keys):
                self.runner.finish(acting)

    def admit(self, who: Principal, member_id: UUID) -> None:
        """Hand the secret to a colleague whose words were compared. Errors as for `switch`."""
        with self.ledger.begin(who, Reason.DUTY) as work:
            require_fresh(who, work.now)
            acting = acting_organisation(work)
            public = self._colleagues(work.session, acting).get(member_id)
            if public is None:
                raise InvalidInput({"holder": [_NOBODY_SIGNED_IN]})
            holder = (seals.member_holder(member_id), public)
            for version in sealing.versions(work.session, acting.place):
                secret = self.custody.secret_of(acting, version)
                self.rotation.seal_to(work.session, acting, version, secret, holder)
            work.record(Entry(Act.HOLDER_ADMITTED, detail={"member": member_id}))

    def remove(self, who: Principal, member_id: UUID) -> None:
        """Take the secret from a colleague: those who stay get a new one. Errors as above."""
        with self.ledger.begin(who, Reason.DUTY) as work:
            require_fresh(who, work.now)
            acting = acting_organisation(work)
            self._let_go(work, acting, member_id)
            entries.mark_due(work.session, acting.place, work.now)
            work.record(Entry(Act.HOLDER_REMOVED, detail={"member": member_id}))
            self._begin_anew(work, acting)
        self.runner.finish(who)

    def rotate(self, who: Principal) -> None:
        """Draw a new secret for the acting organisation, for the same holders."""
        with self.ledger.begin(who, Reason.DUTY) as work:
            if who.kind is PrincipalKind.MEMBER:
                require_fresh(who, work.now)
            self._begin_anew(work, acting_organisation(work))
        self.runner.finish(who)

    def take_leave(self, work: Work, place: tuple[UUID, UUID], member_id: UUID) -> bool:
        """Delete the keys of a member who leaves (council, organisation), in the caller's work.

        Say whether they held its secret: the next holder who signs in is then asked to draw a new
        one. Raises `InvalidInput` when nobody else could open it.
        """
        in_their_hands = self.custody.kind_of(work.session, place) is CustodyKind.MEMBER
        due = in_their_hands and self._let_go(work, Acting(*place), member_id)
        if due:
            entries.mark_due(work.session, place, work.now)
        members.remove(work.session, place[0], member_id)
        return due

    def _let_go(self, work: Work, acting: Acting, member_id: UUID) -> bool:
        """Delete the seals of a member; say whether there was one."""
        holder, held = seals.member_holder(member_id), sealing.holders(work.session, acting.place)
        if holder not in held:
            return False
        escrow = any(one.startswith(seals.ESCROW) for one in held)
        colleagues = self._colleagues(work.session, acting)
        others = [one for one in colleagues if one != member_id and _opens(one, held, colleagues)]
        require_another_holder(len(others), escrow=escrow)
        sealing.remove(work.session, acting.place, holder=holder)
        return True

    def _begin_anew(self, work: Work, acting: Acting) -> None:
        kind = self.custody.kind_of(work.session, acting.place)
        held = sealing.holders(work.session, acting.place)
        known = {one for one in map(seals.member_in, held) if one is not None}
        self.rotation.begin(work, kind, known)

    def _switch(self, work: Work, kind: CustodyKind) -> Drawn | None:
        """Draw a secret for the other custody; None when it is that one already."""
        acting = acting_organisation(work)
        former = self.custody.kind_of(work.session, acting.place)
        if former is kind:
            work.record(Entry(Act.KEY_LISTED, detail={"custody": kind.value}))
            return None
        if kind is CustodyKind.SERVER:
            self.reserve.require_none_held(work, acting)
        ready = self._colleagues(work.session, acting) if kind is CustodyKind.MEMBER else {}
        if kind is CustodyKind.MEMBER:
            recovery, escrow = self._other_ways(work, acting, set(ready))
            require_ways_in(len(ready), recovery=recovery, escrow=escrow)
        drawn = self.rotation.begin(work, kind, ready)
        detail: Detail = {
            "organisation": acting.organisation_id,
            "from": former.value,
            "to": kind.value,
            "holders": len(ready),
        }
        work.record(Entry(Act.CUSTODY_CHANGED, detail=detail))
        return drawn

    def _other_ways(self, work: Work, acting: Acting, ready: set[UUID]) -> tuple[bool, bool]:
        held = sealing.holders(work.session, acting.place)
        escrow = any(one.startswith(seals.ESCROW) for one in held)
        return members.all_can_recover(work.session, acting.council_id, ready), escrow

    def _colleagues(self, session: Session, acting: Acting) -> dict[UUID, bytes]:
        who = self.people(session, *acting.place)
        return self.directory.published(session, acting.council_id, who)

    def _view(self, work: Work, acting: Acting) -> CustodyView:
        session, place = work.session, acting.place
        held, everyone = sealing.holders(session, place), self.people(session, *place)
        colleagues = self.directory.published(session, acting.council_id, everyone)
        kind = CustodyKind.SERVER if seals.KEK_HOLDER in held else CustodyKind.MEMBER
        views = tuple(
            HolderView(one, _standing(kind, one, held, colleagues), colleagues.get(one))
            for one in everyone
        )
        parts, unsealed = following.progress(session, place)
        return CustodyView(
            organisation_id=acting.organisation_id,
            kind=kind,
            members=views,
            escrow=any(one.startswith(seals.ESCROW) for one in held),
            due=entries.is_due(session, place),
            pending=wrapping.count_on_their_way(session, place),
            parts=parts,
            unsealed=unsealed,
            awaited=self._awaited(session, place),
        )

    def _awaited(self, session: Session, place: tuple[UUID, UUID]) -> PublicKeys | None:
        directory = self.custody.directory
        waiting = directory.unsigned(session, place[0])
        mine = [one for one in waiting if one.organisation_id == place[1]]
        return directory.drawn_here(session, place, mine[-1].version) if mine else None


def _standing(
    kind: CustodyKind,
    member_id: UUID,
    held: Mapping[str, HolderSeal],
    published: Mapping[UUID, bytes],
) -> Standing:
    if member_id not in published:
        return Standing.AWAY
    holds = kind is CustodyKind.SERVER or _opens(member_id, held, published)
    return Standing.HOLDS if holds else Standing.WAITS


def _opens(
    member_id: UUID, held: Mapping[str, HolderSeal], published: Mapping[UUID, bytes]
) -> bool:
    """Say whether a member opens the secret; a seal to a key they have lost opens nothing."""
    seal, public = held.get(seals.member_holder(member_id)), published.get(member_id)
    return seal is not None and public is not None and seals.sealed_to(seal.sealed, public)
