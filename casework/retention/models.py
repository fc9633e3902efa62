"""Tables of forgetting: holds, elimination lists, visas and certificates. No names in any."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import CouncilRow, Model, reference
from casework.db.types import Id, UtcDateTime


class HoldRow(CouncilRow, Model):
    """A case kept beyond its clock: why (a code), by whom, until when."""

    __tablename__ = "holds"
    __table_args__ = (Index("ix_holds_case", "council_id", "case_id"),)

    case_id: Mapped[UUID] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(String(32))
    placed_by: Mapped[UUID] = mapped_column(Id)
    placed_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    lifted_on: Mapped[date | None] = mapped_column(Date)


class EliminationListRow(CouncilRow, Model):
    """Sealed cases proposed for destruction, waiting for the visa of the archives."""

    __tablename__ = "elimination_lists"

    listed_on: Mapped[date] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(12))
    visa_on: Mapped[date | None] = mapped_column(Date)
    visa_by: Mapped[UUID | None] = mapped_column(Id)
    visa_reference: Mapped[str | None] = mapped_column(String(60))


class EliminationItemRow(CouncilRow, Model):
    """One case of a list: its kind and years, never its person."""

    __tablename__ = "elimination_items"
    __table_args__ = (
        reference("elimination_lists", "list_id"),
        Index("ix_elimination_items_list", "council_id", "list_id"),
        Index("ix_elimination_items_case", "council_id", "case_id"),
    )

    list_id: Mapped[UUID] = mapped_column(Id)
    case_id: Mapped[UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    opened_year: Mapped[int] = mapped_column(Integer)
    closed_on: Mapped[date] = mapped_column(Date)


class CertificateRow(CouncilRow, Model):
    """What remains of an erased case: that it was erased, when, and the leaf that says so."""

    __tablename__ = "certificates"
    __table_args__ = (Index("ix_certificates_case", "council_id", "case_id"),)

    case_id: Mapped[UUID] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(16))
    list_id: Mapped[UUID | None] = mapped_column(Id)
    compartments: Mapped[int] = mapped_column(Integer)
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)
    backups_until: Mapped[date] = mapped_column(Date)
    leaf: Mapped[int | None] = mapped_column(BigInteger)
