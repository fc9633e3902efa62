"""What the register needs of the keys, which live one layer above."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


class PartCipher(Protocol):
    """Seals the parts of the leaves of one council, with one key for each calendar month."""

    def seal(self, at: datetime, tag: bytes, seq: int, plaintext: bytes) -> bytes:
        """Seal one part (`tag` is b"who", b"what" or b"det") of leaf `seq` made at `at`."""
        ...

    def open(self, at: datetime, tag: bytes, seq: int, sealed: bytes) -> bytes | None:
        """Open it; None once the month's key is destroyed; SealBroken when it was altered."""
        ...


class SubjectTags(Protocol):
    """Blinds the ids by which leaves of one council are found again."""

    def tag(self, kind: str, subject_id: UUID) -> bytes:
        """Return 16 bytes, always the same for (kind, id); kind: case, member, organisation."""
        ...


class SecondSigner(Protocol):
    """Signs the checkpoints of one council once more, with ML-DSA-44."""

    @property
    def public(self) -> bytes:
        """ML-DSA-44 public key, 1312 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 2420-byte signature of `message`."""
        ...


class LogSigner(Protocol):
    """Signs the checkpoints of one council."""

    @property
    def origin(self) -> str:
        """Name of the register: `casework/<council id>` (`checkpoint.origin_of`)."""
        ...

    @property
    def public(self) -> bytes:
        """Ed25519 public key, 32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message`."""
        ...

    def mark(self, note: str) -> bytes:
        """Return 32 bytes that nobody makes for a note but the holder of the signing key."""
        ...

    @property
    def second(self) -> SecondSigner | None:
        """The key of second lines; None for a council that has none."""
        ...

    @property
    def twice(self) -> bool:
        """Say whether new checkpoints bear a second line."""
        ...


@dataclass(frozen=True, slots=True)
class RegisterKeys:
    """All keys of one council's register."""

    parts: PartCipher
    tags: SubjectTags
    signer: LogSigner


class RegisterKeyring(Protocol):
    """Finds the keys of a council's register."""

    def of(self, council_id: UUID) -> RegisterKeys:
        """Return them; called for each unit of work, so it answers from memory."""
        ...
