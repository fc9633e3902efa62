"""What one append adds to the tables of a register, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from casework.audit.leaf import Commitments, RowDigest
from casework.audit.tree import HASH


class Head(NamedTuple):
    """Where a register stands; `signed_at` in microseconds, of the newest checkpoint."""

    size: int
    root: bytes
    frontier: bytes
    signed_size: int
    signed_at: int


class LeafValues(NamedTuple):
    """A row of `audit_leaves` and of `audit_parts` without its council, in that order."""

    seq: int
    at: int
    kind: str
    outcome: str
    leaf: bytes
    nodes: bytes
    bound: bytes
    who_salt: bytes | None
    who: bytes | None
    what_salt: bytes | None
    what: bytes | None
    det_salt: bytes | None
    det: bytes | None

    @property
    def commitments(self) -> Commitments:
        """The four hashes the leaf committed to; of what cannot be such, as much as there is."""
        bound = self.bound if type(self.bound) is bytes else b""
        return Commitments(*(bound[at : at + HASH] for at in range(0, 4 * HASH, HASH)))


BOUND: Final = LeafValues._fields[: LeafValues._fields.index("who_salt")]
"""The columns of `audit_leaves`; those that follow are of `audit_parts`."""


class Note(NamedTuple):
    """A row of `audit_checkpoints` without its council."""

    size: int
    at: int
    note: str
    mark: bytes | None = None


class Subject(NamedTuple):
    """A row of `audit_subjects` without its council."""

    tag: bytes
    seq: int


@dataclass(frozen=True, slots=True)
class Additions:
    """All rows of one append; the digests belong to its last leaf."""

    head: Head
    note: Note | None = None
    leaves: Sequence[LeafValues] = ()
    subjects: Sequence[Subject] = ()
    digests: Sequence[RowDigest] = ()
