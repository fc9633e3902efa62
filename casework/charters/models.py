"""Tables of signed charters: the text in force, who signed it, who undertook to keep it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Blob, Id, UtcDateTime


class CharterVersionRow(CouncilRow, Model):
    """One adopted text; `digest` is the SHA-256 of it."""

    __tablename__ = "charter_versions"

    kind: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(24))
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(Blob)
    adopted_at: Mapped[datetime] = mapped_column(UtcDateTime)


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
