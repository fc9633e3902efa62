"""Tables of meetings: when, on what, who was there. What was said is not kept."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.sight import Guarded
from casework.db.types import Id, UtcDateTime


class MeetingRow(CouncilRow, Model):
    """One meeting of a group: prepared, open, closed."""

    __tablename__ = "meetings"
    __table_args__ = (
        reference("groups", "group_id"),
        Index("ix_meetings_group", "council_id", "group_id", "held_on"),
    )

    group_id: Mapped[UUID] = mapped_column(Id)
    held_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12))
    prepared_by: Mapped[UUID] = mapped_column(Id)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's convention


class AgendaItemRow(Guarded, CouncilRow, Model):
    """A case on the agenda of a meeting, and whether it was decided or put off."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("council_id", "meeting_id", "case_id"),
        reference("meetings", "meeting_id"),
        Index("ix_agenda_items_meeting", "council_id", "meeting_id", "position"),
    )

    meeting_id: Mapped[UUID] = mapped_column(Id)
    case_id: Mapped[UUID] = mapped_column(Id)
    position: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12))


class AttendanceRow(Model):
    """A member present at a meeting."""

    __tablename__ = "attendances"
    __table_args__ = (
        reference("meetings", "meeting_id"),
        reference("members", "member_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    present: Mapped[bool] = mapped_column(Boolean)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
