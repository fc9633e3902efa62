"""The table of the service's own work: which regular job is due when, and who has taken it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from casework.db.model import Model
from casework.db.types import Id, UtcDateTime


class JobRow(Model):
    """A regular job. Whoever moves `lease_until` ahead runs it; a crash frees it by itself."""

    __tablename__ = "jobs"

    council_id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
