"""Referrals as lists of states and dates: one's own, and those that wait for the coordination."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, or_, select

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.cases.gateway.facts import who_asks
from casework.cases.gateway.listing import CaseListing
from casework.cases.gateway.opening import head_of
from casework.cases.models import CaseRow
from casework.cases.orders import PAGE
from casework.cases.procedures.steps import CaseState
from casework.cases.values import CaseHead
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.db import sight

_LIST: Final = Wanted(CharterAct.LIST)
_TRIAGE: Final = Wanted(CharterAct.TRIAGE)
_WAITING: Final = (CaseState.REFERRED, CaseState.QUESTIONED)
_LET_GO: Final = (CaseState.REFUSED, CaseState.REDIRECTED)


@dataclass(frozen=True, slots=True)
class Referring:
    """Lists referrals without opening anything; whoever shows a list records it (`record`)."""

    listing: CaseListing

    def mine(self, work: Work) -> list[CaseHead]:
        """Return one's own referrals, newest first; of those not kept, the outcome alone."""
        own = CaseRow.referrer_id == work.principal.member_id
        known = or_(self.listing.visible(work, _LIST), CaseRow.state.in_(_LET_GO))
        return self._found(work, own, known)

    def waiting(self, work: Work) -> list[CaseHead]:
        """Return the referrals this reader is to look into, the oldest first."""
        condition = self.listing.visible(work, _TRIAGE)
        found = self._found(work, CaseRow.state.in_(_WAITING), condition)
        return sorted(found, key=lambda head: head.id)

    def record(self, work: Work, heads: Sequence[CaseHead], which: str) -> None:
        """Record a list that is shown alone: one leaf that names its cases."""
        shown = tuple(head.id for head in heads)
        detail: Detail = {"list": which, "shown": len(shown)}
        work.record(Entry(Act.REFERRAL_LISTED, cases=shown, detail=detail))

    def _found(self, work: Work, *conditions: ColumnElement[bool]) -> list[CaseHead]:
        statement = (
            select(CaseRow)
            .where(CaseRow.council_id == work.principal.council_id, *conditions)
            .order_by(CaseRow.id.desc())
            .limit(PAGE)
            .execution_options(**sight.CHARTER)
        )
        return [head_of(row) for row in work.session.scalars(statement, who_asks(work))]
