"""Who is bound by a charter on a day: the body that signed it, the person who undertook it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

TERM: Final = timedelta(days=365)
"""A person renews their undertaking each year: the mandate may be longer, attention is not."""


NOTICE: Final = timedelta(days=30)
"""How long before its end an engagement is spoken of, and may be renewed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """An organisation's signature of a charter, both days included."""

    charter_id: UUID
    organisation_id: UUID
    signed_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Engagements:
    """The charters that bind on one day: `by_body` the organisation, `by_person` the member."""

    by_body: frozenset[UUID]
    by_person: frozenset[UUID]

    def bind(self, charters: frozenset[UUID], *, person_alone: bool) -> bool:
        """Say whether every one of `charters` binds, and that there is one at all.

        `person_alone` is for those who control the exchange without taking part in it.
        """
        bodies = charters if person_alone else self.by_body
        return bool(charters) and charters <= self.by_person & bodies


def ends_on(signed: date) -> date:
    """Return the last day of an undertaking signed on a day."""
    return signed + TERM


def ends_soon(until: date, day: date) -> bool:
    """Say whether what holds until a day (included) ends within `NOTICE` of `day`."""
    return day <= until <= day + NOTICE
