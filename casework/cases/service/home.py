"""What waits for somebody, in one unit of work: the home page, and lists of referrals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from casework.audit.ledger import Ledger
from casework.cases.gateway.drafting import Drafting
from casework.cases.gateway.listing import CaseListing
from casework.cases.gateway.referring import Referring
from casework.cases.orders import DraftLine
from casework.cases.service.delivering import Delivering
from casework.cases.values import Action, CaseHead
from casework.identity import Principal, Reason
from casework.keys.visiting import Visiting


@dataclass(frozen=True, slots=True)
class Home:
    """What somebody is awaited for."""

    drafts: Sequence[DraftLine]
    referrals: Sequence[CaseHead]
    waiting: Sequence[CaseHead]
    awaited: Sequence[CaseHead]
    actions: Sequence[Action]
    heads: Mapping[UUID, CaseHead]


@dataclass(frozen=True, slots=True)
class HomeService:
    """Gathers lists under one leaf that names their cases; only one's own actions are opened."""

    ledger: Ledger
    drafting: Drafting
    referring: Referring
    listing: CaseListing
    delivering: Delivering
    visiting: Visiting

    def open(self, who: Principal, reason: Reason) -> Home:
        """Return what waits for this person."""
        with self.ledger.consult(who, reason) as work:
            drafts = self.drafting.mine(work)
            referrals = self.referring.mine(work)
            waiting = self.referring.waiting(work)
            awaited = self.referring.awaited(work)
            listed = self.listing.load_actions(work)
            beside = {"mine": referrals, "waiting": waiting, "awaited": awaited}
            counted = {name: len(one.heads) for name, one in beside.items()}
            entry = listed.entry(beside.values(), list="home", drafts=len(drafts), **counted)
            work.record(entry)
        held = self.delivering.complete(who, reason, listed.held)
        shut = replace(listed, held=held)
        actions = self.listing.open_actions(work.receipt, shut)
        self.visiting.any(who, reason)
        return Home(drafts, referrals.heads, waiting.heads, awaited.heads, actions, listed.heads)

    def referrals(self, who: Principal, reason: Reason) -> Sequence[CaseHead]:
        """List one's own referrals: dates and states."""
        with self.ledger.consult(who, reason) as work:
            found = self.referring.mine(work)
            self.referring.record(work, found, "mine")
        return found.heads

    def waiting(self, who: Principal, reason: Reason) -> Sequence[CaseHead]:
        """List the referrals to look into."""
        with self.ledger.consult(who, reason) as work:
            found = self.referring.waiting(work)
            self.referring.record(work, found, "waiting")
        return found.heads
