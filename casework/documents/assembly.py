"""How the parts of documents are put together."""

from typing import Protocol

from casework.audit.ledger import Ledger
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.part import PartReading
from casework.cases.gateway.writing import CaseWriting
from casework.cases.service.cases import CaseService
from casework.cases.service.delivering import Delivering
from casework.documents.gateway import Documents
from casework.documents.reception import Reception
from casework.documents.scanning import Scanner
from casework.documents.service import DocumentService
from casework.keys.keyring import Keyring
from casework.stores import Edges, Stores


class DocumentGround(Protocol):
    """What documents stand on: the composition root, as they see it."""

    stores: Stores
    edges: Edges

    @property
    def ledger(self) -> Ledger:
        """The only way to begin a transaction."""
        ...

    @property
    def admission(self) -> Admission:
        """The first wall."""
        ...

    @property
    def decoys(self) -> Decoys:
        """Which cases are decoys."""
        ...

    @property
    def cases(self) -> CaseService:
        """Cases."""
        ...

    @property
    def writing(self) -> CaseWriting:
        """Their parts, to be written in."""
        ...

    @property
    def delivering(self) -> Delivering:
        """Keys on their way."""
        ...

    @property
    def keyring(self) -> Keyring:
        """The second wall."""
        ...

    @property
    def scanner(self) -> Scanner:
        """Who looks for viruses."""
        ...


def assemble_documents(ground: DocumentGround) -> DocumentService:
    """Return the service of documents."""
    return DocumentService(
        ledger=ground.ledger,
        database=ground.stores.main,
        admission=ground.admission,
        part=PartReading(ground.admission, ground.decoys),
        cases=ground.cases,
        writing=ground.writing,
        delivering=ground.delivering,
        documents=Documents(ground.keyring, ground.edges.clock, ground.edges.entropy),
        reception=Reception(ground.scanner),
    )
