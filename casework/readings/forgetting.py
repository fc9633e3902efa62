"""The end of what people typed as their reason: kept while the register can be searched."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.typed_reasons import TypedReasons
from casework.cases.gateway.admission import Charters
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied
from casework.identity import Principal, PrincipalKind, Reason
from casework.months import latest_start
from casework.partners import gateway as partners

_JOBS: Final = frozenset({PrincipalKind.OPERATOR, PrincipalKind.SERVICE})
_USUAL_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class WordsForgetting:
    """Deletes typed reasons that are older than the register may be searched."""

    ledger: Ledger
    database: Database
    charters: Charters
    typed: TypedReasons
    clock: Clock

    def run(self, who: Principal) -> int:
        """Delete what is over, as the job or the operator, and return how many."""
        before = self._before(who)
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            if not self.typed.older(session, who.council_id, before):
                return 0
        with self.ledger.begin(who, Reason.OPERATION) as work:
            if who.kind not in _JOBS:
                raise AccessDenied(Act.JOB_RAN, "other-function")
            gone = self.typed.forget(work, before)
            detail: Detail = {"task": "reasons:forget", "reasons": gone}
            work.record(Entry(Act.JOB_RAN, detail=detail))
        return gone

    def _before(self, who: Principal) -> datetime:
        """Return from when on the charter that searches for the shortest time lets one search."""
        now, council_id = self.clock.now(), who.council_id
        with self.database.reading(Scope(council_id, whole=True)) as session:
            ids = {one.charter_id for one in partners.groups(session, council_id)}
            found = [self.charters.of_version(session, council_id, one) for one in ids]
        months = min((one.register.searchable_months for one in found), default=_USUAL_MONTHS)
        today = local_day(now)
        return now - timedelta(days=(today - latest_start(today, months)).days)
