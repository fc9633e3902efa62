"""Enquiries: the officer asks, keeps the answer, concludes; each is a unit of work of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.asking import require_officer
from casework.audit.entry import Detail, Entry
from casework.audit.gateway import RegisterGateway
from casework.audit.ledger import Ledger
from casework.audit.lines import Asked, Slice
from casework.audit.work import Work
from casework.clock import local_day
from casework.enquiries.gateway import Enquiries
from casework.enquiries.policy import (
    Conclusion,
    EnquiryState,
    ends_after,
    ends_with_lines,
    require,
)
from casework.enquiries.values import Enquiry, EnquiryPage, NewEnquiry
from casework.errors import InvalidInput
from casework.identity import Principal, Reason
from casework.moments import from_micros
from casework.sentences import N_

PAGE: Final = 20
_NO_LINE: Final = N_("Une de ces entrées n’est pas au registre.")


@dataclass(frozen=True, slots=True)
class EnquiryService:
    """For the data protection officer of today alone: AccessDenied for anybody else."""

    ledger: Ledger
    enquiries: Enquiries

    def open(self, who: Principal, new: NewEnquiry) -> UUID:
        """Ask about some lines. Raises `InvalidInput` when one of them is not in the register."""
        with self.ledger.begin(who, Reason.CONTROL) as work:
            require_officer(work, Act.ENQUIRY_OPENED)
            erase_on = ends_with_lines(_oldest(work, new.lines))
            row = self.enquiries.add(work, new, erase_on)
            told: Detail = {"lines": len(new.lines)}
            detail = {**told, "card": new.card} if new.card else told
            _record(work, Act.ENQUIRY_OPENED, (row.id, row.compartment_id), detail)
            return row.id

    def prepare(self, who: Principal) -> None:
        """Return if an enquiry may be begun; recorded, and nothing is opened or kept."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            require_officer(work, Act.ENQUIRY_OPENED)
            work.record(Entry(Act.ENQUIRY_LISTED, detail={"shown": 0}))

    def read(self, who: Principal, enquiry_id: UUID) -> Enquiry:
        """Open an enquiry. Raises `AccessDenied` also for one of another body."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            require_officer(work, Act.ENQUIRY_READ)
            row = self.enquiries.row(work, enquiry_id)
            held = self.enquiries.held(work, [row])
            _record(work, Act.ENQUIRY_READ, (row.id, row.compartment_id), {})
        return self.enquiries.open(work.receipt, [row], held)[0]

    def page(self, who: Principal, before: UUID | None = None, count: int = PAGE) -> EnquiryPage:
        """Open some enquiries, the newest first, in one line of the register."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            require_officer(work, Act.ENQUIRY_LISTED)
            rows = self.enquiries.page(work, before, count + 1)
            shown = rows[:count]
            held = self.enquiries.held(work, shown)
            compartments = tuple(row.compartment_id for row in shown)
            detail: Detail = {"shown": len(shown)}
            work.record(Entry(Act.ENQUIRY_LISTED, compartments=compartments, detail=detail))
        opened = self.enquiries.open(work.receipt, shown, held)
        return EnquiryPage(tuple(opened), shown[-1].id if len(rows) > count else None)

    def answer(self, who: Principal, enquiry_id: UUID, version: int, text: str) -> None:
        """Keep what was answered. Raises `StepRefused` for an enquiry that has its answer."""
        with self.ledger.begin(who, Reason.CONTROL) as work:
            require_officer(work, Act.ENQUIRY_ANSWERED)
            row = self.enquiries.current(work, enquiry_id, version)
            require(EnquiryState(row.state), EnquiryState.OPEN)
            self.enquiries.answer(work, row, text)
            _record(work, Act.ENQUIRY_ANSWERED, (row.id, row.compartment_id), {})

    def conclude(
        self, who: Principal, enquiry_id: UUID, version: int, conclusion: Conclusion
    ) -> None:
        """Say what came of it, and when it is forgotten. Raises `StepRefused` before an answer."""
        with self.ledger.begin(who, Reason.CONTROL) as work:
            require_officer(work, Act.ENQUIRY_CONCLUDED)
            row = self.enquiries.current(work, enquiry_id, version)
            require(EnquiryState(row.state), EnquiryState.ANSWERED)
            erase_on = ends_after(conclusion, local_day(work.now), row.erase_on)
            self.enquiries.conclude(work, row, conclusion, erase_on)
            detail: Detail = {"conclusion": conclusion.value}
            _record(work, Act.ENQUIRY_CONCLUDED, (row.id, row.compartment_id), detail)


def _oldest(work: Work, lines: tuple[int, ...]) -> date:
    """Return the day of the oldest of some lines: it alone is read, and nothing of it opened."""
    gateway = RegisterGateway(work.session, work.principal.council_id)
    found = gateway.page(Asked(lines=lines), (), Slice(count=len(lines)))
    if len(found) != len(lines):
        raise InvalidInput({"lines": [_NO_LINE]})
    return local_day(from_micros(min(one.at for one in found)))


def _record(work: Work, act: Act, place: tuple[UUID, UUID], detail: Detail) -> None:
    enquiry_id, compartment_id = place
    told: Detail = {"enquiry": enquiry_id, **detail}
    work.record(Entry(act, compartments=(compartment_id,), detail=told))
