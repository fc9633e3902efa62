"""A key about to be taken."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Taking:
    """A key, of which request (a keyed digest), answered how, and kept until when."""

    key: UUID
    route: str
    digest: bytes
    status: int
    until: datetime
