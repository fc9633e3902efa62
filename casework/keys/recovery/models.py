"""Tables of recovery: escrows and their custodians, ceremonies and what they wait for, loans."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Blob, Id, UtcDateTime


class EscrowRow(CouncilRow, Model):
    """A key that several cards open together; `seal` covers it whole, custodians included."""

    __tablename__ = "escrows"

    threshold: Mapped[int] = mapped_column(Integer)
    public: Mapped[bytes | None] = mapped_column(Blob)
    decoy_sealed: Mapped[bytes | None] = mapped_column(Blob)
    decoy_digest: Mapped[bytes | None] = mapped_column(Blob)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    founded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[bytes] = mapped_column(Blob)


class EscrowCustodianRow(Model):
    """Who keeps a card, and the public key of the card once drawn."""

    __tablename__ = "escrow_custodians"
    __table_args__ = (reference("escrows", "escrow_id"), reference("members", "member_id"))

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    escrow_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id)
    public: Mapped[bytes | None] = mapped_column(Blob)
    drawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EscrowSubsetRow(Model):
    """The seed of an escrow sealed to one choice of custodians, such as "0.2.3"."""

    __tablename__ = "escrow_subsets"
    __table_args__ = (reference("escrows", "escrow_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    escrow_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    places: Mapped[str] = mapped_column(String(16), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(Blob)


class CeremonyRow(CouncilRow, Model):
    """An opening that somebody asked for; `seal` covers what is asked, by whom, until when."""

    __tablename__ = "ceremonies"
    __table_args__ = (
        reference("escrows", "escrow_id"),
        Index("ix_ceremonies_asked_at", "council_id", "asked_at"),
    )

    escrow_id: Mapped[UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(12))
    organisation_id: Mapped[UUID | None] = mapped_column(Id)
    member_id: Mapped[UUID | None] = mapped_column(Id)
    member_public: Mapped[bytes | None] = mapped_column(Blob)
    case_id: Mapped[UUID | None] = mapped_column(Id)
    borrower_id: Mapped[UUID | None] = mapped_column(Id)
    minutes: Mapped[int] = mapped_column(Integer)
    asked_by: Mapped[UUID | None] = mapped_column(Id)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[bytes] = mapped_column(Blob)


class CeremonyAnswerRow(Model):
    """What one card gave, until the last one comes or the half hour is over."""

    __tablename__ = "ceremony_answers"
    __table_args__ = (reference("ceremonies", "ceremony_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    ceremony_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    sealed: Mapped[bytes] = mapped_column(Blob)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LoanRow(CouncilRow, Model):
    """Keys of a case lent for a while: what remains to be seen once they are taken back."""

    __tablename__ = "loans"
    __table_args__ = (Index("ix_loans_until", "council_id", "until"),)

    case_id: Mapped[UUID] = mapped_column(Id)
    borrower_id: Mapped[UUID] = mapped_column(Id)
    granter_id: Mapped[UUID] = mapped_column(Id)
    lent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExceptionalAccessRow(CouncilRow, Model):
    """A case read without being named on it; `seal` covers everything but `ended_at`."""

    __tablename__ = "exceptional_accesses"
    __table_args__ = (
        reference("members", "member_id"),
        Index("ix_exceptional_accesses_case_id", "council_id", "case_id"),
        Index("ix_exceptional_accesses_asked_at", "council_id", "asked_at"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    member_id: Mapped[UUID] = mapped_column(Id)
    why: Mapped[str] = mapped_column(String(12))
    lead_id: Mapped[UUID | None] = mapped_column(Id)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    granter_id: Mapped[UUID | None] = mapped_column(Id)
    from_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seal: Mapped[bytes] = mapped_column(Blob)


class AccessReviewRow(Model):
    """What somebody else said of an exceptional access; it names no case."""

    __tablename__ = "access_reviews"
    __table_args__ = (reference("members", "reviewed_by"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    access_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    reviewed_by: Mapped[UUID] = mapped_column(Id)
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verdict: Mapped[str] = mapped_column(String(12))
