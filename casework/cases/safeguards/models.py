"""Tables of what keeps a case from somebody: ids and dates, never why."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import Model, reference
from casework.db.types import Id, UtcDateTime


class ExclusionRow(Model):
    """A personal link: a case that does not exist for a member, or for every member of a body.

    `holder_id` is either of them. What the link is, nobody writes down.
    """

    __tablename__ = "exclusions"
    __table_args__ = (
        reference("cases", "case_id"),
        reference("organisations", "organisation_id"),
        Index("ix_exclusions_case", "council_id", "case_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    holder_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    declared: Mapped[bool] = mapped_column(Boolean)
    set_by: Mapped[UUID] = mapped_column(Id)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lift_asked_by: Mapped[UUID | None] = mapped_column(Id)
    lift_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OpeningRow(Model):
    """A protected case that somebody asked to open, and with whom: one of theirs at a time.

    `second_id` has said yes; before those present at a meeting, `meeting_id` stands for them.
    """

    __tablename__ = "openings"
    __table_args__ = (
        reference("cases", "case_id"),
        reference("members", "member_id"),
        Index("ix_openings_case", "council_id", "case_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    second_id: Mapped[UUID | None] = mapped_column(Id)
    meeting_id: Mapped[UUID | None] = mapped_column(Id)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CaseReasonRow(Model):
    """The one case for which a session has typed its reason: another takes its place.

    `words_id` is the row of the words, which stand beside the register.
    """

    __tablename__ = "case_reasons"
    __table_args__ = (reference("cases", "case_id"), reference("members", "member_id"))

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    session: Mapped[str] = mapped_column(String(64), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    case_id: Mapped[UUID] = mapped_column(Id)
    words_id: Mapped[UUID] = mapped_column(Id)
    stated_at: Mapped[datetime] = mapped_column(UtcDateTime)
