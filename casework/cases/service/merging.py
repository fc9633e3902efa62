"""Merge two cases of one person, and part them again: the coordination alone, and nothing moves."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry, cited
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway import merging as gateway
from casework.cases.gateway.admission import Admission, Shown
from casework.cases.gateway.listing import CaseListing
from casework.cases.merging import check_merge, check_unmerge
from casework.cases.standing import check_version
from casework.cases.values import CaseHead
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.errors import AccessDenied
from casework.identity import Principal, Reason

_NAME: Final = Wanted(CharterAct.NAME)


@dataclass(frozen=True, slots=True)
class MergeService:
    """Each case keeps its people, keys and parts: who reads one does not read the other by it."""

    ledger: Ledger
    admission: Admission
    listing: CaseListing

    def merge(
        self, who: Principal, reason: Reason, case_id: UUID, version: int, other_id: UUID
    ) -> None:
        """Let `other_id` be read beside a case from now on, and be written on no more.

        Raises `AccessDenied` where either is not theirs to coordinate, `StepRefused` with the rule.
        """
        with self.ledger.begin(who, reason) as work:
            kept, other = self._coordinated(work, case_id), self._coordinated(work, other_id)
            check_version(kept.row.version, version)
            busy = gateway.has_open_actions(work, other_id)
            check_merge(kept.row, other.row, busy=busy)
            gateway.merge(work, kept.row, other.row)
            _record(work, other, Act.CASES_MERGED, kept.row.id)

    def unmerge(self, who: Principal, reason: Reason, case_id: UUID) -> None:
        """Part a case from the one it is merged into: both are as they were."""
        with self.ledger.begin(who, reason) as work:
            other = self._coordinated(work, case_id)
            kept = self._coordinated(work, check_unmerge(other.row))
            gateway.unmerge(work, kept.row, other.row)
            _record(work, other, Act.CASES_UNMERGED, kept.row.id)

    def beside(self, who: Principal, reason: Reason, head: CaseHead) -> tuple[CaseHead, ...]:
        """Return the cases merged with one that this reader finds; nothing where none is."""
        if head.unmerged_ceiling_on is None:
            return ()
        with self.ledger.consult(who, reason) as work:
            listed = gateway.beside(work, self.listing, head)
            ids = tuple(one.id for one in listed.heads)
            detail: Detail = {"list": "merged", "shown": len(ids)}
            article = cited(listed.articles)
            work.record(Entry(Act.CASE_LISTED, cases=ids, article=article, detail=detail))
        return tuple(listed.heads)

    def _coordinated(self, work: Work, case_id: UUID) -> Shown:
        """Return a case that who acts names people on, and coordinates."""
        shown = self.admission.shown(work, case_id, _NAME)
        if not shown.standing.coordinator:
            raise AccessDenied(str(_NAME), "other-function", subject=str(case_id))
        return shown


def _record(work: Work, other: Shown, act: Act, kept_id: UUID) -> None:
    cases, detail = (kept_id, other.row.id), {"kept": kept_id, "merged": other.row.id}
    article = other.decision.article or None
    work.record(Entry(act, case_id=kept_id, cases=cases, article=article, detail=detail))
