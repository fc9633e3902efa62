"""The regular job's part: namings end by their date, and nobody is there to say so."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.cases.gateway import parting
from casework.cases.gateway.parting import CaseParting
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.errors import Conflict, Locked
from casework.identity import Principal, Reason

_PAGE: Final = 500


@dataclass(frozen=True, slots=True)
class PartingSweep:
    """Ends admissions that nothing holds any more, each in a unit of work of its own."""

    ledger: Ledger
    database: Database
    parting: CaseParting
    clock: Clock

    def run(self, who: Principal) -> int:
        """Part cases from organisations that nobody is named of any more; return how many."""
        parted = 0
        for case_id, organisation_id in self._found(who):
            try:
                self._part(who, case_id, organisation_id)
            except (Conflict, Locked):
                continue
            parted += 1
        return parted

    def _found(self, who: Principal) -> list[tuple[UUID, UUID]]:
        today = local_day(self.clock.now())
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            return parting.gone(session, who.council_id, today, _PAGE)

    def _part(self, who: Principal, case_id: UUID, organisation_id: UUID) -> None:
        with self.ledger.begin(who, Reason.OPERATION) as work:
            parts = self.parting.part(work, case_id, organisation_id)
            if parts is None:
                raise Locked("others still wait for their keys")
            detail: Detail = {"organisation": organisation_id, "parts": parts}
            work.record(Entry(Act.CASE_UNNAMED, case_id=case_id, detail=detail))
