"""An escrow, its custodians and their ceremonies, as values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

MOST_CUSTODIANS: Final = 7
CEREMONY_LIFE: Final = timedelta(minutes=30)
LONGEST_LOAN: Final = timedelta(hours=2)


class Kind(StrEnum):
    """What a ceremony opens the escrow for. Stored: a published value never changes."""

    RECOVER = "recover"
    EXCEPTION = "exception"
    REHEARSAL = "rehearsal"


class Why(StrEnum):
    """Why a ceremony is asked for: a closed list, so that no name enters the register."""

    FORGOTTEN = "forgotten"
    ABSENT = "absent"
    DANGER = "danger"
    EXERCISE = "exercise"


class Verdict(StrEnum):
    """What somebody else says of an exceptional access. Stored: a published value never changes."""

    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"


WHYS: Final = {
    Kind.RECOVER: (Why.FORGOTTEN, Why.ABSENT),
    Kind.EXCEPTION: (Why.DANGER, Why.ABSENT),
    Kind.REHEARSAL: (Why.EXERCISE,),
}
"""The reasons that each kind of ceremony may have."""


@dataclass(frozen=True, slots=True)
class Custodian:
    """Who keeps a card; `public` is what the card opens, None until it is drawn."""

    place: int
    member_id: UUID
    public: bytes | None = None
    drawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Escrow:
    """A key that opens with `threshold` of its cards; `public` once every card is drawn."""

    council_id: UUID
    id: UUID
    threshold: int
    custodians: tuple[Custodian, ...]
    created_at: datetime
    public: bytes | None = None
    decoy_sealed: bytes | None = field(default=None, repr=False)
    decoy_digest: bytes | None = field(default=None, repr=False)
    founded_at: datetime | None = None
    retired_at: datetime | None = None

    @property
    def active(self) -> bool:
        """Say whether it may receive secrets and be opened."""
        return self.founded_at is not None and self.retired_at is None

    @property
    def awaits_cards(self) -> bool:
        """Say whether some card is still to be drawn."""
        return self.founded_at is None and self.retired_at is None

    def kept_by(self, member_id: UUID | None) -> Custodian | None:
        """Return a member as its custodian, or None."""
        return next((one for one in self.custodians if one.member_id == member_id), None)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked of an escrow, and for whom; empty for a rehearsal.

    `recover` gives the secret of an organisation to a member, under the very public key that was
    shown to the custodians. `exception` lends `organisation_id`'s keys of a case to another.
    """

    kind: Kind
    why: Why
    organisation_id: UUID | None = None
    member_id: UUID | None = None
    member_public: bytes | None = None
    case_id: UUID | None = None
    borrower_id: UUID | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Ceremony:
    """One opening of an escrow, asked for by a custodian (or the operator: None)."""

    council_id: UUID
    id: UUID
    escrow_id: UUID
    subject: Subject
    asked_by: UUID | None
    asked_at: datetime
    ends_at: datetime
    done_at: datetime | None = None

    def over(self, now: datetime) -> bool:
        """Say whether nobody can answer it any more."""
        return self.done_at is not None or now >= self.ends_at


@dataclass(frozen=True, slots=True)
class Loan:
    """Keys of a case lent by one organisation to another, until a moment."""

    id: UUID
    case_id: UUID
    borrower_id: UUID
    granter_id: UUID
    lent_at: datetime
    until: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A case that a member who is not named on it reads for a while, and why they asked.

    `granter_id`: whose keys were lent; None when their own organisation holds them. `from_at` and
    `until` are empty while custodians are asked: their ceremony has the same id. `lead_id`: who is
    to be told.
    """

    council_id: UUID
    id: UUID
    case_id: UUID
    organisation_id: UUID
    member_id: UUID
    why: Why
    lead_id: UUID | None
    asked_at: datetime
    granter_id: UUID | None = None
    from_at: datetime | None = None
    until: datetime | None = None

    def open_at(self, now: datetime) -> bool:
        """Say whether the case may be read with it."""
        return self.until is not None and now < self.until


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody said of an exceptional access afterwards."""

    by: UUID
    at: datetime
    verdict: Verdict
