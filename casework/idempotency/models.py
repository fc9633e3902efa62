"""The table of keys: which request of whom was done, and what it made. No word of any case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import Model
from casework.db.types import Blob, Id, UtcDateTime


class RepeatRow(Model):
    """A request done once. `digest` is keyed: a short body could be guessed from a plain hash."""

    __tablename__ = "repeats"
    __table_args__ = (Index("ix_repeats_until", "council_id", "kept_until"),)

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    key: Mapped[UUID] = mapped_column(Id, primary_key=True)
    route: Mapped[str] = mapped_column(String(80))
    digest: Mapped[bytes] = mapped_column(Blob)
    status: Mapped[int] = mapped_column(SmallInteger)
    made_id: Mapped[UUID | None] = mapped_column(Id)
    number: Mapped[int | None] = mapped_column(Integer)
    kept_until: Mapped[datetime] = mapped_column(UtcDateTime)
