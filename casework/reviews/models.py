"""The tables of access reviews: who was asked when, and what was said of whom. No names."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Id, UtcDateTime


class PresenceReviewRow(CouncilRow, Model):
    """One question to one body; `suspended_on` is when its people lost access for want of answer.

    `answered_by` is of the body; `confirmed_by` is empty where the operator confirmed.
    """

    __tablename__ = "presence_reviews"
    __table_args__ = (
        UniqueConstraint("council_id", "organisation_id", "opened_on"),
        reference("organisations", "organisation_id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(Id)
    opened_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12))
    reminded_on: Mapped[date | None] = mapped_column(Date)
    suspended_on: Mapped[date | None] = mapped_column(Date)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[UUID | None] = mapped_column(Id)
    confirmed_by: Mapped[UUID | None] = mapped_column(Id)
    version: Mapped[int] = mapped_column(Integer)


class PresenceLineRow(Model):
    """What a body said of one of its people."""

    __tablename__ = "presence_lines"
    __table_args__ = (
        reference("presence_reviews", "review_id"),
        reference("members", "member_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    review_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    said: Mapped[str] = mapped_column(String(8))
