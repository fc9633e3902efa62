"""What a request that may be sent twice says of itself, and what was answered."""

from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from uuid import UUID

from casework.identity import Principal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asking:
    """A request with a key: its route, its target, its body, and how it is answered when done.

    `made` and `number` name the details of its leaf that say what it made; `case` is the case.
    """

    key: UUID
    route: str
    target: str
    status: int
    made: str
    number: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: a status, and the id or the number of what was made."""

    status: int
    made_id: UUID | None = None
    number: int | None = None


class Repeats(Protocol):
    """Remembers what was done with a key, for a day."""

    def find(self, who: Principal, asking: Asking) -> Answer | None:
        """Return the answer already given, or None. Raises `RepeatKeyReused`."""
        ...

    def through(self, service: T, asking: Asking) -> T:
        """Return the same service, bound to commit the key with what it does."""
        ...
