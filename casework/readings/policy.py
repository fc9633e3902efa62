"""What may be told of a reading, and to whom: pure rules."""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from casework.audit.actions import Act
from casework.charters.vocabulary import PartnerCategory

OWN: Final = frozenset(
    {
        *(Act.CASE_READ, Act.CASE_LISTED, Act.CASE_SEARCHED, Act.ACTION_LISTED),
        *(Act.REFERRAL_READ, Act.REFERRAL_LISTED, Act.MEETING_READ, Act.DOCUMENT_READ),
        *(Act.REGISTER_READ, Act.REGISTER_EXPORTED, Act.REPORT_ISSUED, Act.RETENTION_READ),
        *(Act.PRESENCE_ASKED, Act.PRESENCE_LISTED, Act.MEASURE_READ),
    }
)
"""What a member finds in their own trail. Never a refusal, nor what alone tells a decoy."""

OPENINGS: Final = frozenset({Act.CASE_READ, Act.REFERRAL_READ, Act.DOCUMENT_READ})
"""What a case lead is told: the case itself was opened, or a document of it.

Never that a judicial measure was: a lead of another sort of body does not learn that one exists.
"""

ACCESSES: Final = OPENINGS | {
    *(Act.CASE_LISTED, Act.CASE_SEARCHED, Act.ACTION_LISTED, Act.MEETING_READ),
    *(Act.PRESENCE_ANSWERED, Act.MEASURE_READ),
}
"""What a person is told: their name, or their case, was before somebody."""

OF_PROCEDURES: Final = frozenset(
    {PartnerCategory.NATIONAL_POLICE, PartnerCategory.GENDARMERIE, PartnerCategory.PROSECUTOR}
)
"""Bodies whose readings are left out while a procedure asks for it."""


class Named(NamedTuple):
    """The days on which a member was named on a case, both included; without end until None."""

    member_id: UUID
    from_on: date
    until_on: date | None

    def on(self, day: date) -> bool:
        """Say whether they were named on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True)
class Masked:
    """Whose readings would tell who referred: their only tie to the case."""

    referrer_id: UUID
    coordinators: frozenset[UUID]
    named: tuple[Named, ...]

    def hides(self, reader_id: UUID | None, day: date) -> bool:
        """Say whether telling that somebody read on a day would tell that they referred.

        Named that day, or coordinating, they had another reason to read.
        """
        if reader_id != self.referrer_id or reader_id in self.coordinators:
            return False
        return not any(one.member_id == reader_id and one.on(day) for one in self.named)
