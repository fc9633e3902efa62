"""How what keeps a case from somebody is put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.audit.typed_reasons import TypedReasons
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.excluding import Excluding
from casework.cases.gateway.naming import CaseNaming
from casework.cases.gateway.protecting import Protecting
from casework.cases.service.links import LinkService
from casework.cases.service.protection import ProtectionService
from casework.cases.service.stating import StatingService
from casework.db.engine import Database


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
