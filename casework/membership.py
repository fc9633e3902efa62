"""Who belongs, and who no longer does: namings that end, partners and members who go, reviews."""

from functools import cached_property
from uuid import UUID

from sqlalchemy.orm import Session

from casework.accounts.leaving import close_accounts
from casework.audit.work import Work
from casework.cases.gateway.addressing import Addressing
from casework.cases.gateway.confiding import Confiding
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.drafting import Drafting
from casework.cases.gateway.naming import CaseNaming
from casework.cases.gateway.parting import CaseParting
from casework.cases.service.books import GroupBooks
from casework.cases.service.confiding import ConfidingSweep
from casework.cases.service.delivering import Delivering
from casework.cases.service.parting import PartingSweep
from casework.charters.walls import CONFIDED
from casework.control import Control
from casework.entropy import Entropy
from casework.errors import Locked
from casework.identity import Principal, Reason
from casework.keys.withdrawing import Withdrawing
from casework.partners.gateway.vouching import vouch
from casework.partners.leaving import Leaver, LeavingService, MemberLeavingService
from casework.partners.vouching import Vouching
from casework.reviews.assembly import Reviews, assemble_reviews


class Membership(Control):
    """The services of coming to an end, wired."""

    @cached_property
    def vouching(self) -> Vouching:
        """The word of the instance for the category of bodies of before."""
        return Vouching(self.ledger, self.revocations, self.category_seal)

    def enrol(self, session: Session, place: tuple[UUID, UUID], entropy: Entropy) -> None:
        """Draw the keys of a body just added, and vouch for its category."""
        self.custody.enrol(session, place, entropy)
        vouch(session, place, self.category_seal)

    @cached_property
    def withdrawing(self) -> Withdrawing:
        """Keys taken back."""
        return Withdrawing(self.keyring, frozenset(CONFIDED))

    @cached_property
    def books(self) -> GroupBooks:
        """Groups as pages show them."""
        return GroupBooks(self.stores.main, self.charters, self.edges.clock)

    @cached_property
    def delivering(self) -> Delivering:
        """Keys that wait for whoever first needs them."""
        return Delivering(self.ledger, self.courier)

    @cached_property
    def confiding(self) -> Confiding:
        """Parts that some sorts of body alone hold."""
        ground = (self.keyring, self.withdrawing, self.charters, self.category_seal)
        return Confiding(*ground)

    @cached_property
    def confiding_sweep(self) -> ConfidingSweep:
        """Keys of those parts that wait, or that stayed too long."""
        return ConfidingSweep(self.ledger, self.stores.main, self.confiding, self.edges.clock)

    @cached_property
    def parting(self) -> CaseParting:
        """Who no longer takes part in a case."""
        return CaseParting(self.withdrawing)

    @cached_property
    def naming(self) -> CaseNaming:
        """Who is named."""
        edges = self.edges
        ground = (self.keyring, self.courier, self.parting, self.confiding)
        return CaseNaming(*ground, edges.clock, edges.entropy)

    @cached_property
    def drafting(self) -> Drafting:
        """Drafts as stored."""
        return Drafting(self.edges.clock, self.edges.entropy)

    @cached_property
    def counting(self) -> Counting:
        """Numbers and anonymous counts."""
        return Counting()

    @cached_property
    def addressing(self) -> Addressing:
        """The one service to which a victim is referred."""
        return Addressing(self.naming, self.withdrawing)

    @cached_property
    def parting_sweep(self) -> PartingSweep:
        """Namings that ended by themselves."""
        return PartingSweep(self.ledger, self.stores.main, self.parting, self.edges.clock)

    @cached_property
    def leaving(self) -> LeavingService:
        """Partners that go."""
        farewells = (self._take_keys, self.parting.leave, close_accounts)
        return LeavingService(self.ledger, self._renew, farewells)

    @cached_property
    def member_leaving(self) -> MemberLeavingService:
        """Members who go, while their organisation stays."""
        farewells = (self.parting.leave_alone, close_accounts)
        return MemberLeavingService(self.ledger, self._take_member_keys, farewells)

    @cached_property
    def reviews(self) -> Reviews:
        """Whether everybody is still there."""
        return assemble_reviews(self.ledger, self.stores.main, self.member_leaving, self.edges)

    def _take_member_keys(self, work: Work, leaver: Leaver) -> dict[str, int]:
        place = work.principal.council_id, leaver.organisation_id
        taken = [self.custody_service.take_leave(work, place, one) for one in leaver.members]
        cards = self.recovery.escrows_kept.cards_of(work.session, place[0], leaver.members)
        return {"due": sum(taken), "cards": cards}

    def _renew(self, who: Principal, organisation_id: UUID) -> int:
        """Renew grants of a leaver until none is left that can be: what remains keeps it in."""
        renewed = 0
        while True:
            try:
                with self.ledger.begin(who, Reason.OPERATION) as work:
                    some = self.withdrawing.prepare(work, organisation_id)
            except Locked:
                return renewed
            renewed += some

    def _take_keys(self, work: Work, leaver: Leaver) -> dict[str, int]:
        taken = self.withdrawing.from_council(work, leaver.organisation_id)
        return {"due": taken.due, "own": taken.own, "renewed": taken.renewed}
