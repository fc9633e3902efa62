"""The referrals of victims as a list of states and dates: nothing in it is ever opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import and_, not_, or_

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry, cited
from casework.audit.work import Work
from casework.cases.gateway.facts import EXCLUDED, in_states
from casework.cases.gateway.listing import CaseListing
from casework.cases.models import CaseRow
from casework.cases.procedures.steps import ARCHIVED, LET_GO
from casework.cases.values import CaseHead, VictimLine
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CaseKind, CharterAct, CompartmentClass

_LIST: Final = Wanted(CharterAct.LIST)
_READ: Final = Wanted(CharterAct.READ, CompartmentClass.SHEET)


@dataclass(frozen=True, slots=True)
class VictimListing:
    """Lists by the charters of networks alone."""

    listing: CaseListing

    def load(self, work: Work, before: UUID | None) -> list[VictimLine]:
        """Load a page, newest first, and record it.

        Of one's own referrals that are over or let go the outcome alone is shown, as for any other.
        """
        own = CaseRow.referrer_id == work.principal.member_id
        over = and_(own, in_states(ARCHIVED | LET_GO), not_(EXCLUDED))
        shown = or_(self.listing.visible(work, _LIST), over)
        of_network = and_(CaseRow.kind == CaseKind.VICTIM, shown)
        page = [of_network] if before is None else [of_network, CaseRow.id < before]
        found = self.listing.found(work, _LIST, *page)
        opens = self._opening(work, found.heads)
        article = cited(found.articles)
        detail: Detail = {"list": "victims", "shown": len(found.heads)}
        cases = tuple(head.id for head in found.heads)
        work.record(Entry(Act.REFERRAL_LISTED, cases=cases, article=article, detail=detail))
        me = work.principal.member_id
        return [
            VictimLine(head, own=head.referrer_id == me, opens=head.id in opens)
            for head in found.heads
        ]

    def _opening(self, work: Work, heads: Sequence[CaseHead]) -> set[UUID]:
        ids = [head.id for head in heads]
        if not ids:
            return set()
        opens = self.listing.visible(work, _READ)
        found = self.listing.found(work, _READ, CaseRow.id.in_(ids), opens)
        return {head.id for head in found.heads}
