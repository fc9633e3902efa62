"""The tables of the floor: what the cases' tables hold, in clear, with the same indexes."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Boolean, Date, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from casework.db.types import Id, UtcDateTime

COMMITS: Final = "bench_commits"


class ClearModel(DeclarativeBase):
    """Tables of the floor, in the same database and file as our own."""


class OfCase:
    """A row that belongs to a case."""

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Id, index=True)


class ClearCase(ClearModel):
    """A case: every column of our own table but its council."""

    __tablename__ = "bench_cases"
    __table_args__ = (Index("ix_bench_cases_group_state", "group_id", "state", "id"),)

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    group_id: Mapped[UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    reference: Mapped[str | None] = mapped_column(String(20))
    commune: Mapped[str] = mapped_column(String(5))
    referrer_id: Mapped[UUID] = mapped_column(Id)
    referrer_organisation_id: Mapped[UUID] = mapped_column(Id)
    lead_id: Mapped[UUID | None] = mapped_column(Id)
    referred_on: Mapped[date] = mapped_column(Date)
    followed_on: Mapped[date | None] = mapped_column(Date)
    review_by: Mapped[date | None] = mapped_column(Date)
    informed_on: Mapped[date | None] = mapped_column(Date)
    delay_reason: Mapped[str | None] = mapped_column(String(32))
    closed_on: Mapped[date | None] = mapped_column(Date)
    closure_reason: Mapped[str | None] = mapped_column(String(32))
    due_on: Mapped[date | None] = mapped_column(Date)
    ceiling_on: Mapped[date] = mapped_column(Date)
    meetings_without_decision: Mapped[int] = mapped_column(Integer)
    agenda_of: Mapped[UUID | None] = mapped_column(Id)
    in_meeting: Mapped[bool] = mapped_column(Boolean)
    protected: Mapped[bool] = mapped_column(Boolean)
    awaited_on: Mapped[date | None] = mapped_column(Date)
    merged_into: Mapped[UUID | None] = mapped_column(Id)
    unmerged_ceiling_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer)


class ClearPerson(OfCase, ClearModel):
    """Somebody of a case."""

    __tablename__ = "bench_persons"

    relation: Mapped[str] = mapped_column(String(24))
    family_name: Mapped[str] = mapped_column(Text)
    given_name: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    school: Mapped[str] = mapped_column(Text)


class ClearReferral(OfCase, ClearModel):
    """What the referral said."""

    __tablename__ = "bench_referrals"

    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    fact: Mapped[str] = mapped_column(Text)
    fact_on: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(Text)
    reporter: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)


class ClearContribution(OfCase, ClearModel):
    """Something a partner wrote."""

    __tablename__ = "bench_contributions"

    author_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)


class ClearDecision(OfCase, ClearModel):
    """What a meeting decided."""

    __tablename__ = "bench_decisions"

    meeting_id: Mapped[UUID] = mapped_column(Id)
    number: Mapped[int] = mapped_column(Integer)
    code: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClearStep(OfCase, ClearModel):
    """A recorded step of a procedure."""

    __tablename__ = "bench_case_steps"

    step: Mapped[str] = mapped_column(String(24))
    taken_by: Mapped[UUID | None] = mapped_column(Id)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    record: Mapped[str] = mapped_column(Text)


class ClearAction(OfCase, ClearModel):
    """Something somebody does by a date."""

    __tablename__ = "bench_actions"

    kind: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text)
    lead_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    opened_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(Integer)


class ClearNaming(OfCase, ClearModel):
    """Who is named on a case."""

    __tablename__ = "bench_namings"

    member_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class ClearCommit(ClearModel):
    """A small row whose durable commit is what an append is compared with."""

    __tablename__ = COMMITS

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    word: Mapped[str] = mapped_column(Text)
