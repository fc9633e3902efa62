"""The end of a draft: it becomes a referral and is gone, or neither."""

from dataclasses import dataclass
from uuid import UUID

from casework.audit.ledger import Ledger
from casework.cases.gateway.drafting import Drafting
from casework.cases.service.referrals import ReferralService
from casework.cases.standing import check_version
from casework.cases.values import NewReferral
from casework.identity import Principal, Reason


@dataclass(frozen=True, slots=True)
class Transmitting:
    """Sends what was drafted, in one unit of work: pressing twice sends once."""

    ledger: Ledger
    referrals: ReferralService
    drafting: Drafting

    def transmit(self, who: Principal, draft_id: UUID, version: int, referral: NewReferral) -> UUID:
        """Send a referral, discard its draft and return the case.

        Raises as `ReferralService.send`, `Conflict` when the draft changed since it was read
        over, `AccessDenied` when it is gone.
        """
        with self.ledger.begin(who, Reason.REFERRAL) as work:
            row = self.drafting.row(work, draft_id)
            check_version(row.version, version)
            case_id = self.referrals.send_within(work, referral)
            self.drafting.discard(work, row)
        return case_id
