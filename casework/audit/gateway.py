"""Reads and creates the rows of the register; appending has its own faster way."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import Boolean, ColumnElement, Select, insert, literal_column, select
from sqlalchemy.orm import Session

from casework.audit.actions import Outcome
from casework.audit.additions import Head, LeafValues, Note, Subject
from casework.audit.anchors.anchor import Anchor
from casework.audit.leaf import RowDigest
from casework.audit.lines import Asked, Slice
from casework.audit.models import (
    FREQUENT,
    RARE,
    UNUSUAL,
    AnchorRow,
    CheckpointRow,
    DigestRow,
    HeadRow,
    LeafRow,
    SubjectRow,
)
from casework.audit.proof import NodeReader
from casework.audit.tree import EMPTY_ROOT, HASH
from casework.db.types import to_micros
from casework.errors import IntegrityFailure

T = TypeVar("T")
_BATCH: Final = 2000
_MARGIN: Final = timedelta(days=1)
_LEAF: Final = tuple(getattr(LeafRow, name) for name in LeafValues._fields)
_HEAD: Final = tuple(getattr(HeadRow, name) for name in Head._fields)


def create_log(session: Session, council_id: UUID) -> None:
    """Create the empty register of a new council, in the transaction that creates it."""
    empty = Head(0, EMPTY_ROOT, b"", 0, 0)
    session.execute(insert(HeadRow).values(council_id=council_id, **empty._asdict()))


class RegisterGateway:
    """The stored register of one council, for the length of one transaction."""

    def __init__(self, session: Session, council_id: UUID) -> None:
        """Read through `session`."""
        self._session = session
        self._council_id = council_id

    def head(self) -> Head | None:
        """Return the head; None when this council has no register."""
        found = select(*_HEAD).where(HeadRow.council_id == self._council_id)
        row = self._session.execute(found).one_or_none()
        return None if row is None else Head(*row)

    def leaves(self, size: int) -> Iterator[LeafValues]:
        """Give the leaves before `size` in order, a few thousand in memory at a time."""
        mine = select(*_LEAF).where(LeafRow.council_id == self._council_id, LeafRow.seq < size)
        return map(LeafValues._make, self._stream(mine.order_by(LeafRow.seq)))

    def notes(self, size: int) -> list[Note]:
        """Return the checkpoints up to `size`, smallest first."""
        columns = (CheckpointRow.size, CheckpointRow.at, CheckpointRow.note)
        mine = select(*columns).where(
            CheckpointRow.council_id == self._council_id, CheckpointRow.size <= size
        )
        return [Note(*row) for row in self._session.execute(mine.order_by(CheckpointRow.size))]

    def newest_note(self) -> Note | None:
        """Return the newest checkpoint, if there is one."""
        columns = (CheckpointRow.size, CheckpointRow.at, CheckpointRow.note)
        mine = select(*columns).where(CheckpointRow.council_id == self._council_id)
        row = self._session.execute(mine.order_by(CheckpointRow.size.desc()).limit(1)).first()
        return None if row is None else Note(*row)

    def note_like(self, wanted: Callable[[str], bool]) -> Note | None:
        """Return the newest checkpoint that is `wanted`: they are many, and paper is recent."""
        columns = (CheckpointRow.size, CheckpointRow.at, CheckpointRow.note)
        mine = select(*columns).where(CheckpointRow.council_id == self._council_id)
        back = mine.order_by(CheckpointRow.size.desc()).execution_options(yield_per=_BATCH)
        with self._session.connection().execute(back) as rows:
            return next((one for one in map(Note._make, rows) if wanted(one.note)), None)

    def anchors(self) -> list[Anchor]:
        """Return what others gave back for checkpoints, smallest first."""
        columns = [getattr(AnchorRow, name) for name in Anchor._fields]
        mine = select(*columns).where(AnchorRow.council_id == self._council_id)
        ordered = mine.order_by(AnchorRow.size, AnchorRow.kind, AnchorRow.giver)
        return [Anchor(*row) for row in self._session.execute(ordered)]

    def add_anchors(self, anchors: Iterable[Anchor]) -> None:
        """Keep what others gave back."""
        for one in anchors:
            values = one._asdict()
            self._session.execute(insert(AnchorRow).values(council_id=self._council_id, **values))

    def digests(self, size: int) -> Iterator[tuple[int, RowDigest]]:
        """Give the digests of sealed values with the number of their leaf, in that order."""
        place = (DigestRow.table_name, DigestRow.row_id, DigestRow.column_name)
        mine = select(DigestRow.seq, *place, DigestRow.digest).where(
            DigestRow.council_id == self._council_id, DigestRow.seq < size
        )
        for seq, *rest in self._stream(mine.order_by(DigestRow.seq)):
            yield seq, RowDigest(*rest)

    def subjects(self, size: int) -> Iterator[Subject]:
        """Give the subjects of the leaves before `size`, in no order."""
        mine = select(SubjectRow.tag, SubjectRow.seq).where(
            SubjectRow.council_id == self._council_id, SubjectRow.seq < size
        )
        return map(Subject._make, self._stream(mine))

    def leaves_beyond(self) -> list[int]:
        """Return the leaves after the head: a sound register has none.

        The head is read in the same statement, so that an append meanwhile is no intruder.
        """
        return self._beyond(LeafRow.seq, LeafRow.council_id, LeafRow.seq >= HeadRow.size)

    def notes_beyond(self) -> list[int]:
        """Return the sizes of checkpoints of a larger register than there is."""
        mine, size = CheckpointRow.council_id, CheckpointRow.size
        return self._beyond(size, mine, size > HeadRow.size)

    def _beyond(self, number: Any, council: Any, past: ColumnElement[bool]) -> list[int]:
        together = select(number).join(HeadRow, HeadRow.council_id == council)
        return list(self._session.scalars(together.where(council == self._council_id, past)))

    def page(self, asked: Asked, tags: Iterable[bytes], size: Slice) -> list[LeafValues]:
        """Return the leaves asked for that carry all `tags`, newest first."""
        found = self._matching(asked, tags)
        if size.before is not None:
            found = found.where(LeafRow.seq < size.before)
        rows = self._session.execute(found.order_by(LeafRow.seq.desc()).limit(size.count))
        return [LeafValues(*row) for row in rows]

    def onward(
        self, asked: Asked, tags: Iterable[bytes], span: tuple[int, int]
    ) -> list[LeafValues]:
        """Return the next few thousand leaves asked for, oldest first, of `span` = (first, end)."""
        found = self._matching(asked, tags).where(LeafRow.seq >= span[0], LeafRow.seq < span[1])
        rows = self._session.execute(found.order_by(LeafRow.seq).limit(_BATCH))
        return [LeafValues(*row) for row in rows]

    def _matching(self, asked: Asked, tags: Iterable[bytes]) -> Select[*tuple[Any, ...]]:
        found = select(*_LEAF).where(LeafRow.council_id == self._council_id)
        for tag in tags:
            found = found.where(LeafRow.seq.in_(self._tagged(tag)))
        return found.where(*_conditions(asked), *self._period(asked))

    def _tagged(self, tag: bytes) -> Select[int]:
        mine = select(SubjectRow.seq).where(SubjectRow.council_id == self._council_id)
        return mine.where(SubjectRow.tag == tag)

    def _period(self, asked: Asked) -> Iterator[ColumnElement[bool]]:
        """Give the conditions of a period: exact on the time, and near enough on the number.

        Times follow the numbers but for a clock that was set right meanwhile: a day of margin.
        """
        if asked.since is not None:
            yield LeafRow.at >= to_micros(asked.since)
            yield LeafRow.seq >= self._first_after(to_micros(asked.since - _MARGIN))
        if asked.until is not None:
            yield LeafRow.at < to_micros(asked.until)
            yield LeafRow.seq < self._first_after(to_micros(asked.until + _MARGIN))

    def _first_after(self, micros: int) -> int:
        """Return the number of the first leaf not before a moment, by halving."""
        head = self.head()
        low, high = 0, head.size if head else 0
        while low < high:
            middle = (low + high) // 2
            if self._moment(middle) < micros:
                low = middle + 1
            else:
                high = middle
        return low

    def _moment(self, seq: int) -> int:
        """Return the moment of leaf `seq`, or of the next one that is left."""
        mine = select(LeafRow.at).where(LeafRow.council_id == self._council_id, LeafRow.seq >= seq)
        return self._session.scalars(mine.order_by(LeafRow.seq).limit(1)).one()

    def from_nodes(self, build: Callable[[NodeReader], T]) -> T:
        """Return what `build` makes of stored nodes (a proof, a root), read in one statement."""
        places: set[tuple[int, int]] = set()

        def ask(level: int, index: int) -> bytes:
            places.add((level, index))
            return b""

        build(ask)
        return build(self._nodes(places))

    def _nodes(self, places: set[tuple[int, int]]) -> NodeReader:
        """Return a reader of complete subtrees: each lies with the leaf that completed it."""
        seqs = {((index + 1) << level) - 1 for level, index in places}
        wanted = select(LeafRow.seq, LeafRow.leaf, LeafRow.nodes).where(
            LeafRow.council_id == self._council_id, LeafRow.seq.in_(seqs)
        )
        stored = {seq: leaf + nodes for seq, leaf, nodes in self._session.execute(wanted)}

        def read(level: int, index: int) -> bytes:
            found = stored.get(((index + 1) << level) - 1, b"")[level * HASH : (level + 1) * HASH]
            if len(found) != HASH:
                raise IntegrityFailure("a line that a proof needs is missing or shortened")
            return found

        return read

    def _stream(self, statement: Select[*tuple[Any, ...]]) -> Iterator[Any]:
        """Read past the mapper, which would double the cost of a row."""
        connection = self._session.connection()
        return iter(connection.execute(statement.execution_options(yield_per=_BATCH)))


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    """Give the conditions on act and outcome, in the words of the partial indexes."""
    if asked.acts:
        yield LeafRow.kind.in_(sorted(asked.acts))
        if not asked.acts & FREQUENT:
            yield literal_column(RARE, Boolean)
    if asked.outcome is not None:
        yield LeafRow.outcome == asked.outcome
        if asked.outcome is not Outcome.ALLOWED:
            yield literal_column(UNUSUAL, Boolean)
