"""Who belongs, and who no longer does: namings that end, partners and members who go, reviews."""

from functools import cached_property
from uuid import UUID

from casework.accounts.leaving import close_accounts
from casework.audit.work import Work
from casework.cases.gateway.addressing import Addressing
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.drafting import Drafting
from casework.cases.gateway.naming import CaseNaming
from casework.cases.gateway.parting import CaseParting
from casework.cases.service.parting import PartingSweep
from casework.control import Control
from casework.errors import Locked
from casework.identity import Principal, Reason
from casework.partners.leaving import Leaver, LeavingService, MemberLeavingService
from casework.reviews.assembly import Reviews, assemble_reviews


class Membership(Control):
    """The services of coming to an end, wired."""

    @cached_property
    def parting(self) -> CaseParting:
        """Who no longer takes part in a case."""
        return CaseParting(self.withdrawing)

    @cached_property
    def naming(self) -> CaseNaming:
        """Who is named."""
        edges = self.edges
        return CaseNaming(self.keyring, self.courier, self.parting, edges.clock, edges.entropy)

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
