"""The regular job's part: keys of confided parts that nobody at hand could give, or take back."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.ledger import Ledger
from casework.cases.gateway.confiding import Confiding
from casework.cases.gateway.strays import head_of_stray, unsettled
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.errors import Conflict, Locked
from casework.identity import Principal, Reason

_PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class ConfidingSweep:
    """Delivers where the service opens the secret of a holder, each case in a unit of work."""

    ledger: Ledger
    database: Database
    confiding: Confiding
    clock: Clock

    def run(self, who: Principal) -> int:
        """Settle the cases that wait; return how many keys moved."""
        today = local_day(self.clock.now())
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            found = unsettled(session, who.council_id, today, _PAGE)
        return sum(self._settled(who, case_id) for case_id in found)

    def _settled(self, who: Principal, case_id: UUID) -> int:
        try:
            with self.ledger.begin(who, Reason.OPERATION) as work:
                return self.confiding.settle_now(work, head_of_stray(work, case_id))
        except (Conflict, Locked):
            return 0
