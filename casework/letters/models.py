"""Tables of letters: what one said and the file it was made into, sealed; how a town writes them.

Of a letter stand in clear its number, its days and what became of it, as of an action.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.sight import Guarded
from casework.db.types import Blob, Id


class LetterRow(Guarded, CouncilRow, Model):
    """A letter, numbered in its group and year. `once` is the form that made it."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("council_id", "reference"),
        UniqueConstraint("council_id", "case_id", "once"),
        reference("cases", "case_id"),
        reference("groups", "group_id"),
        Index("ix_letters_case", "council_id", "case_id"),
        Index("ix_letters_group_state", "council_id", "group_id", "state", "id"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    group_id: Mapped[UUID] = mapped_column(Id)
    compartment_id: Mapped[UUID] = mapped_column(Id)
    once: Mapped[UUID] = mapped_column(Id)
    reference: Mapped[str] = mapped_column(String(24))
    format: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12))
    issued_by: Mapped[UUID] = mapped_column(Id)
    issued_on: Mapped[date] = mapped_column(Date)
    state_on: Mapped[date] = mapped_column(Date)
    kind_sealed: Mapped[bytes] = mapped_column(Blob)
    fields_sealed: Mapped[bytes] = mapped_column(Blob)
    file_sealed: Mapped[bytes | None] = mapped_column(Blob)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's convention


class LetterheadRow(Model):
    """What a group writes at the head and foot of all its letters. Nothing of any case."""

    __tablename__ = "letterheads"
    __table_args__ = (reference("groups", "group_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    group_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    sender: Mapped[str] = mapped_column(String(400))
    place: Mapped[str] = mapped_column(String(160))
    signatory: Mapped[str] = mapped_column(String(160))
    contact: Mapped[str] = mapped_column(String(240))
    officer: Mapped[str] = mapped_column(String(240))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's convention


class LetterTemplateRow(CouncilRow, Model):
    """A group's own template of one kind and format, checked when it came. Nothing of any case."""

    __tablename__ = "letter_templates"
    __table_args__ = (
        UniqueConstraint("council_id", "group_id", "kind", "format"),
        reference("groups", "group_id"),
        reference("members", "kept_by"),
    )

    group_id: Mapped[UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(32))
    format: Mapped[str] = mapped_column(String(8))
    used: Mapped[str] = mapped_column(String(400))
    content: Mapped[bytes] = mapped_column(Blob)
    kept_by: Mapped[UUID] = mapped_column(Id)
    kept_on: Mapped[date] = mapped_column(Date)
