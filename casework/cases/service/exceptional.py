"""An emergency: a member reads a case they are not named on, and somebody else reviews it."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.cases.gateway import references
from casework.cases.gateway.admission import Admission
from casework.charters.vocabulary import CaseKind
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, InvalidInput, StepRefused
from casework.identity import Principal, Reason, require_fresh
from casework.keys.recovery.values import Exceptional, Verdict, Why
from casework.keys.service.exceptions import ExceptionService, SeenAccess
from casework.sentences import N_

_ALREADY = N_("Cette situation vous est déjà ouverte : cherchez-la parmi vos situations.")


@dataclass(frozen=True, slots=True)
class ExceptionalService:
    """The charter decides as if they were named; some parts are never opened so."""

    ledger: Ledger
    database: Database
    admission: Admission
    opening: ExceptionService

    def ask(self, who: Principal, reference: str, why: Why) -> Exceptional:
        """Open the case of a reference for two hours, or put it to the custodians.

        Raises `InvalidInput` for a case that they read anyway.

        Raises `AccessDenied` alike for no such case, for one that the charter keeps from them
        even if named, and for one that nobody can lend; `StepUpRequired`.
        """
        with self.ledger.consult(who, Reason.DUTY) as work:
            require_fresh(who, work.now)
            case_id, lead_id = self._case(who, reference)
            work.record(Entry(Act.ACCESS_LISTED, case_id=case_id, detail={"accesses": 0}))
        try:
            return self.opening.open(who, case_id, why, lead_id)
        except StepRefused as fault:
            raise AccessDenied(Act.ACCESS_ASKED, fault.reason, subject=str(case_id)) from fault

    def look(self, who: Principal) -> list[SeenAccess]:
        """Return the accesses that concern somebody."""
        return self.opening.look(who)

    def of_case(self, who: Principal, case_id: UUID) -> list[SeenAccess]:
        """Return the accesses to a case, for whoever has just been shown it."""
        return self.opening.of_case(who.council_id, case_id)

    def review(self, who: Principal, access_id: UUID, verdict: Verdict) -> None:
        """Say whether an access was justified. Raises as `ExceptionService.review`."""
        self.opening.review(who, access_id, verdict)

    def _case(self, who: Principal, reference: str) -> tuple[UUID, UUID | None]:
        """Find a case and its lead; the rows of others are seen to decide, and not shown."""
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            case_id = references.case_of(session, who.council_id, reference)
            if case_id is None:
                raise AccessDenied(Act.ACCESS_ASKED, "no-such-case")
            now = self.opening.clock.now()
            row = self.admission.if_named(session, who, now, case_id)
            if row.kind == CaseKind.VICTIM:
                # Two people know: in danger one calls for help, and nobody looks into her file.
                raise AccessDenied(Act.ACCESS_ASKED, "no-such-case")
            if self.admission.reads(session, who, now, case_id):
                raise InvalidInput({"reference": [_ALREADY]})
            return row.id, row.lead_id
