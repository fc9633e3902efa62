"""Lists of states and dates: one's own referrals, those to look into, and what is awaited soon."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import and_, not_, or_

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry, cited
from casework.audit.work import Work
from casework.cases.gateway.facts import EXCLUDED
from casework.cases.gateway.listing import CaseListing, ListedHeads
from casework.cases.models import CaseRow
from casework.cases.procedures.steps import LET_GO, UNDER_WAY, WAITING
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.clock import local_day

_LIST: Final = Wanted(CharterAct.LIST)
_TRIAGE: Final = Wanted(CharterAct.TRIAGE)
_REPORT: Final = Wanted(CharterAct.REPORT)
_SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Referring:
    """Lists referrals without opening anything; whoever shows a list records it (`record`)."""

    listing: CaseListing

    def mine(self, work: Work) -> ListedHeads:
        """Return one's own referrals, newest first; of those not kept, the outcome alone."""
        own = CaseRow.referrer_id == work.principal.member_id
        let_go = and_(CaseRow.state.in_(LET_GO), not_(EXCLUDED))
        known = or_(self.listing.visible(work, _LIST), let_go)
        return self.listing.found(work, _LIST, own, known)

    def waiting(self, work: Work) -> ListedHeads:
        """Return the referrals this reader is to look into, the oldest first."""
        condition = self.listing.visible(work, _TRIAGE)
        found = self.listing.found(work, _TRIAGE, CaseRow.state.in_(WAITING), condition)
        return replace(found, heads=sorted(found.heads, key=lambda head: head.id))

    def awaited(self, work: Work) -> ListedHeads:
        """Return the cases whose next step was awaited, or is within two weeks, in that order.

        Whoever only referred a case follows it, and is awaited for nothing.
        """
        visible, who = self.listing.visible, work.principal
        awaited = CaseRow.awaited_on <= local_day(work.now) + _SOON
        takes_part = or_(
            visible(work, _REPORT), CaseRow.referrer_organisation_id != who.organisation_id
        )
        return self.listing.found(
            work,
            _LIST,
            CaseRow.state.in_(UNDER_WAY),
            awaited,
            takes_part,
            visible(work, _LIST),
            by=(CaseRow.awaited_on, CaseRow.id),
        )

    def record(self, work: Work, listed: ListedHeads, which: str) -> None:
        """Record a list that is shown alone: one leaf that names its cases."""
        shown = tuple(head.id for head in listed.heads)
        detail: Detail = {"list": which, "shown": len(shown)}
        article = cited(listed.articles)
        work.record(Entry(Act.REFERRAL_LISTED, cases=shown, article=article, detail=detail))
