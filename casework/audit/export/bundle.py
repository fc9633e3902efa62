"""The files of an export, read from the register a few thousand lines at a time."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, count, islice, pairwise
from pathlib import Path
from typing import Final, TypeVar
from uuid import UUID

from casework.audit.additions import LeafValues, Note
from casework.audit.anchors.anchor import Anchor
from casework.audit.checkpoint import verifier_key
from casework.audit.export.archive import Member, Written
from casework.audit.export.lines import LeafLines
from casework.audit.export.wanted import Wanted
from casework.audit.forgetting.claim import Claim
from casework.audit.forgetting.gateway import ForgettingGateway
from casework.audit.lines import Asked
from casework.audit.ports import LogSigner, RegisterKeys
from casework.audit.proof import NodeReader, consistency_proof, inclusion_proof
from casework.audit.second_line import second_verifier_key
from casework.audit.tree import peak_places
from casework.crypto.encoding import Json, canonical_json
from casework.db.engine import Database, Scope
from casework.errors import Conflict

T = TypeVar("T")
FORMAT: Final = "casework/audit/export/v1"
_BLOCK: Final = 65_536
_PROOFS: Final = 200
_CLAIMED: Final = frozenset({"det"})
_READ_ME: Final = Path(__file__).with_name("LISEZMOI.txt")


class Bundle:
    """What one export holds: the register of a council as it stood at `size` lines."""

    def __init__(
        self, database: Database, council_id: UUID, keys: RegisterKeys, wanted: Wanted, size: int
    ) -> None:
        """Read in short transactions, so that whoever receives it slowly holds nothing up."""
        self._database = database
        self._council_id = council_id
        self._keys = keys
        self._wanted = wanted
        self._size = size
        self._lines = LeafLines(keys, wanted.opened)
        self._count = 0
        self._forgotten = Claim()

    @property
    def _first(self) -> int:
        """The first line that is wanted and still there."""
        return max(self._wanted.first, self._forgotten.horizons.first)

    def members(self) -> Iterator[Member]:
        """Give the files in their order; each is to be used up before the next.

        Raises `Conflict` when lines came to their end since the register was signed: ask again.
        """
        self._forgotten = self._claim()
        if self._forgotten.seq >= self._size:
            raise Conflict
        notes = self._read(lambda gateway: gateway.notes(self._size))
        yield Member("LISEZMOI.txt", [_READ_ME.read_bytes()])
        yield Member("checkpoint.txt", [notes[-1].note.encode()])
        yield Member("checkpoints.jsonl", map(_note_line, notes))
        if not self._wanted.complete:
            yield Member("consistency.jsonl", self._growth(notes))
        yield from self._blocks()
        if self._forgotten.seq:
            yield Member("forgetting.jsonl", self._claim_line(self._forgotten.seq))
        anchors = self._read(lambda gateway: gateway.anchors())
        if anchors:
            yield Member("anchors.jsonl", map(_anchor_line, anchors))
        if self._wanted.names:
            yield Member("names.json", [self._names()])

    def manifest(self, written: Sequence[Written]) -> bytes:
        """Return the list of the files, and how the lines are to be read.

        Raises `Conflict` when lines came to their end meanwhile: what was already given would
        accuse the register of a gap.
        """
        if self._claim() != self._forgotten:
            raise Conflict
        signer, places = self._keys.signer, peak_places(self._first)
        before = self._from_nodes(lambda node: [node(*place) for place in places])
        return _json_line(
            {
                "format": FORMAT,
                "origin": signer.origin,
                "key": verifier_key(signer.origin, signer.public),
                **_second_key(signer),
                "complete": self._wanted.complete,
                "first": self._first,
                "before": _hashes(before),
                "lines": self._count,
                "opened": list[Json](sorted(self._wanted.opened)),
                "members": [dict(one._asdict()) for one in written],
            }
        )

    def _blocks(self) -> Iterator[Member]:
        """Give the lines, 65 536 to a file; without any line, one empty file."""
        lines = self._told()
        for number in count():
            first = list(islice(lines, 1))
            if number and not first:
                return
            block = chain(first, islice(lines, _BLOCK - 1))
            yield Member(f"leaves/{number:04}.jsonl", self._counted(block))

    def _counted(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            self._count += 1
            yield line

    def _told(self) -> Iterator[bytes]:
        for batch in self._batches():
            if self._wanted.complete:
                yield from map(self._lines.with_nodes, batch)
            else:
                yield from self._proved(batch)

    def _batches(self) -> Iterator[list[LeafValues]]:
        asked, at = self._wanted.asked or Asked(), self._first
        tags = [self._keys.tags.tag(kind, one) for kind, one in asked.subjects]
        while batch := self._onward(asked, tags, at):
            yield batch
            at = batch[-1].seq + 1

    def _onward(self, asked: Asked, tags: list[bytes], at: int) -> list[LeafValues]:
        return self._read(lambda gateway: gateway.onward(asked, tags, (at, self._size)))

    def _proved(self, batch: list[LeafValues]) -> Iterator[bytes]:
        for some in _few(batch):
            paths = self._from_nodes(partial(_paths, [one.seq for one in some], self._size))
            yield from map(self._lines.with_path, some, paths)

    def _growth(self, notes: Sequence[Note]) -> Iterator[bytes]:
        """Give the proofs that each checkpoint extends the one before, but for pruned lines."""
        provable = [one.size for one in notes if one.size >= self._first]
        for some in _few(list(pairwise(provable))):
            proofs = self._from_nodes(partial(_steps, some))
            for (old, new), proof in zip(some, proofs, strict=True):
                yield _json_line({"from": old, "to": new, "proof": _hashes(proof)})

    def _claim(self) -> Claim:
        """Return the newest line that says how far the register has forgotten."""
        return self._read(lambda gateway: gateway.believed(self._keys))

    def _claim_line(self, seq: int) -> Iterator[bytes]:
        """Give that line with what it claims in clear, which concerns nobody, and its path."""
        values = self._read(lambda gateway: gateway.onward(Asked(), (), (seq, seq + 1)))
        (path,) = self._from_nodes(partial(_paths, [seq], self._size))
        yield from (LeafLines(self._keys, _CLAIMED).with_path(one, path) for one in values)

    def _names(self) -> bytes:
        members: dict[str, Json] = {
            str(one): {"name": named.name, "organisation": named.organisation}
            for one, named in self._wanted.names.items()
        }
        return _json_line({"signed": False, "members": members})

    def _from_nodes(self, build: Callable[[NodeReader], T]) -> T:
        return self._read(lambda gateway: gateway.from_nodes(build))

    def _read(self, ask: Callable[[ForgettingGateway], T]) -> T:
        with self._database.reading(Scope(self._council_id, whole=True)) as session:
            return ask(ForgettingGateway(session, self._council_id))


def _second_key(signer: LogSigner) -> dict[str, Json]:
    if signer.second is None:
        return {}
    return {"second_key": second_verifier_key(signer.origin, signer.second.public)}


def _few(many: Sequence[T]) -> Iterator[Sequence[T]]:
    return (many[at : at + _PROOFS] for at in range(0, len(many), _PROOFS))


def _paths(seqs: Sequence[int], size: int, node: NodeReader) -> list[list[bytes]]:
    return [inclusion_proof(seq, size, node) for seq in seqs]


def _steps(sizes: Sequence[tuple[int, int]], node: NodeReader) -> list[list[bytes]]:
    return [consistency_proof(old, new, node) for old, new in sizes]


def _note_line(note: Note) -> bytes:
    return _json_line({"size": note.size, "at": note.at, "note": note.note})


def _anchor_line(anchor: Anchor) -> bytes:
    return _json_line(anchor._asdict() | {"content": b64encode(anchor.content).decode()})


def _json_line(value: dict[str, Json]) -> bytes:
    return canonical_json(value) + b"\n"


def _hashes(found: Iterable[bytes]) -> list[Json]:
    return [one.hex() for one in found]
