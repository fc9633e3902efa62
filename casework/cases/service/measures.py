"""What those do who may know of a judicial measure: open what is mentioned of it."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.cases.gateway import measures
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.measures import MeasureReading
from casework.cases.gateway.stating import words_told
from casework.cases.measures import Measures
from casework.cases.procedures.measure import MENTION
from casework.cases.service.delivering import Delivering
from casework.errors import AccessDenied
from casework.identity import Principal, Reason
from casework.keys.visiting import Visiting


@dataclass(frozen=True, slots=True)
class MeasureService:
    """Read it, or take it back. Mentioning one is a step, which `SteppingService` takes."""

    ledger: Ledger
    admission: Admission
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

    def withdraw(self, who: Principal, reason: Reason, case_id: UUID, mention_id: UUID) -> None:
        """Erase a mention that is wrong (GDPR, art. 16); the register keeps that one was there.

        Whoever may mention a measure may. Raises `AccessDenied` for anybody else and for no such
        mention, `ReasonRequired` where the charter wants a reason typed for this case.
        """
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, MENTION.wanted)
            detail = {**words_told(work, admitted), "step": mention_id}
            part = measures.withdraw(work, case_id, mention_id)
            if part is None:
                raise AccessDenied(Act.MEASURE_WITHDRAWN, "no-such-mention", subject=str(case_id))
            article = admitted.decision.article or None
            told = Entry(Act.MEASURE_WITHDRAWN, case_id, (part,), article=article, detail=detail)
            work.record(told)
