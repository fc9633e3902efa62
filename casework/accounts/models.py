"""Tables of accounts: how members prove who they are, their web sessions, tokens and counters."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Blob, Id, UtcDateTime


class AccountRow(CouncilRow, Model):
    """A member's way in. Without a verifier it waits for its one-time activation code."""

    __tablename__ = "accounts"
    __table_args__ = (
        UniqueConstraint("council_id", "login"),
        UniqueConstraint("council_id", "member_id"),
        reference("members", "member_id"),
    )

    member_id: Mapped[UUID] = mapped_column(Id)
    login: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    salt: Mapped[bytes | None] = mapped_column(Blob)
    verifier: Mapped[bytes | None] = mapped_column(Blob)
    memory_kib: Mapped[int | None] = mapped_column(Integer)
    passes: Mapped[int | None] = mapped_column(Integer)
    lanes: Mapped[int | None] = mapped_column(Integer)
    password_key_version: Mapped[int] = mapped_column(Integer, server_default="1")
    totp_sealed: Mapped[bytes | None] = mapped_column(Blob)
    totp_step: Mapped[int] = mapped_column(BigInteger)
    activation_digest: Mapped[bytes | None] = mapped_column(Blob)
    activation_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebSessionRow(Model):
    """A web session, found by the hash of its cookie; the keys in it open with the cookie only.

    `seal` is an HMAC over whose it is: a row that the service did not write is no session.
    """

    __tablename__ = "web_sessions"
    __table_args__ = (
        reference("accounts", "account_id"),
        Index("ix_web_sessions_member", "council_id", "member_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    key: Mapped[bytes] = mapped_column(Blob, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(Id)
    member_id: Mapped[UUID] = mapped_column(Id)
    stage: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(16))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seed_sealed: Mapped[bytes | None] = mapped_column(Blob)
    seal: Mapped[bytes] = mapped_column(Blob)


class ThrottleRow(Model):
    """Failures of one account, device or network; the bucket is a keyed hash of which."""

    __tablename__ = "throttles"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    bucket: Mapped[bytes] = mapped_column(Blob, primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told: Mapped[bool] = mapped_column(Boolean)


class ApiTokenRow(CouncilRow, Model):
    """A bearer token of a named person, hashed; `scopes` are permissions, separated by spaces."""

    __tablename__ = "api_tokens"
    __table_args__ = (UniqueConstraint("council_id", "digest"), reference("members", "member_id"))

    member_id: Mapped[UUID] = mapped_column(Id)
    digest: Mapped[bytes] = mapped_column(Blob)
    seal: Mapped[bytes] = mapped_column(Blob)
    label: Mapped[str] = mapped_column(String(60))
    scopes: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
