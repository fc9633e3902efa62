"""The one door to the rows of documents: seals, loads, opens, deletes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, insert, select

from casework.audit.receipt import Receipt
from casework.audit.work import Work
from casework.clock import Clock
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.documents.models import DocumentPieceRow, DocumentRow
from casework.documents.values import Document, DocumentKind
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied
from casework.keys.cipher import Opened, Sealer
from casework.keys.files import SealedFile, open_file
from casework.keys.keyring import Keyring
from casework.keys.values import HeldKey, Withheld

TABLE: Final = DocumentRow.__tablename__
PIECES: Final = DocumentPieceRow.__tablename__
PIECE: Final = DocumentPieceRow.piece_sealed.key
SEALED: Final = tuple(one for one in DocumentRow.__table__.c if one.name.endswith("_sealed"))
_ROW: Final = DocumentRow
_PIECE: Final = DocumentPieceRow


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document about to be kept: its place in the case, what is said of it, and its stream."""

    case_id: UUID
    number: int
    name: str
    kind: DocumentKind
    size: int
    file: SealedFile


@dataclass(frozen=True, slots=True)
class Documents:
    """Documents of cases to which the caller was admitted, in the caller's unit of work."""

    keyring: Keyring
    clock: Clock
    entropy: Entropy

    def numbers(self, work: Work, case_id: UUID) -> list[int]:
        """Return the numbers of the documents of a case."""
        mine = select(_ROW.number).where(
            _ROW.council_id == work.principal.council_id, _ROW.case_id == case_id
        )
        return list(work.session.scalars(mine.execution_options(**sight.ADMITTED)))

    def add(self, work: Work, sealer: Sealer, new: NewDocument) -> None:
        """Keep a document; its id is that of its file."""
        who, row_id = work.principal, new.file.id
        said = {"name": new.name, "kind": new.kind.value, "size": str(new.size)}
        values = {
            "council_id": who.council_id,
            "id": row_id,
            "case_id": new.case_id,
            "compartment_id": sealer.compartment_id,
            "number": new.number,
            "author_id": who.member_id,
            "organisation_id": who.organisation_id,
            "added_at": work.now,
            "key_sealed": new.file.key(sealer, TABLE, "key_sealed"),
        }
        sealed = {
            f"{what}_sealed": sealer.short(TABLE, f"{what}_sealed", row_id, text)
            for what, text in said.items()
        }
        connection = connection_of(work.session)
        connection.execute(_ADD, {**values, **sealed})
        connection.execute(_ADD_PIECES, self._pieces(work, new))

    def _pieces(self, work: Work, new: NewDocument) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        for number, piece in enumerate(new.file.pieces):
            row_id = new_id(self.clock, self.entropy)
            work.digest(PIECES, row_id, PIECE, piece)
            rows.append(
                {
                    "council_id": work.principal.council_id,
                    "id": row_id,
                    "case_id": new.case_id,
                    "document_id": new.file.id,
                    "number": number,
                    PIECE: piece,
                }
            )
        return rows

    def of_case(self, work: Work, case_id: UUID) -> list[Any]:
        """Return the rows of the documents of a case, the newest first."""
        asked = {"council": work.principal.council_id, "case": case_id}
        return _OF_CASE.all(connection_of(work.session), asked)

    def one(self, work: Work, case_id: UUID, document_id: UUID) -> DocumentRow:
        """Return a document of a case. Raises `AccessDenied` for any other."""
        place = (work.principal.council_id, document_id)
        row = work.session.get(DocumentRow, place, execution_options=sight.ADMITTED)
        if row is None or row.case_id != case_id:
            raise AccessDenied("document", "no-such-document", subject=str(case_id))
        return row

    def pieces(self, work: Work, row: DocumentRow) -> list[bytes]:
        """Return the sealed stream of a document, in its order."""
        asked = {"council": row.council_id, "document": row.id}
        return [one.piece_sealed for one in _PIECES_OF.all(connection_of(work.session), asked)]

    def remove(self, work: Work, row: DocumentRow) -> None:
        """Delete a document, and tell the trail that each of its sealed values is gone."""
        place = {"council": row.council_id, "document": row.id}
        for one in _PIECE_IDS.all(connection_of(work.session), place):
            work.digest(PIECES, one.id, PIECE, None)
        for column in SEALED:
            work.digest(TABLE, row.id, column.name, None)
        mine = (_PIECE.council_id == row.council_id, _PIECE.document_id == row.id)
        work.session.execute(delete(_PIECE).where(*mine), execution_options=sight.ADMITTED)
        work.session.delete(row)

    def open(
        self, receipt: Receipt, rows: Sequence[Any], held: Sequence[HeldKey]
    ) -> tuple[Document, ...]:
        """Open what a list says of documents, as far as the receipt covers it."""
        opened = self.keyring.open(receipt, held)
        return tuple(_document(row, opened) for row in rows)

    def whole(
        self, receipt: Receipt, row: DocumentRow, pieces: Sequence[bytes], held: Sequence[HeldKey]
    ) -> bytes | Withheld:
        """Open a document itself, or return why it stays shut."""
        opened = self.keyring.open(receipt, held)
        cell = (TABLE, "key_sealed", row.id)
        return open_file(opened, row.compartment_id, cell, row.key_sealed, pieces)


def _document(row: Any, opened: Opened) -> Document:
    def cell(what: str) -> str | Withheld:
        column = f"{what}_sealed"
        return opened.text(row.compartment_id, (TABLE, column, row.id), getattr(row, column))

    return Document(
        id=row.id,
        number=row.number,
        author_id=row.author_id,
        organisation_id=row.organisation_id,
        added_at=row.added_at,
        name=cell("name"),
        kind=cell("kind"),
        size=cell("size"),
    )


# To the connection itself: twenty pieces of a mebibyte are no entities.
_ADD: Final = insert(cast("Table", DocumentRow.__table__))
_ADD_PIECES: Final = insert(cast("Table", DocumentPieceRow.__table__))
_COUNCIL: Final = bindparam("council", type_=Id)
_LISTED: Final = tuple(
    one for one in DocumentRow.__table__.c if one.name not in {"council_id", "key_sealed"}
)
_OF_CASE: Final = Direct(
    select(*_LISTED)
    .where(_ROW.council_id == _COUNCIL, _ROW.case_id == bindparam("case", type_=Id))
    .order_by(_ROW.number.desc())
    .execution_options(**sight.ADMITTED)
)
_OF_DOCUMENT: Final = (
    _PIECE.council_id == _COUNCIL,
    _PIECE.document_id == bindparam("document", type_=Id),
)
_PIECES_OF: Final = Direct(
    select(_PIECE.piece_sealed)
    .where(*_OF_DOCUMENT)
    .order_by(_PIECE.number)
    .execution_options(**sight.ADMITTED)
)
_PIECE_IDS: Final = Direct(
    select(_PIECE.id).where(*_OF_DOCUMENT).execution_options(**sight.ADMITTED)
)
