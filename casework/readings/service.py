"""Who opened what: for the member themself, and for the lead of a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger, scope_of
from casework.audit.lines import Asked, Line, Slice
from casework.audit.trail import Trails
from casework.audit.work import Work
from casework.cases.gateway import references
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.tracing import traced_case
from casework.cases.values import TracedCase
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.db.engine import Database
from casework.errors import AccessDenied
from casework.identity import Principal, PrincipalKind, Reason
from casework.readings.masking import masked_in
from casework.readings.policy import OPENINGS, OWN
from casework.readings.telling import tellable
from casework.readings.values import CaseTrail, OwnTrail

_TRACE: Final = Wanted(CharterAct.TRACE)


@dataclass(frozen=True, slots=True)
class ReadingService:
    """One method for each thing that somebody wants to know."""

    ledger: Ledger
    database: Database
    admission: Admission
    trails: Trails

    def own(self, who: Principal, reason: Reason, part: Slice | None = None) -> OwnTrail:
        """Return what the principal opened, and never what another did.

        Raises `AccessDenied` for anybody but a member.
        """
        with self.ledger.consult(who, reason) as work:
            if who.kind is not PrincipalKind.MEMBER or who.member_id is None:
                raise AccessDenied(Act.TRAIL_READ, "not-a-member")
            asked = Asked(OWN, Outcome.ALLOWED, member_id=who.member_id)
            found = self.trails.page(work, asked, part or Slice())
            work.record(Entry(Act.TRAIL_READ, detail=_place(part)))
        lines = self.trails.open(work.receipt, found, Act.TRAIL_READ)
        return OwnTrail(lines, found.following, self._references(who, lines))

    def of_case(
        self, who: Principal, reason: Reason, case_id: UUID, part: Slice | None = None
    ) -> CaseTrail:
        """Return who opened a case, for whom the charter tells it: its lead.

        Raises `AccessDenied`, alike for a case that does not exist.
        """
        with self.ledger.consult(who, reason) as work:
            admitted = self.admission.case(work, case_id, _TRACE)
            case = _traced(work, case_id)
            masked = masked_in(work.session, who.council_id, case, work.now)
            asked = Asked(OPENINGS, Outcome.ALLOWED, case_id=case_id)
            found = self.trails.page(work, asked, part or Slice())
            article = admitted.decision.article or None
            work.record(Entry(Act.TRAIL_READ, case_id, article=article, detail=_place(part)))
        lines = tellable(self.trails.open(work.receipt, found, Act.TRAIL_READ), masked)
        return CaseTrail(case_id, case.group_id, case.reference, lines, found.following)

    def _references(self, who: Principal, lines: Iterable[Line]) -> Mapping[UUID, str]:
        """Return the references of the cases that somebody still finds; the others say nothing."""
        ids, now = {one.case_id for one in lines if one.case_id}, self.trails.clock.now()
        with self.database.reading(scope_of(who)) as session:
            found = [one for one in ids if self.admission.lists(session, who, now, one)]
            return references.references_of(session, who.council_id, found)


def _traced(work: Work, case_id: UUID) -> TracedCase:
    """Return what ties people to a case that has just been admitted."""
    found = traced_case(work.session, work.principal.council_id, case_id)
    if found is None:
        raise AccessDenied(str(_TRACE), "no-such-case", subject=str(case_id))
    return found


def _place(part: Slice | None) -> Mapping[str, int]:
    return {} if part is None or part.before is None else {"before": part.before}
