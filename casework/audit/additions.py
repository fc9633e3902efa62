"""What one append adds to the tables of a register, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from casework.audit.leaf import Commitments, RowDigest


class Head(NamedTuple):
    """Where a register stands; `signed_at` in microseconds, of the newest checkpoint."""

    size: int
    root: bytes
    frontier: bytes
    signed_size: int
    signed_at: int


class LeafValues(NamedTuple):
    """A row of `audit_leaves` without its council, in the order of the columns."""

    seq: int
    at: int
    kind: str
    outcome: str
    leaf: bytes
    nodes: bytes
    who_c: bytes
    what_c: bytes
    det_c: bytes
    rows_c: bytes
    who_salt: bytes | None
    who: bytes | None
    what_salt: bytes | None
    what: bytes | None
    det_salt: bytes | None
    det: bytes | None


def bound_in(values: LeafValues) -> Commitments:
    """Return the four hashes a stored leaf committed to."""
    return Commitments(values.who_c, values.what_c, values.det_c, values.rows_c)


class Note(NamedTuple):
    """A row of `audit_checkpoints` without its council."""

    size: int
    at: int
    note: str


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
