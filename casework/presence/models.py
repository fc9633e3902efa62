"""What is kept of persons followed stands with the keys, in boxes; of questions, who and when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, KeyStoreModel, Model, reference
from casework.db.types import Blob, Id, UtcDateTime


class PresenceRow(KeyStoreModel):
    """The tags of the person of a case, boxed; gone here, they die in every backup soon after."""

    __tablename__ = "presences"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    tags_sealed: Mapped[bytes] = mapped_column(Blob)


class PresenceQuestionRow(CouncilRow, Model):
    """Somebody asked; never whom they asked about, and what was found is sealed."""

    __tablename__ = "presence_questions"
    __table_args__ = (
        reference("members", "member_id"),
        reference("organisations", "organisation_id"),
        reference("groups", "group_id"),
        Index("ix_presence_questions_member", "council_id", "member_id", "asked_at"),
        Index("ix_presence_questions_asked_at", "council_id", "asked_at"),
    )

    member_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    group_id: Mapped[UUID] = mapped_column(Id)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)
    answer_sealed: Mapped[bytes] = mapped_column(Blob)
