"""Tables of who works together: councils, organisations, members, mandates, groups, places."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, Date, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Blob, Id, UtcDateTime


class CouncilRecordRow(Model):
    """The prevention council this instance serves."""

    __tablename__ = "councils"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OrganisationRow(CouncilRow, Model):
    """A partner body, of one category of the charter; `left_on` ends its part in the council.

    From `suspended_on` on its mandates do not count, until it has answered its access review.
    `category_seal` is the instance's word for the category: without it no part of some sorts of
    body comes here.
    """

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("council_id", "name"),)

    name: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(24))
    commune: Mapped[str | None] = mapped_column(String(5))
    left_on: Mapped[date | None] = mapped_column(Date)
    suspended_on: Mapped[date | None] = mapped_column(Date)
    category_seal: Mapped[bytes | None] = mapped_column(Blob)


class MemberRow(CouncilRow, Model):
    """A person of a partner. Professional identity only."""

    __tablename__ = "members"
    __table_args__ = (reference("organisations", "organisation_id"),)

    organisation_id: Mapped[UUID] = mapped_column(Id)
    civility: Mapped[str] = mapped_column(String(8))
    given_name: Mapped[str] = mapped_column(String(60))
    family_name: Mapped[str] = mapped_column(String(60))
    locked: Mapped[bool] = mapped_column(Boolean, default=False)


class GroupRow(CouncilRow, Model):
    """An instance of exchange of one case kind; its charter decides inside it."""

    __tablename__ = "groups"
    __table_args__ = (
        UniqueConstraint("council_id", "prefix"),
        reference("organisations", "coordinating_id"),
        reference("charter_versions", "charter_id"),
    )

    name: Mapped[str] = mapped_column(String(120))
    prefix: Mapped[str] = mapped_column(String(6))
    kind: Mapped[str] = mapped_column(String(16))
    coordinating_id: Mapped[UUID] = mapped_column(Id)
    charter_id: Mapped[UUID] = mapped_column(Id)


class GroupCommuneRow(Model):
    """A commune (INSEE code) in the territory of a group."""

    __tablename__ = "group_communes"
    __table_args__ = (reference("groups", "group_id"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    group_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    commune: Mapped[str] = mapped_column(String(5), primary_key=True)


class CommuneRow(Model):
    """A commune of the council's territory, by its INSEE code."""

    __tablename__ = "communes"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    commune: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))


class MandateRow(CouncilRow, Model):
    """What a member may be, where and until when, by order of the mayor."""

    __tablename__ = "mandates"
    __table_args__ = (
        reference("members", "member_id"),
        reference("groups", "group_id"),
        Index("ix_mandates_member", "council_id", "member_id"),
    )

    member_id: Mapped[UUID] = mapped_column(Id)
    group_id: Mapped[UUID | None] = mapped_column(Id)
    role: Mapped[str] = mapped_column(String(16))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
