"""How the parts of explanations are put together."""

from typing import NamedTuple

from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.db.engine import Database
from casework.explanations.finding import Exceptions, Weighing
from casework.explanations.service import ExplanationService
from casework.explanations.sheets import SheetService


class Explanations(NamedTuple):
    """What the officer, trainers and the operator ask, and the charter on paper."""

    accesses: ExplanationService
    sheets: SheetService


def assemble_explanations(
    ledger: Ledger, database: Database, admission: Admission, exceptions: Exceptions
) -> Explanations:
    """Return the services of explanations."""
    weighing = Weighing(admission, exceptions)
    accesses = ExplanationService(ledger, database, weighing)
    return Explanations(accesses, SheetService(ledger, admission.charters))
