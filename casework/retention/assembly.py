"""How the parts of retention are put together."""

from dataclasses import dataclass

from casework.audit.forgetting.service import RegisterForgetting
from casework.audit.ledger import Ledger
from casework.audit.ports import RegisterKeyring
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.erasing import CaseErasing
from casework.cases.gateway.naming import CaseNaming
from casework.cases.service.forgetting import Forgetting
from casework.charters.promise import Promise
from casework.clock import Clock
from casework.db.engine import Database
from casework.entropy import Entropy
from casework.meetings.gateway import MeetingGateway
from casework.retention.certifying import Certifying
from casework.retention.forecast import Forecast
from casework.retention.gateway.writing import RetentionWriting
from casework.retention.permission import Everywhere
from casework.retention.register_card import RegisterCards
from casework.retention.register_terms import RegisterTerms
from casework.retention.service import RetentionService
from casework.retention.sweeping import Sweeping


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionGround:
    """What retention stands on."""

    ledger: Ledger
    database: Database
    register_keys: RegisterKeyring
    admission: Admission
    naming: CaseNaming
    counting: Counting
    erasing: CaseErasing
    promise: Promise
    decoys: Decoys
    register: RegisterForgetting
    clock: Clock
    entropy: Entropy


def assemble_retention(ground: RetentionGround) -> RetentionService:
    """Return the service of retention."""
    writing = RetentionWriting(ground.clock, ground.entropy)
    charters = ground.admission.charters
    forecast = Forecast(ground.database, charters, ground.erasing)
    return RetentionService(
        ledger=ground.ledger,
        database=ground.database,
        admission=ground.admission,
        everywhere=Everywhere(ground.admission),
        writing=writing,
        forecast=forecast,
        register_card=RegisterCards(RegisterTerms(ground.database, charters), ground.register).of,
        sweeping=Sweeping(
            ledger=ground.ledger,
            forgetting=Forgetting(charters, ground.naming, ground.counting, ground.erasing),
            forecast=forecast,
            certifying=Certifying(
                erasing=ground.erasing,
                promise=ground.promise,
                keyring=ground.register_keys,
                writing=writing,
                agendas=MeetingGateway(ground.clock, ground.entropy),
                decoys=ground.decoys,
            ),
            writing=writing,
            clock=ground.clock,
        ),
    )
