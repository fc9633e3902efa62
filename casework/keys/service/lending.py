"""Exceptional access by an organisation in `server` custody, and the end of every loan."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.db.engine import Database, Scope
from casework.errors import StepRefused
from casework.identity import Principal, PrincipalKind, Reason
from casework.keys.custody import Custody
from casework.keys.gateway import exceptions, holding, loans
from casework.keys.lending import Lending, lendable
from casework.keys.recovery.values import Loan
from casework.keys.values import Acting, CustodyKind


@dataclass(frozen=True, slots=True)
class LendingService:
    """Lends in the name of the service, which acts for an organisation that holds the keys."""

    ledger: Ledger
    database: Database
    lending: Lending
    custody: Custody

    def lend(self, council_id: UUID, case_id: UUID, borrower_id: UUID, until: datetime) -> Loan:
        """Lend a case's keys from an organisation whose secret the service can open.

        Whoever calls has decided that the exception is due. Raises `StepRefused` when no such
        organisation holds the case, and as `Lending.lend`.
        """
        granter_id = self._granter(council_id, case_id, borrower_id)
        acting = acting_for(council_id, granter_id)
        with self.ledger.begin(acting, Reason.DUTY) as work:
            place = Acting(council_id, granter_id)
            held = lendable(holding.held_by_case(work.session, place, case_id))
            return self.lending.lend(work, held, borrower_id, until)

    def end_loans(self, who: Principal) -> int:
        """Take back what was lent and is over; return how many loans ended. A regular job."""
        if not self._over(who.council_id, self.lending.clock.now()):
            return 0
        with self.ledger.begin(who, Reason.OPERATION) as work:
            over = loans.due(work.session, who.council_id, work.now)
            taken = loans.take_back(work.session, who.council_id, work.now)
            exceptions.end_due(work.session, who.council_id, work.now)
            for one in over:
                loans.end(work.session, who.council_id, one, work.now)
                detail: Detail = {"loan": one.id, "organisation": one.borrower_id}
                work.record(Entry(Act.ACCESS_ENDED, case_id=one.case_id, detail=detail))
            if not over:
                work.record(Entry(Act.JOB_RAN, detail={"task": "keys:end-loans", "keys": taken}))
        return len(over)

    def _over(self, council_id: UUID, now: datetime) -> bool:
        """Say whether there is anything to end: a pass that finds nothing leaves no leaf."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            return loans.any_over(session, council_id, now) or exceptions.any_due(
                session, council_id, now
            )

    def _granter(self, council_id: UUID, case_id: UUID, borrower_id: UUID) -> UUID:
        """Return a holder of the case that can lend now.

        Their custody is `server`, since jobs open no other; and their keys have arrived.
        """
        with self.ledger.begin(_job(council_id), Reason.OPERATION) as work:
            holders = loans.holders_of(work.session, council_id, case_id) - {borrower_id}
            able = [one for one in sorted(holders) if self._can(work, (council_id, one), case_id)]
            detail: Detail = {"task": "keys:lend", "holders": len(holders), "able": len(able)}
            work.record(Entry(Act.KEY_LISTED, case_id=case_id, detail=detail))
        if not able:
            raise StepRefused("nothing-to-lend")
        return able[0]

    def _can(self, work: Work, place: tuple[UUID, UUID], case_id: UUID) -> bool:
        if self.custody.kind_of(work.session, place) is not CustodyKind.SERVER:
            return False
        return bool(lendable(holding.held_by_case(work.session, Acting(*place), case_id)))


def acting_for(council_id: UUID, organisation_id: UUID) -> Principal:
    """Return the service itself, acting with the keys of one organisation."""
    return Principal(
        PrincipalKind.SERVICE, council_id, organisation_id=organisation_id, label="keys:lending"
    )


def _job(council_id: UUID) -> Principal:
    return Principal(PrincipalKind.SERVICE, council_id, label="keys:lending")
