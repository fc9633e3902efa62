"""Taking keys back: from an organisation on one case, or from one that leaves the council."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.errors import InputRefused, IntegrityFailure, InvalidInput, Locked, SealBroken
from casework.identity import PrincipalKind
from casework.keys import gateway
from casework.keys.admissions import Admissions
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import entries, holding, leaving, sealing
from casework.keys.gateway.admitting import Holding
from casework.keys.gateway.leaving import Unclaimed
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey
from casework.sentences import N_

_RENEWED: Final = 24
"""How many in one unit of work: what a page may wait for."""

_SERVING: Final = frozenset({PrincipalKind.OPERATOR, PrincipalKind.SERVICE})


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What an organisation that left held: compartments to be rekeyed, and its own, shut for good.

    `renewed` grants that it had signed were signed or taken in anew.
    """

    due: int
    own: int
    renewed: int


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """Takes keys, and sees that nobody else loses one by it."""

    keyring: Keyring

    def from_case(self, work: Work, organisation_id: UUID, case_id: UUID) -> list[UUID]:
        """Take the shared parts of a case from an organisation, and return them.

        What it kept for itself stays its own. Raises `Locked` when somebody would lose a part with
        it, and none of those who may act here can prevent that.
        """
        place = work.principal.council_id, organisation_id
        held = leaving.held_in_case(work.session, place, case_id)
        if held:
            self.renew(work, organisation_id, held)
            if leaving.held_alone(work.session, place, held):
                raise Locked("nobody else holds the key")
            self.keyring.epochs.withdraw(work, organisation_id, held)
        return held

    def from_council(self, work: Work, organisation_id: UUID) -> TakenBack:
        """Take everything from an organisation: seals, rings, grants, its place in the directory.

        Raises `InputRefused` when a shared compartment would open for nobody any more.
        """
        place = work.principal.council_id, organisation_id
        due = leaving.mark_all_due(work.session, place, work.now)
        renewed = self._renewed_or_refused(work, organisation_id)
        alone = leaving.held_alone(work.session, place)
        if alone:
            told = {"organisation": [_alone(alone)]}
            raise InputRefused(told, Act.ORGANISATION_LEFT, "last-holder")
        own = leaving.own(work.session, place)
        self._admissions.close_to(place)
        leaving.take_all_keys(work.session, place)
        sealing.remove_all(work.session, place)
        entries.revoke(work.session, place, None, work.now)
        return TakenBack(due, own, renewed)

    def prepare(self, work: Work, organisation_id: UUID) -> int:
        """Renew a few of the grants that an organisation about to leave has signed; count them.

        Raises `Locked` when none is left, or as `renew`.
        """
        place = work.principal.council_id, organisation_id
        some = {one.compartment_id for one in leaving.unclaimed(work.session, place)[:_RENEWED]}
        if not some:
            raise Locked("nothing is on its way")
        renewed = self.renew(work, organisation_id, some)
        work.record(Entry(Act.KEY_DELIVERED, detail={"keys": renewed}))
        return renewed

    def renew(
        self, work: Work, granter_id: UUID, compartments: Collection[UUID] | None = None
    ) -> int:
        """Let the grants that an organisation signed count without it; return how many.

        Each is taken in by its recipient, or signed anew by another who holds the key. A member
        does this for their own organisation alone. Raises `Locked` when one cannot be renewed.
        """
        place = work.principal.council_id, granter_id
        waiting = leaving.unclaimed(work.session, place, compartments)
        shut = [one for one in waiting if not self._taken_in(work, one)]
        lost = [one for one in shut if not self._signed_anew(work, granter_id, one)]
        if lost:
            raise Locked("a key on its way has nobody else to sign for it")
        return len(waiting)

    def _renewed_or_refused(self, work: Work, organisation_id: UUID) -> int:
        try:
            return self.renew(work, organisation_id)
        except Locked:
            raise InvalidInput({"organisation": [_ON_THEIR_WAY]}) from None

    def _taken_in(self, work: Work, one: Unclaimed) -> bool:
        """Let its recipient take it in, where the service may act for them."""

        def take(there: Work, held: HeldKey) -> None:
            self.keyring.courier.take_in(there, [held])

        return self._as_one_of(work, [one.recipient_id], one, take)

    def _signed_anew(self, work: Work, granter_id: UUID, one: Unclaimed) -> bool:
        """Let another who holds the key grant it; what was granted without right goes."""

        def grant(there: Work, held: HeldKey) -> None:
            was = gateway.take_grant(there.session, held, one.recipient_id)
            there.session.flush()
            to = Holding(one.recipient_id, one.expires_at, was.admission if was else None)
            if self._admissions.holds(held, to):
                self.keyring.pass_on(there, held, to)

        key = self._held(work, granter_id, one)
        others = self._admissions.keepers(work.session, key) if key else set()
        return self._as_one_of(work, sorted(others - {granter_id}), one, grant)

    def _as_one_of(
        self,
        work: Work,
        organisations: Iterable[UUID],
        one: Unclaimed,
        act: Callable[[Work, HeldKey], None],
    ) -> bool:
        for organisation_id in organisations:
            there = _in_the_name_of(work, organisation_id)
            key = self._held(work, organisation_id, one) if there else None
            if there is None or key is None or self._is_locked(there):
                continue
            try:
                act(there, key)
            except (IntegrityFailure, Locked, SealBroken):
                continue
            return True
        return False

    @property
    def _admissions(self) -> Admissions:
        return self.keyring.courier.admissions

    def _is_locked(self, there: Work) -> bool:
        acting = acting_organisation(there)
        try:
            own = self.keyring.custody.directory.current(there.session, acting.place)
            self.keyring.custody.keys_of(acting, own.version)
        except Locked:
            return True
        return False

    def _held(self, work: Work, organisation_id: UUID, one: Unclaimed) -> HeldKey | None:
        there = replace(work.principal, organisation_id=organisation_id)
        acting = acting_organisation(_lent(work, Work(there, work.reason, work.now)))
        found = holding.held_these(work.session, acting, [one.compartment_id])
        return _of_epoch(found, one.epoch)


_ON_THEIR_WAY: Final = N_(
    "Des clés que cet organisme a remises attendent encore leur destinataire : "
    "qu’un de ses membres se connecte et ouvre ses situations, puis recommencez."
)


def _alone(parts: int) -> str:
    return N_(
        "%(parts)d parties de situations ne s’ouvriraient plus pour personne : "
        "nommez d’abord un autre organisme, et qu’il les ouvre une fois.",
        parts=parts,
    )


def _of_epoch(found: Sequence[HeldKey], epoch: int) -> HeldKey | None:
    epochs = [one for key in found for one in (key, *key.former)]
    return next((one for one in epochs if one.epoch == epoch), None)


def _in_the_name_of(work: Work, organisation_id: UUID) -> Work | None:
    """Return the same work done by another organisation; a member acts for their own alone."""
    who = work.principal
    if who.organisation_id == organisation_id:
        return work
    if who.kind not in _SERVING:
        return None
    there = replace(who, organisation_id=organisation_id, member_id=None, own_keys=None)
    return _lent(work, Work(there, work.reason, work.now))


def _lent(work: Work, there: Work) -> Work:
    there.lend(work.session)
    return there
