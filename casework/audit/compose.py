"""From entries to the rows of their leaves: seals the parts, grows the tree, signs when due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from casework.audit import leaf as leaves
from casework.audit.additions import Additions, Head, LeafValues, Note, Subject
from casework.audit.checkpoint import sign
from casework.audit.entry import Entry
from casework.audit.leaf import Commitments, RowDigest
from casework.audit.ports import RegisterKeys
from casework.audit.tree import Frontier
from casework.entropy import Entropy
from casework.errors import IntegrityFailure
from casework.identity import Principal, Reason
from casework.moments import to_micros

CHECKPOINT_LEAVES: Final = 64
CHECKPOINT_MICROS: Final = timedelta(seconds=60) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one unit of work wants to say."""

    principal: Principal
    reason: Reason
    entries: Sequence[Entry]
    digests: Sequence[RowDigest]


class _Part(NamedTuple):
    salt: bytes
    sealed: bytes
    commitment: bytes


class Composer:
    """Composes the leaves of one batch, all made at the same moment."""

    def __init__(self, keys: RegisterKeys, entropy: Entropy, at: datetime, batch: Batch) -> None:
        """`at` is the moment of the append; who acted is the same in every leaf."""
        self._keys = keys
        self._entropy = entropy
        self._at = at
        self._micros = to_micros(at)
        self._batch = batch
        self._who = leaves.who(batch.principal)

    def compose(self, head: Head) -> Additions:
        """Return the rows that follow `head`; IntegrityFailure when it contradicts itself."""
        frontier = _frontier_of(head)
        made: list[LeafValues] = []
        *others, final = self._batch.entries
        for entry, digests in (*((one, ()) for one in others), (final, self._batch.digests)):
            frontier, values = self._leaf(frontier, entry, digests)
            made.append(values)
        grown = head._replace(size=frontier.size, root=frontier.root, frontier=frontier.to_bytes())
        moved, note = signed_if_due(grown, self._micros, self._keys)
        return Additions(moved, note, made, self._subjects(head.size), self._batch.digests)

    def _leaf(
        self, frontier: Frontier, entry: Entry, digests: Sequence[RowDigest]
    ) -> tuple[Frontier, LeafValues]:
        seq = frontier.size
        who, what, det = self._parts(seq, entry)
        rows = leaves.rows_commitment(digests)
        bound = Commitments(who.commitment, what.commitment, det.commitment, rows)
        kind = leaves.kind_of(entry.act, entry.outcome)
        hashed = leaves.leaf_hash(seq, self._micros, kind, bound)
        grown, completed = frontier.append(hashed)
        nodes = b"".join([node.hash for node in completed])
        clear = (seq, self._micros, entry.act.value, entry.outcome.value, hashed, nodes)
        return grown, LeafValues(*clear, *bound, *who[:2], *what[:2], *det[:2])

    def _parts(self, seq: int, entry: Entry) -> list[_Part]:
        texts = (self._who, leaves.what(entry), leaves.det(entry, self._batch.reason))
        salts = self._entropy.bytes(leaves.SALT * len(texts))
        return [
            self._part(seq, tag, text, salts[at * leaves.SALT : (at + 1) * leaves.SALT])
            for at, (tag, text) in enumerate(zip(leaves.PARTS, texts, strict=True))
        ]

    def _part(self, seq: int, tag: bytes, text: bytes, salt: bytes) -> _Part:
        sealed = self._keys.parts.seal(self._at, tag, seq, text)
        return _Part(salt, sealed, leaves.commitment(tag, salt, text))

    def _subjects(self, first: int) -> list[Subject]:
        by = subjects_by(self._batch.principal)
        return [
            Subject(self._keys.tags.tag(kind, one), seq)
            for seq, entry in enumerate(self._batch.entries, first)
            for kind, one in (*by, *subjects_of(entry))
        ]


def _frontier_of(head: Head) -> Frontier:
    try:
        return Frontier.from_bytes(head.size, head.frontier)
    except ValueError as fault:
        raise IntegrityFailure("the head of the register contradicts itself") from fault


def subjects_by(principal: Principal) -> list[tuple[str, UUID]]:
    """Return whom a leaf is found by: the member and the organisation that acted."""
    known = (("member", principal.member_id), ("organisation", principal.organisation_id))
    return [(kind, one) for kind, one in known if one is not None]


def subjects_of(entry: Entry) -> list[tuple[str, UUID]]:
    """Return the cases a leaf is found by, each once."""
    single = () if entry.case_id is None else (entry.case_id,)
    return [("case", one) for one in dict.fromkeys((*single, *entry.cases))]


def signed_if_due(head: Head, at: int, keys: RegisterKeys) -> tuple[Head, Note | None]:
    """Sign a checkpoint each 64 leaves or 60 seconds, by whoever crosses the line."""
    waiting = head.size - head.signed_size
    if waiting >= CHECKPOINT_LEAVES or abs(at - head.signed_at) >= CHECKPOINT_MICROS:
        return signed(head, at, keys)
    return head, None


def signed(head: Head, at: int, keys: RegisterKeys) -> tuple[Head, Note]:
    """Sign the head as it stands at `at` (microseconds)."""
    note = Note(head.size, at, sign(head.size, head.root, keys.signer))
    return head._replace(signed_size=head.size, signed_at=at), note
