"""From entries to the rows of their leaves: seals the parts, grows the tree, signs when due."""

from collections.abc import Iterator, Sequence
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
    tag: bytes
    text: bytes
    salt: bytes
    bound: bytes


class _Drafted(NamedTuple):
    entry: Entry
    parts: Sequence[_Part]
    bound: Commitments
    tags: Sequence[bytes]


class Composer:
    """Composes the leaves of one batch, all made at the same moment.

    All that does not depend on their place is done at once, before anybody is kept waiting.
    """

    def __init__(self, keys: RegisterKeys, entropy: Entropy, batch: Batch) -> None:
        """Who acted is the same in every leaf; the digests belong to the last."""
        self._keys = keys
        self._entropy = entropy
        self._batch = batch
        self._who = leaves.who(batch.principal)
        self._by = subjects_by(batch.principal)
        *others, final = batch.entries
        none = leaves.rows_commitment(())
        self._drafted = [self._draft(one, none) for one in others]
        self._drafted.append(self._draft(final, leaves.rows_commitment(batch.digests)))

    def compose(self, head: Head, at: datetime) -> Additions:
        """Return the rows that follow `head`, made at `at`; IntegrityFailure on a false head."""
        frontier, micros = _frontier_of(head), to_micros(at)
        made: list[LeafValues] = []
        for draft in self._drafted:
            seq, kind = frontier.size, leaves.kind_of(draft.entry.act, draft.entry.outcome)
            hashed = leaves.leaf_hash(seq, micros, kind, draft.bound)
            frontier, completed = frontier.append(hashed)
            nodes = b"".join([node.hash for node in completed])
            clear = (seq, micros, draft.entry.act.value, draft.entry.outcome.value, hashed, nodes)
            made.append(LeafValues(*clear, b"".join(draft.bound), *self._sealed(at, seq, draft)))
        grown = head._replace(size=frontier.size, root=frontier.root, frontier=frontier.to_bytes())
        moved, note = signed_if_due(grown, micros, self._keys)
        return Additions(moved, note, made, self._subjects(head.size), self._batch.digests)

    def _draft(self, entry: Entry, rows: bytes) -> _Drafted:
        texts = (self._who, leaves.what(entry), leaves.det(entry, self._batch.reason))
        salts = self._entropy.bytes(leaves.SALT * len(texts))
        parts = [
            _Part(tag, text, salt, leaves.commitment(tag, salt, text))
            for tag, text, salt in zip(leaves.PARTS, texts, _cut(salts), strict=True)
        ]
        tags = [self._keys.tags.tag(kind, one) for kind, one in (*self._by, *subjects_of(entry))]
        who, what, det = (one.bound for one in parts)
        return _Drafted(entry, parts, Commitments(who, what, det, rows), tags)

    def _sealed(self, at: datetime, seq: int, draft: _Drafted) -> Iterator[bytes]:
        """Give the salt of each part, and the part itself, sealed in its place."""
        for part in draft.parts:
            yield part.salt
            yield self._keys.parts.seal(at, part.tag, seq, part.text)

    def _subjects(self, first: int) -> list[Subject]:
        numbered = enumerate(self._drafted, first)
        return [Subject(tag, seq) for seq, draft in numbered for tag in draft.tags]


def _cut(salts: bytes) -> list[bytes]:
    return [salts[at : at + leaves.SALT] for at in range(0, len(salts), leaves.SALT)]


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
    text = sign(head.size, head.root, keys.signer)
    note = Note(head.size, at, text, keys.signer.mark(text))
    return head._replace(signed_size=head.size, signed_at=at), note
