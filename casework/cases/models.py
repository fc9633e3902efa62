"""Tables of cases. Only the gateway reads them; every `_sealed` column is cipher text.

In clear stand only what jobs need without keys: states, dates, counts, and who may come near.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, Date, Index, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.sight import Guarded
from casework.db.types import Blob, Id, UtcDateTime


class CaseRow(Guarded, CouncilRow, Model):
    """A case, from its referral to its end. `due_on` is the next date of its retention clock."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("council_id", "reference"),
        reference("groups", "group_id"),
        reference("members", "referrer_id"),
        Index("ix_cases_group_state", "council_id", "group_id", "state", "id"),
        Index("ix_cases_due", "council_id", "state", "due_on"),
    )

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
    # The quarter of the 25th birthday, not the day: a clear date of birth would be one too many.
    ceiling_on: Mapped[date] = mapped_column(Date)
    meetings_without_decision: Mapped[int] = mapped_column(Integer, default=0)
    agenda_of: Mapped[UUID | None] = mapped_column(Id)
    in_meeting: Mapped[bool] = mapped_column(Boolean, default=False)
    protected: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    awaited_on: Mapped[date | None] = mapped_column(Date)
    # Joined to another case of the same person; the ceiling that each of both had by itself.
    merged_into: Mapped[UUID | None] = mapped_column(Id)
    unmerged_ceiling_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's convention


_MERGED = CaseRow.merged_into.is_not(None)
Index(
    "ix_cases_merged",
    CaseRow.council_id,
    CaseRow.merged_into,
    sqlite_where=_MERGED,
    postgresql_where=_MERGED,
)


class DecoyRow(Guarded, Model):
    """A decoy among the cases: a tag under a secret of the instance, never its case."""

    __tablename__ = "decoys"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    tag: Mapped[bytes] = mapped_column(Blob, primary_key=True)


class AdmissionRow(Guarded, Model):
    """An organisation admitted to a case: the first condition of every access."""

    __tablename__ = "admissions"
    __table_args__ = (
        reference("cases", "case_id"),
        reference("organisations", "organisation_id"),
        Index("ix_admissions_case", "council_id", "case_id"),
    )

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    case_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class NamingRow(Guarded, CouncilRow, Model):
    """A member named on a case. Naming ends with the meeting, the action or the date set."""

    __tablename__ = "namings"
    __table_args__ = (
        UniqueConstraint("council_id", "case_id", "member_id"),
        reference("cases", "case_id"),
        reference("members", "member_id"),
        Index("ix_namings_member", "council_id", "member_id", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    member_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    named_by: Mapped[UUID] = mapped_column(Id)
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class PersonRow(Guarded, CouncilRow, Model):
    """Somebody of a case: the young person, or a legal representative."""

    __tablename__ = "persons"
    __table_args__ = (
        reference("cases", "case_id"),
        Index("ix_persons_case", "council_id", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    compartment_id: Mapped[UUID] = mapped_column(Id)
    relation: Mapped[str] = mapped_column(String(24))
    family_name_sealed: Mapped[bytes | None] = mapped_column(Blob)
    given_name_sealed: Mapped[bytes | None] = mapped_column(Blob)
    birth_date_sealed: Mapped[bytes | None] = mapped_column(Blob)
    address_sealed: Mapped[bytes | None] = mapped_column(Blob)
    phone_sealed: Mapped[bytes | None] = mapped_column(Blob)
    school_sealed: Mapped[bytes | None] = mapped_column(Blob)
    home_sealed: Mapped[bytes | None] = mapped_column(Blob)


class ReferralRow(Guarded, CouncilRow, Model):
    """What the referral said: the shared sheet's part and the origin's part."""

    __tablename__ = "referrals"
    __table_args__ = (
        UniqueConstraint("council_id", "case_id"),
        reference("cases", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    sheet_id: Mapped[UUID] = mapped_column(Id)
    origin_id: Mapped[UUID] = mapped_column(Id)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason_sealed: Mapped[bytes] = mapped_column(Blob)
    fact_sealed: Mapped[bytes] = mapped_column(Blob)
    fact_on_sealed: Mapped[bytes | None] = mapped_column(Blob)
    origin_sealed: Mapped[bytes] = mapped_column(Blob)
    reporter_sealed: Mapped[bytes | None] = mapped_column(Blob)
    words_sealed: Mapped[bytes | None] = mapped_column(Blob)
    question_sealed: Mapped[bytes | None] = mapped_column(Blob)
    answer_sealed: Mapped[bytes | None] = mapped_column(Blob)


class ContributionRow(Guarded, CouncilRow, Model):
    """Something a partner wrote: on the shared sheet, or for their own service alone."""

    __tablename__ = "contributions"
    __table_args__ = (
        reference("cases", "case_id"),
        reference("members", "author_id"),
        Index("ix_contributions_case", "council_id", "case_id", "written_at"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    compartment_id: Mapped[UUID] = mapped_column(Id)
    author_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text_sealed: Mapped[bytes] = mapped_column(Blob)


class DecisionRow(Guarded, CouncilRow, Model):
    """What a meeting decided. Numbered in its group; never a word of what was said."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("council_id", "group_id", "number"),
        UniqueConstraint("council_id", "meeting_id", "case_id"),
        reference("cases", "case_id"),
        reference("meetings", "meeting_id"),
        Index("ix_decisions_case", "council_id", "case_id", "made_at"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    group_id: Mapped[UUID] = mapped_column(Id)
    meeting_id: Mapped[UUID] = mapped_column(Id)
    compartment_id: Mapped[UUID] = mapped_column(Id)
    number: Mapped[int] = mapped_column(Integer)
    code_sealed: Mapped[bytes] = mapped_column(Blob)
    made_by: Mapped[UUID] = mapped_column(Id)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ActionRow(Guarded, CouncilRow, Model):
    """Something somebody does by a date."""

    __tablename__ = "actions"
    __table_args__ = (
        reference("cases", "case_id"),
        reference("members", "lead_id"),
        Index("ix_actions_case", "council_id", "case_id"),
        Index("ix_actions_lead", "council_id", "lead_id", "state", "due_on"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    compartment_id: Mapped[UUID] = mapped_column(Id)
    kind_sealed: Mapped[bytes] = mapped_column(Blob)
    detail_sealed: Mapped[bytes | None] = mapped_column(Blob)
    outcome_sealed: Mapped[bytes | None] = mapped_column(Blob)
    lead_id: Mapped[UUID] = mapped_column(Id)
    organisation_id: Mapped[UUID] = mapped_column(Id)
    opened_by: Mapped[UUID] = mapped_column(Id)
    opened_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12))
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's convention


class CaseStepRow(Guarded, CouncilRow, Model):
    """A step of the procedure that was recorded: which and when in clear, what was said sealed."""

    __tablename__ = "case_steps"
    __table_args__ = (
        reference("cases", "case_id"),
        Index("ix_case_steps_case", "council_id", "case_id", "taken_at"),
    )

    case_id: Mapped[UUID] = mapped_column(Id)
    compartment_id: Mapped[UUID] = mapped_column(Id)
    step: Mapped[str] = mapped_column(String(24))
    taken_by: Mapped[UUID | None] = mapped_column(Id)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_member_id: Mapped[UUID | None] = mapped_column(Id)
    asked_organisation_id: Mapped[UUID | None] = mapped_column(Id)
    record_sealed: Mapped[bytes] = mapped_column(Blob)


class DraftRow(Guarded, CouncilRow, Model):
    """A referral being written, sealed with its author's own key."""

    __tablename__ = "drafts"
    __table_args__ = (
        reference("members", "member_id"),
        Index("ix_drafts_member", "council_id", "member_id"),
    )

    member_id: Mapped[UUID] = mapped_column(Id)
    group_id: Mapped[UUID] = mapped_column(Id)
    step: Mapped[int] = mapped_column(Integer)
    body_sealed: Mapped[bytes] = mapped_column(Blob)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_on: Mapped[date] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's convention


class TallyRow(Model):
    """An anonymous count of what became of referrals, kept when the referral is not."""

    __tablename__ = "tallies"
    __table_args__ = (reference("groups", "group_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    group_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class CounterRow(Model):
    """The last number given in a group: of its references in a year, of its decisions."""

    __tablename__ = "counters"
    __table_args__ = (reference("groups", "group_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    group_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    series: Mapped[str] = mapped_column(String(16), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)
