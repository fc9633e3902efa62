"""The table of enquiries. What they say of members is sealed; dates and states are not."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Blob, Id, UtcDateTime


class EnquiryRow(CouncilRow, Model):
    """A question about lines of the register, kept by the body of the officer who asked it."""

    __tablename__ = "enquiries"
    __table_args__ = (
        reference("organisations", "organisation_id"),
        reference("members", "opened_by"),
        Index("ix_enquiries_organisation", "council_id", "organisation_id", "id"),
        Index("ix_enquiries_erase_on", "council_id", "erase_on"),
    )

    organisation_id: Mapped[UUID] = mapped_column(Id)
    compartment_id: Mapped[UUID] = mapped_column(Id)
    state: Mapped[str] = mapped_column(String(12))
    opened_by: Mapped[UUID] = mapped_column(Id)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    concluded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erase_on: Mapped[date] = mapped_column(Date)
    lines_sealed: Mapped[bytes] = mapped_column(Blob)
    card_sealed: Mapped[bytes] = mapped_column(Blob)
    question_sealed: Mapped[bytes] = mapped_column(Blob)
    addressee_sealed: Mapped[bytes] = mapped_column(Blob)
    answer_sealed: Mapped[bytes | None] = mapped_column(Blob)
    conclusion_sealed: Mapped[bytes | None] = mapped_column(Blob)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's convention
