"""How the parts of the consultation of presence are put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.presence.circuit import Circuits
from casework.presence.desk import Names, PresenceDesk
from casework.presence.gateway.index import PresenceIndex
from casework.presence.gateway.questions import Questions
from casework.presence.service import PresenceService


@dataclass(frozen=True, slots=True)
class Presences:
    """The question, and the desk it is put from."""

    questions: PresenceService
    desk: PresenceDesk


def assemble_presence(
    ledger: Ledger, admission: Admission, circuits: Circuits, index: PresenceIndex, names: Names
) -> Presences:
    """Return the services."""
    kept = Questions(index.seals, index.clock, index.entropy)
    questions = PresenceService(ledger, admission, circuits, index, kept)
    return Presences(questions, PresenceDesk(questions, circuits.database, names))
