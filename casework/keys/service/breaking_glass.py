"""Lending a case in the name of an organisation whose key only its members, or the escrow, open."""

from dataclasses import dataclass
from datetime import timedelta

from casework.audit.ledger import Ledger
from casework.clock import Clock
from casework.crypto.agreement import AgreementKey
from casework.errors import IntegrityFailure
from casework.identity import Principal, PrincipalKind, Reason
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import holding
from casework.keys.lending import Lending, lendable
from casework.keys.recovery.acts import EscrowActs, OpenedByEscrow
from casework.keys.recovery.exceptions import Exceptions
from casework.keys.recovery.values import Ceremony, Escrow, Loan


@dataclass(frozen=True, slots=True)
class BreakingGlass:
    """Acts for the organisation with what the escrow opened, in a unit of work of its own."""

    ledger: Ledger
    acts: EscrowActs
    lending: Lending
    exceptions: Exceptions
    clock: Clock

    def lend(self, escrow: Escrow, ceremony: Ceremony, pair: AgreementKey) -> Loan:
        """Lend what was asked, from now on. Raises as `Lending.lend`."""
        asked = ceremony.subject
        if asked.organisation_id is None or asked.case_id is None or asked.borrower_id is None:
            raise IntegrityFailure("a ceremony without its subject")
        who = Principal(
            PrincipalKind.SERVICE,
            escrow.council_id,
            organisation_id=asked.organisation_id,
            label="keys:escrow",
            own_keys=OpenedByEscrow(),
        )
        with self.ledger.begin(who, Reason.DUTY) as work:
            acting = acting_organisation(work)
            self.acts.secrets(work.session, escrow, acting, pair)
            held = lendable(holding.held_by_case(work.session, acting, asked.case_id))
            until = work.now + timedelta(minutes=asked.minutes)
            loan = self.lending.lend(work, held, asked.borrower_id, until)
            self.exceptions.begin_asked(work, ceremony.id, loan)
            return loan
