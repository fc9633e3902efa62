"""What reviews are made of, as values: who was asked, what was said, what is near its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from casework.identity import Role


class Said(StrEnum):
    """What a body says of one of its people. Published values never change."""

    HERE = "here"
    LEFT = "left"
    MOVED = "moved"


class ReviewState(StrEnum):
    """Where a review stands. Published values never change."""

    OPEN = "open"
    AWAITING = "awaiting"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One question to one body, and its answer."""

    id: UUID
    organisation_id: UUID
    opened_on: date
    due_on: date
    state: ReviewState
    version: int
    reminded_on: date | None = None
    suspended_on: date | None = None
    answered_at: datetime | None = None
    answered_by: UUID | None = None
    said: Mapping[UUID, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """A mandate as its holder's colleagues know it; without a group it is for the council."""

    role: Role
    group: str
    until_on: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a body to whom the service is open, with the mandates not over yet."""

    id: UUID
    name: str
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnReview:
    """What a body is asked: its newest review, if any, and its people of today."""

    review: Review | None
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A review as the coordination follows it; `people` are those the answer names."""

    review: Review
    organisation: str
    people: Mapping[UUID, str]
    may_confirm: bool


class EndKind(StrEnum):
    """What comes to an end."""

    UNDERTAKING = "undertaking"
    MANDATE = "mandate"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Ending:
    """An entitlement near its end: the last day of it, whose it is, and where it holds."""

    kind: EndKind
    until_on: date
    whose: str
    where: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the coordination follows: the newest review of each body, and what ends soon."""

    reviews: tuple[Followed, ...]
    endings: tuple[Ending, ...]
