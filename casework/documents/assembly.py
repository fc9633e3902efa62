"""How the parts of documents are put together."""

from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.part import PartReading
from casework.cases.gateway.writing import CaseWriting
from casework.cases.service.cases import CaseService
from casework.cases.service.delivering import Delivering
from casework.db.engine import Database
from casework.documents.gateway import Documents
from casework.documents.reception import Reception
from casework.documents.scanning import Scanner
from casework.documents.service import DocumentService
from casework.keys.keyring import Keyring
from casework.stores import Edges


@dataclass(frozen=True, slots=True)
class DocumentGround:
    """What documents stand on: cases and their parts, decoys, keys, who scans."""

    decoys: Decoys
    keyring: Keyring
    cases: CaseService
    writing: CaseWriting
    delivering: Delivering
    scanner: Scanner


def assemble_documents(
    ledger: Ledger,
    database: Database,
    admission: Admission,
    edges: Edges,
    ground: DocumentGround,
) -> DocumentService:
    """Return the service of documents."""
    return DocumentService(
        ledger=ledger,
        database=database,
        admission=admission,
        part=PartReading(admission, ground.decoys),
        cases=ground.cases,
        writing=ground.writing,
        delivering=ground.delivering,
        documents=Documents(ground.keyring, edges.clock, edges.entropy),
        reception=Reception(ground.scanner),
    )
