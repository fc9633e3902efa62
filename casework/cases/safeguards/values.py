"""What keeps a case from somebody, as values: ids and dates."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A personal link on a case; `holder_id` is a member, or a body and with it all its members.

    `declared` by the member themself; else the coordination or the lead set it. `lift_asked_by`
    when the coordination asks that it end, until the officer has answered.
    """

    case_id: UUID
    holder_id: UUID
    organisation_id: UUID
    declared: bool
    set_by: UUID
    set_at: datetime
    lift_asked_by: UUID | None = None

    @property
    def whole(self) -> bool:
        """Say whether the link is that of a body."""
        return self.holder_id == self.organisation_id

    def keeps_away(self, member_id: UUID | None, organisation_id: UUID | None) -> bool:
        """Say whether a member of an organisation is kept away."""
        return self.holder_id in {member_id, organisation_id}


@dataclass(frozen=True, slots=True)
class Opening:
    """A protected case that a member asks to open, or has open until a moment.

    `second_id` said yes; `meeting_id` where those present stand for them.
    """

    case_id: UUID
    member_id: UUID
    organisation_id: UUID
    asked_at: datetime
    second_id: UUID | None = None
    meeting_id: UUID | None = None
    until: datetime | None = None

    def open_at(self, now: datetime) -> bool:
        """Say whether the case is open to the one who asked."""
        return self.until is not None and now < self.until
