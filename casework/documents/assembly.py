"""How the parts of documents are put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.part import PartReading
from casework.cases.gateway.writing import CaseWriting
from casework.cases.service.cases import CaseService
from casework.cases.service.delivering import Delivering
from casework.clock import Clock
from casework.db.engine import Database
from casework.documents.gateway import Documents
from casework.documents.reception import Reception
from casework.documents.scanning import Scanner
from casework.documents.service import DocumentService
from casework.entropy import Entropy
from casework.keys.keyring import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGround:
    """What documents stand on."""

    ledger: Ledger
    database: Database
    admission: Admission
    decoys: Decoys
    cases: CaseService
    writing: CaseWriting
    delivering: Delivering
    keyring: Keyring
    scanner: Scanner
    clock: Clock
    entropy: Entropy


def assemble_documents(ground: DocumentGround) -> DocumentService:
    """Return the service of documents."""
    return DocumentService(
        ledger=ground.ledger,
        database=ground.database,
        admission=ground.admission,
        part=PartReading(ground.admission, ground.decoys),
        cases=ground.cases,
        writing=ground.writing,
        delivering=ground.delivering,
        documents=Documents(ground.keyring, ground.clock, ground.entropy),
        reception=Reception(ground.scanner),
    )
