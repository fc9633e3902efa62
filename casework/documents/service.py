"""What people do with documents: list them, add one, take one home, take one away."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger, scope_of
from casework.audit.work import Work
from casework.cases.barred import check_texts
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.part import LoadedPart, PartReading
from casework.cases.gateway.reading import Loaded
from casework.cases.gateway.writing import CaseWriting
from casework.cases.service.cases import CaseService
from casework.cases.service.delivering import Delivering
from casework.cases.values import CaseFile
from casework.charters.decision import granted
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.db.engine import Database
from casework.documents.gateway import Documents, NewDocument
from casework.documents.policy import filename, may_remove, name_of, number_after
from casework.documents.reception import Reception
from casework.documents.values import Clean, Document, DocumentKind, Download, Refusal, Sent
from casework.documents.words import FULL, NAMELESS, REFUSED
from casework.entropy import new_id
from casework.errors import AccessDenied, Conflict, InvalidInput, Locked, ScannerSilent, SealBroken
from casework.identity import Principal, Reason
from casework.keys.files import seal_file
from casework.keys.values import Withheld

_CLASS: Final = CompartmentClass.ATTACHMENTS
_READ: Final = Wanted(CharterAct.READ, _CLASS)
_ADD: Final = Wanted(CharterAct.CONTRIBUTE, _CLASS)


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of a case for one reader, and which of them they may take away."""

    file: CaseFile
    documents: tuple[Document, ...]
    removable: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class DocumentService:
    """One method per task; each is one unit of work with its leaf."""

    ledger: Ledger
    database: Database
    admission: Admission
    part: PartReading
    cases: CaseService
    writing: CaseWriting
    delivering: Delivering
    documents: Documents
    reception: Reception

    def listed(self, who: Principal, reason: Reason, case_id: UUID) -> Listed:
        """List the documents of a case: their names open with the receipt of reading it.

        Raises `AccessDenied` where the charter opens no document to this reader.
        """
        read = self.cases.read_with(who, reason, case_id, self._beside)
        rows, removable = read.more
        held = [key for key in read.keys if key.compartment_class == _CLASS]
        return Listed(read.file, self.documents.open(read.receipt, rows, held), removable)

    def _beside(self, work: Work, loaded: Loaded) -> tuple[list[Any], frozenset[UUID]]:
        case = loaded.admitted
        granted(case.charter, case.may(_READ), _READ, str(case.row.id))
        rows, mine = self.documents.of_case(work, case.row.id), work.principal.organisation_id
        coordinator = case.standing.coordinator
        removable = (
            one.id for one in rows if may_remove(mine, one.organisation_id, coordinator=coordinator)
        )
        writes = case.row.merged_into is None and case.may(_ADD).allowed
        return rows, frozenset(removable if writes else ())

    def add(self, who: Principal, reason: Reason, case_id: UUID, sent: Sent) -> UUID:
        """Take a file in, have it rewritten, and keep what is left of it.

        Raises `InvalidInput` with the reason for a file that is refused, which leaves a leaf too,
        and for a title, or a file name that becomes it, with a social-security number.
        Whom the charter lets add nothing is refused before anything looks at the file.
        """
        self._demand(who, reason, case_id)
        name = name_of(sent.title, sent.filename)
        if not name:
            raise InvalidInput({"title": [NAMELESS]})
        check_texts({"title": name})
        clean = self._received(who, reason, case_id, sent.content)
        file_id = new_id(self.documents.clock, self.documents.entropy)
        # Sealed before the transaction: other writers do not wait for it.
        sealed = seal_file(file_id, clean.content, self.documents.entropy)
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.shown(work, case_id, _ADD)
            sealer = self.writing.attachments(work, case_id)
            number = number_after(self.documents.numbers(work, case_id))
            if number is None:
                raise InvalidInput({"file": [FULL]})
            new = NewDocument(case_id, number, name, clean.kind, len(clean.content), sealed)
            self.documents.add(work, sealer, new)
            article, parts = admitted.decision.article or None, (sealer.compartment_id,)
            detail: Detail = {"document": file_id}
            work.record(Entry(Act.DOCUMENT_ADDED, case_id, parts, article=article, detail=detail))
        return file_id

    def read(self, who: Principal, reason: Reason, case_id: UUID, document_id: UUID) -> Download:
        """Open one document whole. Raises `Locked` without its key, `SealBroken` when altered."""
        with self.ledger.consult(who, reason) as work:
            part = self.part.load(work, case_id, _CLASS)
            row = self.documents.one(work, case_id, document_id)
            pieces = self.documents.pieces(work, row)
            work.record(_opening(part, row.id))
        held = self.delivering.complete(who, reason, part.held)
        content = _or_raise(self.documents.whole(work.receipt, row, pieces, held))
        (document,) = self.documents.open(work.receipt, [row], held)
        kind = DocumentKind(_or_raise(document.kind))
        return Download(filename(part.admitted.row.reference, row.number, kind), kind, content)

    def remove(self, who: Principal, reason: Reason, case_id: UUID, document_id: UUID) -> None:
        """Take a document away: the service that added it, or the coordination."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.shown(work, case_id, _ADD)
            row = self.documents.one(work, case_id, document_id)
            coordinator = admitted.standing.coordinator
            if not may_remove(who.organisation_id, row.organisation_id, coordinator=coordinator):
                raise AccessDenied(Act.DOCUMENT_REMOVED, "other-body", subject=str(case_id))
            self.documents.remove(work, row)
            article, parts = admitted.decision.article or None, (row.compartment_id,)
            detail: Detail = {"document": row.id}
            work.record(Entry(Act.DOCUMENT_REMOVED, case_id, parts, article=article, detail=detail))

    def _demand(self, who: Principal, reason: Reason, case_id: UUID) -> None:
        now = self.documents.clock.now()
        with self.database.reading(scope_of(who)) as session:
            if self.admission.may(session, who, now, case_id, _ADD):
                return
        with self.ledger.consult(who, reason) as work:
            self.admission.shown(work, case_id, _ADD)
            raise Conflict  # it was refused a moment ago

    def _received(self, who: Principal, reason: Reason, case_id: UUID, content: bytes) -> Clean:
        try:
            clean = self.reception.receive(content)
        except ScannerSilent:
            self._refused(who, reason, case_id, Refusal.SCANNER)
            raise
        if isinstance(clean, Refusal):
            self._refused(who, reason, case_id, clean)
            raise InvalidInput({"file": [REFUSED[clean]]})
        return clean

    def _refused(self, who: Principal, reason: Reason, case_id: UUID, why: Refusal) -> None:
        """Leave a leaf: who sent what to which case is nothing to guess afterwards."""
        with self.ledger.consult(who, reason) as work:
            self.admission.shown(work, case_id, _ADD)
            detail: Detail = {"code": why.value}
            outcome = Outcome.REFUSED
            work.record(Entry(Act.DOCUMENT_REFUSED, case_id, outcome=outcome, detail=detail))


def _opening(part: LoadedPart, document_id: UUID) -> Entry:
    return Entry(
        Act.DOCUMENT_READ,
        case_id=part.admitted.row.id,
        compartments=tuple(key.compartment_id for key in part.held),
        article=part.admitted.decision.article or None,
        detail={**part.told, "document": document_id},
    )


def _or_raise(opened: Any) -> Any:
    if isinstance(opened, Withheld):
        raise SealBroken if opened.why == "broken" else Locked(opened.why)
    return opened
