"""Tables of charters: their texts, who approved and signed them, who undertook to keep them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Blob, Id, UtcDateTime


class CharterVersionRow(CouncilRow, Model):
    """One text; `digest` is the SHA-256 of it. What changes is where it stands, never its words."""

    __tablename__ = "charter_versions"

    kind: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(Blob)
    adopted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(12), default="in_force", server_default="in_force")
    replaces_id: Mapped[UUID | None] = mapped_column(Id)
    drafted_by: Mapped[UUID | None] = mapped_column(Id)
    compared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    enters_on: Mapped[date | None] = mapped_column(Date)
    entered_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)


class ApprovalRow(Model):
    """Somebody's approval of a text, in one of the functions that approve."""

    __tablename__ = "charter_approvals"
    __table_args__ = (
        UniqueConstraint("council_id", "charter_id", "function"),
        reference("charter_versions", "charter_id"),
        reference("members", "member_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    charter_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    function: Mapped[str] = mapped_column(String(16))
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignatureRow(Model):
    """A partner's signature of a charter, with the dates it binds for."""

    __tablename__ = "charter_signatures"
    __table_args__ = (
        reference("charter_versions", "charter_id"),
        reference("organisations", "organisation_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    charter_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    signed_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)


class UndertakingRow(Model):
    """A member's signed engagement to a charter; when it ends, access ends."""

    __tablename__ = "undertakings"
    __table_args__ = (
        reference("charter_versions", "charter_id"),
        reference("members", "member_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    charter_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_on: Mapped[date] = mapped_column(Date)
