"""How the parts of access reviews are put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.db.engine import Database
from casework.partners.leaving import MemberLeavingService
from casework.reviews.endings import EndingService
from casework.reviews.round import ReviewRound
from casework.reviews.service import ReviewService
from casework.stores import Edges


@dataclass(frozen=True, slots=True)
class Reviews:
    """What bodies answer, the pass that asks them, and what is near its end."""

    answers: ReviewService
    round: ReviewRound
    endings: EndingService


def assemble_reviews(
    ledger: Ledger, database: Database, leaving: MemberLeavingService, edges: Edges
) -> Reviews:
    """Return the services of access reviews."""
    return Reviews(
        answers=ReviewService(ledger, leaving.part),
        round=ReviewRound(ledger, database, edges.clock, edges.entropy),
        endings=EndingService(database, edges.clock),
    )
