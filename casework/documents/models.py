"""The tables of documents: what one is called, and its sealed stream piece by piece."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import BATCH, CouncilRow, Model, reference
from casework.db.sight import Guarded
from casework.db.types import Blob, Id, UtcDateTime


class DocumentRow(Guarded, CouncilRow, Model):
    """A document of a case; `key_sealed` opens its pieces, and follows the compartment's key."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("council_id", "case_id", "number"),
        reference("cases", "case_id"),
        reference("members", "author_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    compartment_id: Mapped[UUID] = mapped_column(Id)
    number: Mapped[int] = mapped_column(Integer)
    author_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    name_sealed: Mapped[bytes] = mapped_column(Blob)
    kind_sealed: Mapped[bytes] = mapped_column(Blob)
    size_sealed: Mapped[bytes] = mapped_column(Blob)
    key_sealed: Mapped[bytes] = mapped_column(Blob)


class DocumentPieceRow(Guarded, CouncilRow, Model):
    """A piece of a sealed stream, at most 1 MiB: it opens in its own place alone."""

    __tablename__ = "document_pieces"
    __table_args__ = (
        UniqueConstraint("council_id", "document_id", "number"),
        reference("cases", "case_id"),
        reference("documents", "document_id"),
        Index("ix_document_pieces_case", "council_id", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    document_id: Mapped[UUID] = mapped_column(Id)
    number: Mapped[int] = mapped_column(Integer)
    piece_sealed: Mapped[bytes] = mapped_column(Blob, info={BATCH: 8})
