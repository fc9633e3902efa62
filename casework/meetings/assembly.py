"""How the parts of meetings are put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.agenda import Agenda
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.listing import CaseListing
from casework.cases.service.deciding import Deciding
from casework.cases.service.protection import ProtectionService
from casework.clock import Clock
from casework.entropy import Entropy
from casework.meetings.gateway import MeetingGateway
from casework.meetings.reading import MeetingReading
from casework.meetings.service import MeetingService


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingGround:
    """What meetings stand on."""

    ledger: Ledger
    admission: Admission
    listing: CaseListing
    decoys: Decoys
    deciding: Deciding
    protection: ProtectionService
    clock: Clock
    entropy: Entropy


def assemble_meetings(ground: MeetingGround) -> MeetingService:
    """Return the service of meetings."""
    gateway = MeetingGateway(ground.clock, ground.entropy)
    agenda = Agenda(ground.listing, ground.decoys)
    return MeetingService(
        ledger=ground.ledger,
        admission=ground.admission,
        gateway=gateway,
        agenda=agenda,
        deciding=ground.deciding,
        reading=MeetingReading(ground.admission, gateway, agenda),
        protection=ground.protection,
    )
