"""What is known of a key before it is opened: places, commitments and sealed bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from casework.identity import OwnKeys


class CustodyKind(StrEnum):
    """Who can open the secret of an organisation: the service, or its own members alone."""

    SERVER = "server"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Acting:
    """The organisation in whose name keys are used, and the member's own keys, if they came."""

    council_id: UUID
    organisation_id: UUID
    member_id: UUID | None = None
    own_keys: OwnKeys | None = None

    @property
    def place(self) -> tuple[UUID, UUID]:
        """The organisation within its council."""
        return self.council_id, self.organisation_id


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A compartment as one organisation sees it: perhaps with its key in the ring.

    `entry` is None when the organisation holds no key; `pending` then says one is on its way.
    `expires_at` ends an exceptional access. `due` says that the next writer draws a new epoch;
    `former` are the epochs before, as long as something is still sealed under them.
    """

    council_id: UUID
    compartment_id: UUID
    case_id: UUID
    compartment_class: str
    person_id: UUID | None
    organisation_id: UUID | None
    epoch: int
    commitment: bytes
    due: bool = False
    version: int | None = None
    entry: bytes | None = None
    expires_at: datetime | None = None
    pending: bool = False
    former: tuple["HeldKey", ...] = ()

    @property
    def place(self) -> tuple[UUID, int]:
        """The compartment and its epoch, as the key store names a pepper."""
        return self.compartment_id, self.epoch

    def open_at(self, now: datetime) -> bool:
        """Say whether the ring holds it now: an exceptional access ends by itself."""
        return self.entry is not None and (self.expires_at is None or now < self.expires_at)


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
    """Content that stays closed. Falsy, and never text: it cannot be shown as data.

    `locked`: the key is there, and waits for a member of the organisation to sign in.
    """

    why: Literal["no-key", "locked", "erased", "broken"]

    def __bool__(self) -> bool:
        """Be false, so that `if value` never takes it for content."""
        return False


Digest = Callable[[str, UUID, str, bytes | None], None]
"""Tells the trail that (table, row, column) now holds these sealed bytes."""
