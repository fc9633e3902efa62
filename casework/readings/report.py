"""Who read what concerns one person: made by the data protection officer, for a request."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act, Outcome
from casework.audit.asking import require_officer
from casework.audit.entry import Detail, Entry
from casework.audit.gateway import RegisterGateway
from casework.audit.ledger import Ledger
from casework.audit.lines import Asked, Line, Slice
from casework.audit.stamps import Stamp, stamp_of
from casework.audit.trail import Trails
from casework.audit.work import Work
from casework.cases.gateway import references
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.tracing import traced_case
from casework.cases.values import TracedCase
from casework.charters.charter import Register
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.db.engine import Database, Scope
from casework.errors import IntegrityFailure, InvalidInput
from casework.identity import Principal, Reason
from casework.partners import gateway as partners
from casework.readings.masking import masked_in
from casework.readings.policy import ACCESSES, OF_PROCEDURES, Masked
from casework.readings.telling import compartment_of, day_of, report_lines
from casework.readings.values import Issued, NewReport, Report
from casework.sentences import N_

_AUDIT: Final = Wanted(CharterAct.AUDIT)
_ISSUED: Final = Asked(frozenset({Act.REPORT_ISSUED}), Outcome.ALLOWED)
_SHOWN: Final = 20
_MOST_COPIES: Final = 9999
_UNKNOWN: Final = N_("Aucune situation ne porte ce numéro.")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the case and of its readers before any line is opened."""

    case: TracedCase
    masked: Masked
    withheld: frozenset[UUID]
    compartment_id: UUID | None

    def tells(self, line: Line) -> bool:
        """Say whether a reading concerns the person, and may be told to them."""
        if self.compartment_id is not None and self.compartment_id not in line.compartments:
            return False
        if line.organisation_id in self.withheld:
            return False
        return not self.masked.hides(line.member_id, day_of(line))


@dataclass(frozen=True, slots=True)
class ReportService:
    """Makes reports. No key of a case is opened, and no name of the case is known here."""

    ledger: Ledger
    database: Database
    admission: Admission
    trails: Trails

    def issue(self, who: Principal, new: NewReport) -> Report:
        """Make a report and record that it was given, under which number of request.

        Raises `AccessDenied` for anybody but the officer, whatever they ask; `InvalidInput` for a
        case or a person that are not known.
        """
        with self.ledger.consult(who, Reason.CONTROL) as work:
            require_officer(work, Act.REPORT_ISSUED)
            known, register = self._known(work, new)
            stamp = _stamp(work)
            asked = Asked(ACCESSES, Outcome.ALLOWED, case_id=known.case.id)
            found = self.trails.every(work, asked, stamp.size)
            copy = self._copies(work, known.case.id) + 1
            detail = _told(new, stamp, copy, named=register.readers_named)
            work.record(Entry(Act.REPORT_ISSUED, known.case.id, detail=detail))
        opened = self.trails.open(work.receipt, found, Act.REPORT_ISSUED)
        return Report(
            reference=known.case.reference,
            whom=new.whom,
            request=new.request,
            copy=copy,
            at=work.now,
            stamp=stamp,
            names=register.readers_named,
            article=register.article,
            lines=report_lines(opened, known.tells, names=register.readers_named),
        )

    def issued(self, who: Principal) -> list[Issued]:
        """Return the newest reports given, as the register tells them; to the officer alone."""
        with self.ledger.consult(who, Reason.CONTROL) as work:
            require_officer(work, Act.REGISTER_READ)
            found = self.trails.page(work, _ISSUED, Slice(count=_SHOWN))
            work.record(Entry(Act.REGISTER_READ, detail={"act0": Act.REPORT_ISSUED}))
        lines = self.trails.open(work.receipt, found, Act.REGISTER_READ)
        return [_issued(one) for one in lines]

    def _known(self, work: Work, new: NewReport) -> tuple[_Known, Register]:
        """Find the case, which the officer's own organisation does not reach."""
        council_id = work.principal.council_id
        with self.database.reading(Scope(council_id, whole=True)) as session:
            case_id = references.case_of(session, council_id, new.reference)
            case = traced_case(session, council_id, case_id) if case_id else None
            if case is None:
                raise InvalidInput({"reference": [_UNKNOWN]})
            register = self.admission.group(work, case.group_id, _AUDIT).register
            masked = masked_in(session, council_id, case, work.now)
            withheld = _of_procedures(session, council_id) if new.procedure else frozenset()
        return _Known(case, masked, withheld, compartment_of(case, new.whom)), register

    def _copies(self, work: Work, case_id: UUID) -> int:
        """Count the reports already given on a case: acts stand in clear, nothing is opened."""
        asked = replace(_ISSUED, case_id=case_id)
        return len(self.trails.page(work, asked, Slice(count=_MOST_COPIES)).leaves)


def _stamp(work: Work) -> Stamp:
    """Return the newest checkpoint: what the sheet tells ends there, so that it can be checked."""
    note = RegisterGateway(work.session, work.principal.council_id).newest_note()
    if note is None:
        raise IntegrityFailure("a register without a checkpoint")
    return stamp_of(note)


def _issued(line: Line) -> Issued:
    said = line.detail
    return Issued(line.at, line.case_id, str(said.get("request", "")), int(said.get("copy", 0)))


def _of_procedures(session: Session, council_id: UUID) -> frozenset[UUID]:
    bodies = partners.organisations(session, council_id)
    return frozenset(one.id for one in bodies if one.category in OF_PROCEDURES)


def _told(new: NewReport, stamp: Stamp, copy: int, *, named: bool) -> Detail:
    return {
        "request": new.request.lower(),
        "whom": new.whom.value,
        "copy": copy,
        "names": named,
        "procedure": new.procedure,
        "signed": stamp.size,
        "code": stamp.code.lower(),
    }
