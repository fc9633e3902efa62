"""What is known of a key before it is opened: places, commitments and sealed bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A compartment as one organisation sees it: perhaps with its key in the ring.

    `entry` is None when the organisation holds no key; `pending` then says one is on its way.
    """

    council_id: UUID
    compartment_id: UUID
    case_id: UUID
    compartment_class: str
    person_id: UUID | None
    organisation_id: UUID | None
    epoch: int
    commitment: bytes
    version: int | None = None
    entry: bytes | None = None
    pending: bool = False


@dataclass(frozen=True, slots=True)
class NewCompartment:
    """A compartment to make, and the organisations whose keys will open it."""

    case_id: UUID
    compartment_class: str
    admitted: frozenset[UUID]
    person_id: UUID | None = None
    organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """Content that stays closed. Falsy, and never text: it cannot be shown as data."""

    why: Literal["no-key", "erased", "broken"]

    def __bool__(self) -> bool:
        """Be false, so that `if value` never takes it for content."""
        return False


Digest = Callable[[str, UUID, str, bytes | None], None]
"""Tells the trail that (table, row, column) now holds these sealed bytes."""
