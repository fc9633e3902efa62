"""The bytes of a leaf: three redactable parts, the digests of rows, and their hash.

    c_part = SHA-256("casework/audit/part/v1" 00 tag 00 salt16 ‖ canonical JSON)
    c_rows = SHA-256("casework/audit/rows/v1" 00 ‖ lp(table, row, column, digest) …, sorted)
    leaf   = SHA-256(00 ‖ "casework/audit/leaf/v1" ‖ u64 seq ‖ u64 µs ‖ u8 len ‖ kind
             ‖ c_who ‖ c_what ‖ c_det ‖ c_rows)            kind = act "=" outcome

The outcome stands in the kind, so that a refusal cannot be turned into a success without keys.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from struct import Struct
from typing import Final, NamedTuple
from uuid import UUID

from casework.audit.entry import Detail, Entry, is_reference
from casework.crypto.encoding import Json, canonical_json, lp
from casework.identity import Principal, PrincipalKind, Reason

WHO: Final = b"who"
WHAT: Final = b"what"
DET: Final = b"det"
PARTS: Final = (WHO, WHAT, DET)
SALT: Final = 16

_PREFIX: Final = {tag: b"casework/audit/part/v1\0" + tag + b"\0" for tag in PARTS}
_ROWS: Final = b"casework/audit/rows/v1\0"
_LEAF: Final = b"\0casework/audit/leaf/v1"
_HEADER: Final = Struct(">QQB")


class RowDigest(NamedTuple):
    """SHA-256 of one sealed value at its place; None once the value is erased."""

    table: str
    row_id: UUID
    column: str
    digest: bytes | None


class Commitments(NamedTuple):
    """The four hashes a leaf commits to; they stay when the parts are erased."""

    who: bytes
    what: bytes
    det: bytes
    rows: bytes


def commitment(tag: bytes, salt: bytes, plaintext: bytes) -> bytes:
    """Return the hiding commitment to one part."""
    return hashlib.sha256(_PREFIX[tag] + salt + plaintext).digest()


def rows_commitment(digests: Iterable[RowDigest]) -> bytes:
    """Return the commitment to the sealed values written; the order does not matter."""
    ordered = sorted(
        lp(one.table.encode(), one.row_id.bytes, one.column.encode(), one.digest or b"")
        for one in digests
    )
    return hashlib.sha256(_ROWS + b"".join(ordered)).digest()


def leaf_hash(seq: int, at: int, kind: bytes, bound: Commitments) -> bytes:
    """Return the RFC 6962 leaf hash; `at` in microseconds since 1970."""
    header = _HEADER.pack(seq, at, len(kind))
    return hashlib.sha256(b"".join((_LEAF, header, kind, *bound))).digest()


class Run(NamedTuple):
    """Leaves that follow one another from number `first` on, column after column.

    `kinds` are texts, each of `bound` the four hashes of a leaf in one piece.
    """

    first: int
    ats: Sequence[int]
    kinds: Sequence[str]
    bound: Sequence[bytes]


def leaf_hashes(run: Run) -> list[bytes]:
    """Return the hashes of many leaves at once."""
    sha256 = hashlib.sha256
    return [sha256(one).digest() for one in leaf_bytes(run)]


def leaf_bytes(run: Run) -> list[bytes]:
    """Return what the hashes of many leaves are made of."""
    encoded = {kind: kind.encode() for kind in set(run.kinds)}
    kinds = [encoded[kind] for kind in run.kinds]
    numbers = range(run.first, run.first + len(kinds))
    headers = [*map(_HEADER.pack, numbers, run.ats, map(len, kinds))]
    return [*map(b"".join, zip(repeat(_LEAF), headers, kinds, run.bound, strict=False))]


@lru_cache
def kind_of(act: str, outcome: str) -> bytes:
    """Return the kind of a leaf: what was done and how it ended."""
    return f"{act}={outcome}".encode()


def who(principal: Principal) -> bytes:
    """Return the plaintext of the part that tells who acted: ids, never a name.

    Operators and jobs have no member id: their code stands in the place of the session.
    """
    by_label = principal.kind in {PrincipalKind.OPERATOR, PrincipalKind.SERVICE}
    session = principal.label if by_label else principal.session_tag
    if not is_reference(session):
        raise ValueError("the code of a session, an operator or a job is no sentence")
    return canonical_json(
        {
            "member": _text(principal.member_id),
            "organisation": _text(principal.organisation_id),
            "kind": principal.kind.value,
            "session": session,
        }
    )


def what(entry: Entry) -> bytes:
    """Return the plaintext of the part that tells which cases and compartments."""
    return canonical_json(
        {
            "case": _text(entry.case_id),
            "cases": [str(one) for one in entry.cases],
            "compartments": [str(one) for one in entry.compartments],
        }
    )


def det(entry: Entry, reason: Reason) -> bytes:
    """Return the plaintext of the part that tells why, how it ended and by which article."""
    told = {**entry.detail, **_scan(entry)}
    detail: dict[str, Json] = {name: _plain(value) for name, value in told.items()}
    return canonical_json(
        {
            "reason": reason.value,
            "outcome": entry.outcome.value,
            "article": entry.article,
            "detail": detail,
        }
    )


def _scan(entry: Entry) -> Detail:
    """Tell what a search compares: how many parts, and SHA-256 of their ids in order."""
    if entry.scanned is None:
        return {}
    ids = b"".join(sorted(one.bytes for one in entry.scanned))
    return {"scanned": len(entry.scanned), "scanned_digest": hashlib.sha256(ids).hexdigest()}


def _text(one: UUID | None) -> str | None:
    return None if one is None else str(one)


def _plain(value: int | str | UUID) -> int | str:
    return str(value) if isinstance(value, UUID) else value
