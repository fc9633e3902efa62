"""How what keeps a case from somebody is put together, and what is done for victims."""

from dataclasses import dataclass, replace

from casework.audit.ledger import Ledger
from casework.audit.typed_reasons import TypedReasons
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.counting import Counting
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.excluding import Excluding
from casework.cases.gateway.listing import CaseListing
from casework.cases.gateway.measures import MeasureReading
from casework.cases.gateway.naming import CaseNaming
from casework.cases.gateway.part import PartReading
from casework.cases.gateway.protecting import Protecting
from casework.cases.gateway.safe_contact import SafeContacts
from casework.cases.gateway.victim_listing import VictimListing
from casework.cases.service.delivering import Delivering
from casework.cases.service.links import LinkService
from casework.cases.service.measures import MeasureService
from casework.cases.service.protection import ProtectionService
from casework.cases.service.stating import StatingService
from casework.cases.service.victims import VictimService
from casework.charters.vocabulary import CaseKind
from casework.db.engine import Database
from casework.keys.keyring import Keyring
from casework.keys.visiting import Visiting


@dataclass(frozen=True, slots=True)
class Safeguards:
    """Links, protection, reasons typed for one case."""

    links: LinkService
    protection: ProtectionService
    stating: StatingService


def assemble_safeguards(
    ledger: Ledger,
    database: Database,
    admission: Admission,
    naming: CaseNaming,
    typed: TypedReasons,
) -> Safeguards:
    """Return the services."""
    base = (ledger, database, admission)
    return Safeguards(
        LinkService(*base, naming, Excluding()),
        ProtectionService(*base, Protecting(), typed.clock),
        StatingService(ledger, admission, typed),
    )


def assemble_victims(
    ledger: Ledger,
    admission: Admission,
    delivering: Delivering,
    counting: Counting,
    listing: CaseListing,
) -> VictimService:
    """Return what is done for victims; their list is `listing` turned to their networks alone."""
    return VictimService(
        ledger=ledger,
        admission=admission,
        contacts=SafeContacts(admission, listing.keyring, delivering.courier),
        delivering=delivering,
        counting=counting,
        listing=VictimListing(replace(listing, kinds=frozenset({CaseKind.VICTIM}))),
    )


def assemble_measures(
    ledger: Ledger,
    admission: Admission,
    decoys: Decoys,
    keyring: Keyring,
    delivering: Delivering,
    visiting: Visiting,
) -> MeasureService:
    """Return what opens the mentions of measures."""
    reading = MeasureReading(PartReading(admission, decoys), keyring)
    return MeasureService(ledger, admission, reading, delivering, visiting)
