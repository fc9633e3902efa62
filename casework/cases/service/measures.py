"""What those do who may know of a judicial measure: open what is mentioned of it."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.ledger import Ledger
from casework.cases.gateway.measures import MeasureReading
from casework.cases.measures import Measures
from casework.cases.service.delivering import Delivering
from casework.identity import Principal, Reason
from casework.keys.visiting import Visiting


@dataclass(frozen=True, slots=True)
class MeasureService:
    """Read it. Mentioning one is a step of the follow-up, which `SteppingService` takes."""

    ledger: Ledger
    reading: MeasureReading
    delivering: Delivering
    visiting: Visiting

    def read(self, who: Principal, reason: Reason, case_id: UUID) -> Measures:
        """Open what is mentioned on a case. Raises as `MeasureReading.load`."""
        with self.ledger.consult(who, reason) as work:
            shut = self.reading.load(work, case_id)
        shut = shut.with_keys(self.delivering.complete(who, reason, shut.held))
        opened = self.reading.open(work.receipt, shut)
        self.visiting.case(who, reason, shut.held)
        return opened
