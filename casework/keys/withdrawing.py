"""Taking keys back: from an organisation on one case, or from one that leaves the council."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.errors import InputRefused, InvalidInput, Locked
from casework.keys import gateway, standing_in
from casework.keys.admissions import Admissions
from casework.keys.gateway import entries, leaving, sealing
from casework.keys.gateway.admitting import Holding
from casework.keys.gateway.leaving import Unclaimed
from casework.keys.keyring import Keyring
from casework.keys.standing_in import StandIn
from casework.keys.values import HeldKey
from casework.sentences import N_

_RENEWED: Final = 24
"""How many in one unit of work: what a page may wait for."""


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
    """Takes keys, and sees that nobody else loses one by it.

    `confided` are the classes of which the last holder keeps the key.
    """

    keyring: Keyring
    confided: frozenset[str] = frozenset()

    def from_case(self, work: Work, organisation_id: UUID, case_id: UUID) -> list[UUID]:
        """Take the shared parts of a case from an organisation, and return them.

        What it kept for itself stays its own; what was confided to its sort of body stays with the
        last of them until another comes. Raises `Locked` when somebody would lose a part with it,
        and none of those who may act here can prevent that.
        """
        place = work.principal.council_id, organisation_id
        found = leaving.held_in_case(work.session, place, case_id)
        last = leaving.held_last(work.session, place, found, self.confided)
        held = [one for one in found if one not in last]
        if held:
            self.renew(work, organisation_id, held)
            if leaving.held_alone(work.session, place, held):
                raise Locked("nobody else holds the key")
            self.keyring.epochs.withdraw(work, organisation_id, held)
        return held

    def from_part(self, work: Work, organisation_id: UUID, part_id: UUID) -> bool:
        """Take one part from an organisation; say whether it could be done now.

        The last who holds it keeps it: what was confided must not be lost with them.
        """
        place = work.principal.council_id, organisation_id
        if leaving.held_alone(work.session, place, [part_id]):
            return False
        try:
            self.renew(work, organisation_id, [part_id])
        except Locked:
            return False
        self.keyring.epochs.withdraw(work, organisation_id, [part_id])
        return True

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

        return self._stand_in.first(work, [one.recipient_id], _part(one), take)

    def _signed_anew(self, work: Work, granter_id: UUID, one: Unclaimed) -> bool:
        """Let another who holds the key grant it; what was granted without right goes."""

        def grant(there: Work, held: HeldKey) -> None:
            was = gateway.take_grant(there.session, held, one.recipient_id)
            there.session.flush()
            to = Holding(one.recipient_id, one.expires_at, was.admission if was else None)
            if self._admissions.holds(held, to):
                self.keyring.pass_on(there, held, to)

        key = standing_in.held(work, granter_id, _part(one))
        others = self._admissions.keepers(work.session, key) if key else set()
        return self._stand_in.first(work, sorted(others - {granter_id}), _part(one), grant)

    @property
    def _stand_in(self) -> StandIn:
        return StandIn(self.keyring)

    @property
    def _admissions(self) -> Admissions:
        return self.keyring.courier.admissions


def _part(one: Unclaimed) -> tuple[UUID, int]:
    return one.compartment_id, one.epoch


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
