"""The steps by which cases are forgotten, a small batch at a time, inside a sweep's own work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.cases.forgetting import Gone
from casework.cases.gateway.admission import Charters
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.erasing import CaseErasing
from casework.cases.gateway.forgetting import Overdue
from casework.cases.gateway.moving import close_case, date_all, restrict_all, seal_all, take
from casework.cases.gateway.naming import CaseNaming
from casework.cases.procedures.steps import Step

AGE: Final = "age_limit"
SILENCE: Final = "no_news"
_LAPSED: Final = "lapsed"


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Each method takes one batch, records it, and returns its cases; none when all is done."""

    charters: Charters
    naming: CaseNaming
    counting: Counting
    erasing: CaseErasing

    def lapse(self, work: Work, overdue: Overdue) -> list[UUID]:
        """Let go of referrals that nobody decided on; their keys die at once."""
        rows = overdue.batch(work, Step.REFUSE)
        for row in rows:
            take(work, row, Step.REFUSE)
            self.counting.tally(work, row.group_id, _LAPSED)
        return self._erased(work, [row.id for row in rows])

    def close(self, work: Work, overdue: Overdue) -> list[UUID]:
        """Close what waited too long for a decision (rule 15) or reached the ceiling (rule 13)."""
        days = overdue.deadlines
        closed: dict[str, list[UUID]] = {}
        rows = overdue.batch(work, Step.CLOSE)
        for row in rows:
            charter = self.charters.of_group(work.session, row.council_id, row.group_id)
            why = AGE if row.ceiling_on <= days.today else SILENCE
            close_case(work, row, charter, why)
            closed.setdefault(why, []).append(row.id)
        for why, case_ids in closed.items():
            _record(work, overdue, Act.CASE_CLOSED, case_ids, why=why)
        return [row.id for row in rows]

    def restrict(self, work: Work, overdue: Overdue) -> list[UUID]:
        """Move closed cases to the restricted archive; nobody is named on them any more."""
        rows = overdue.batch(work, Step.RESTRICT)
        case_ids = [row.id for row in rows]
        if case_ids:
            restrict_all(work, rows)
            self.naming.end_all(work, case_ids)
            _record(work, overdue, Act.CASE_RESTRICTED, case_ids)
        return case_ids

    def seal(self, work: Work, overdue: Overdue) -> list[UUID]:
        """Take cases out of everyone's reach on their day (rule 14)."""
        rows = overdue.batch(work, Step.SEAL)
        case_ids = [row.id for row in rows]
        if case_ids:
            seal_all(work, rows)
            _record(work, overdue, Act.CASE_SEALED, case_ids)
        return case_ids

    def list_out(self, work: Work, overdue: Overdue) -> list[Gone]:
        """Return sealed cases for an elimination list; the caller keeps and records the list."""
        rows = overdue.unlisted(work)
        if rows:
            date_all(work, rows, overdue.deadlines.alert_on)
        return [
            Gone(row.id, row.kind, row.referred_on.year, row.closed_on or row.referred_on)
            for row in rows
        ]

    def erase(self, work: Work, overdue: Overdue) -> list[UUID]:
        """Begin the erasure of sealed cases whose list has its visa."""
        rows = overdue.batch(work, Step.ERASE)
        for row in rows:
            take(work, row, Step.ERASE)
        return self._erased(work, [row.id for row in rows])

    def purge(self, work: Work, case_ids: Sequence[UUID]) -> list[UUID]:
        """Begin again the erasure of cases that an old database brought back."""
        return self._erased(work, list(case_ids))

    def _erased(self, work: Work, case_ids: list[UUID]) -> list[UUID]:
        if case_ids:
            self.erasing.begin(work, case_ids)
        return case_ids


def _record(
    work: Work, overdue: Overdue, act: Act, case_ids: Sequence[UUID], **detail: str
) -> None:
    article = overdue.deadlines.article
    work.record(Entry(act, cases=tuple(case_ids), article=article, detail=detail))
