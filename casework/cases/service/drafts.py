"""Drafts of referrals: nothing typed is lost, and nobody else can read it."""

from dataclasses import dataclass, replace
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.cases.draft_pages import TypedPage, clashes, differing, merged
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.drafting import Drafting
from casework.cases.orders import DraftLine
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.values import Draft
from casework.charters.facts import CaseFacts
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.errors import Conflict
from casework.identity import Principal, Reason
from casework.keys.member_keys import DraftKey

_REFER = Wanted(CharterAct.REFER)
_OWN = CaseFacts(in_territory=True, admitted=True)


@dataclass(frozen=True, slots=True)
class DraftService:
    """Start, save, open, list and discard one's own drafts."""

    ledger: Ledger
    admission: Admission
    drafting: Drafting

    def key_of(self, seed: bytes) -> DraftKey:
        """Return the key of somebody's drafts, for the length of a request."""
        return DraftKey.from_seed(seed, self.drafting.entropy)

    def start(self, who: Principal, group_id: UUID, key: DraftKey) -> UUID:
        """Begin a referral to a group one may refer to."""
        with self.ledger.begin(who, Reason.REFERRAL) as work:
            procedure_of(self.admission.group(work, group_id, _REFER, _OWN).kind)
            draft_id = self.drafting.create(work, group_id, key)
            work.record(Entry(Act.DRAFT_SAVED, detail={"draft": draft_id, "step": 1}))
        return draft_id

    def read(self, who: Principal, draft_id: UUID, key: DraftKey) -> Draft:
        """Open one's own draft."""
        with self.ledger.consult(who, Reason.REFERRAL) as work:
            row = self.drafting.row(work, draft_id)
            work.record(Entry(Act.DRAFT_READ, compartments=(draft_id,)))
        return self.drafting.open(work.receipt, row, key)

    def save(self, who: Principal, draft: Draft, key: DraftKey) -> int:
        """Keep what was typed and return the new version. Raises `Conflict` for an older page."""
        with self.ledger.begin(who, Reason.REFERRAL) as work:
            row = self.drafting.row(work, draft.id)
            self.drafting.save(work, row, draft, key)
            work.record(Entry(Act.DRAFT_SAVED, detail={"draft": draft.id, "step": draft.step}))
            work.session.flush()
            return row.version

    def keep(self, who: Principal, typed: TypedPage, key: DraftKey) -> Draft:
        """Keep what was typed on one page, whatever other pages hold, and return the draft.

        Raises `Conflict` when the same page was changed elsewhere and says something else.
        """
        try:
            return self._keep(who, typed, key)
        except Conflict:
            # The page's own earlier saving may have been on its way: look once more.
            return self._keep(who, typed, key)

    def _keep(self, who: Principal, typed: TypedPage, key: DraftKey) -> Draft:
        stored = self.read(who, typed.draft_id, key)
        if clashes(stored, typed):
            raise Conflict(stored.version)
        if not typed.leaving and not differing(stored, typed):
            return stored  # a late saving of a page already left must not make others stale
        draft = merged(stored, typed)
        return replace(draft, version=self.save(who, draft, key))

    def discard(self, who: Principal, draft_id: UUID) -> None:
        """Abandon a draft, on purpose."""
        with self.ledger.begin(who, Reason.REFERRAL) as work:
            self.drafting.discard(work, self.drafting.row(work, draft_id))
            work.record(Entry(Act.DRAFT_DISCARDED, detail={"draft": draft_id}))

    def mine(self, who: Principal) -> list[DraftLine]:
        """List one's drafts: when, never what."""
        with self.ledger.consult(who, Reason.REFERRAL) as work:
            lines = self.drafting.mine(work)
            work.record(Entry(Act.DRAFT_READ, detail={"shown": len(lines)}))
        return lines
