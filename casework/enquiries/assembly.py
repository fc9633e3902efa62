"""How the parts of cards and enquiries are put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.audit.ports import RegisterKeyring
from casework.audit.recent import RecentService
from casework.db.engine import Database
from casework.enquiries.cards import CardService
from casework.enquiries.facts import FactBook
from casework.enquiries.forgetting import EnquirySweep
from casework.enquiries.gateway import Enquiries
from casework.enquiries.service import EnquiryService
from casework.keys.erasure import Erasure
from casework.keys.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Examining:
    """What the officer examines, what they ask about it, and the end of that."""

    cards: CardService
    enquiries: EnquiryService
    sweep: EnquirySweep


def assemble_examining(
    register: tuple[Ledger, RegisterKeyring], database: Database, keyring: Keyring, erasure: Erasure
) -> Examining:
    """Return the services of cards and enquiries."""
    ledger, clock = register[0], keyring.clock
    return Examining(
        cards=CardService(RecentService(*register, clock), FactBook(database), clock),
        enquiries=EnquiryService(ledger, Enquiries(keyring, clock, keyring.entropy)),
        sweep=EnquirySweep(ledger, database, erasure, clock),
    )
