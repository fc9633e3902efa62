"""What anchoring needs of the world: a mail service, a time-stamp authority, witnesses.

Each raises `Unavailable` when it cannot answer now; none is told anything but the checkpoint.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Mailer(Protocol):
    """Sends one text to the addresses that the operator chose."""

    @property
    def recipients(self) -> int:
        """How many addresses there are."""
        ...

    def send(self, subject: str, text: str) -> str:
        """Send it to each; return the id of the message."""
        ...


class TimeStamper(Protocol):
    """A time-stamp authority (RFC 3161)."""

    @property
    def name(self) -> str:
        """Its address, without a secret."""
        ...

    def stamp(self, data: bytes) -> bytes:
        """Return a token over `data`, in DER, that was checked against the authority's root."""
        ...


class Witness(Protocol):
    """Somebody who cosigns checkpoints that extend all they saw (C2SP tlog-witness)."""

    @property
    def name(self) -> str:
        """The name on its signature lines."""
        ...

    def submit(self, old: int, proof: Sequence[bytes], note: str) -> "int | str":
        """Return the cosignature lines; or the size that it knows, when that is not `old`."""
        ...

    def cosigned(self, note: str, lines: str) -> str:
        """Return its own line among `lines` once verified; SealBroken when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """To whom this instance hands its checkpoints; all of it optional."""

    mailer: Mailer | None = None
    stamper: TimeStamper | None = None
    witnesses: Sequence[Witness] = ()
