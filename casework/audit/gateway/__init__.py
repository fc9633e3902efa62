"""Reads and creates the rows of the register; appending has its own faster way."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    insert,
    select,
)
from sqlalchemy.orm import Session, aliased

from casework.audit.additions import BOUND, Head, LeafValues, Note, Subject
from casework.audit.anchors.anchor import Anchor
from casework.audit.blocks import Block, BlockReader
from casework.audit.gateway.runs import Run, conditions
from casework.audit.leaf import RowDigest
from casework.audit.lines import Asked, Slice
from casework.audit.models import (
    AnchorRow,
    CheckpointRow,
    CoverRow,
    DigestRow,
    HeadRow,
    LeafRow,
    PartRow,
    SubjectRow,
)
from casework.audit.nodes import Stored, completing, peaks_of, reader_of
from casework.audit.numbers import FIRST_AFTER, FREQUENT, HEAD, of_rare_acts
from casework.audit.proof import NodeReader
from casework.audit.tree import EMPTY_ROOT, peak_places
from casework.moments import from_micros, to_micros

T = TypeVar("T")
_BATCH: Final = 2000
_MARGIN: Final = timedelta(days=1)
_NOTE: Final = tuple(getattr(CheckpointRow, name) for name in Note._fields)
_LEAF: Final = tuple(
    getattr(LeafRow if name in BOUND else PartRow, name) for name in LeafValues._fields
)
_SAME: Final = and_(PartRow.council_id == LeafRow.council_id, PartRow.seq == LeafRow.seq)
_LINES: Final = select(*_LEAF).outerjoin_from(LeafRow, PartRow, _SAME)


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
        self._mine = LeafRow.council_id == council_id

    def head(self) -> Head | None:
        """Return the head; None when this council has no register."""
        row = self._session.execute(HEAD, {"council": self._council_id}).one_or_none()
        return None if row is None else Head(*row)

    def leaves(self, size: int) -> Iterator[LeafValues]:
        """Give the leaves before `size` in order, a few thousand in memory at a time."""
        mine = _LINES.where(self._mine, LeafRow.seq < size)
        return map(LeafValues._make, self._stream(mine.order_by(LeafRow.seq)))

    def hold_appends(self) -> None:
        """Let nobody append until this transaction ends: it waits, and so do they."""
        held = select(HeadRow.size).where(HeadRow.council_id == self._council_id)
        self._session.execute(held.with_for_update()).first()

    def blocks(self, first: int, end: int, step: int, *, parts: bool) -> Iterator[Block]:
        """Give the leaves from `first` to before `end` in order, a multiple of `step` at a time."""
        reader = BlockReader(self._session.connection(), self._council_id, parts=parts)
        return reader.blocks(first, end, step)

    def notes(self, size: int, after: int = -1) -> list[Note]:
        """Return the checkpoints up to `size` and larger than `after`, smallest first."""
        mine = select(*_NOTE).where(
            CheckpointRow.council_id == self._council_id,
            CheckpointRow.size <= size,
            CheckpointRow.size > after,
        )
        return [Note(*row) for row in self._session.execute(mine.order_by(CheckpointRow.size))]

    def newest_note(self) -> Note | None:
        """Return the newest checkpoint, if there is one."""
        mine = select(*_NOTE).where(CheckpointRow.council_id == self._council_id)
        row = self._session.execute(mine.order_by(CheckpointRow.size.desc()).limit(1)).first()
        return None if row is None else Note(*row)

    def note_like(self, wanted: Callable[[str], bool]) -> Note | None:
        """Return the newest checkpoint that is `wanted`: they are many, and paper is recent."""
        mine = select(*_NOTE).where(CheckpointRow.council_id == self._council_id)
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

    def digests(self, size: int, first: int = 0) -> Iterator[tuple[int, RowDigest]]:
        """Give the digests of sealed values with the number of their leaf, in that order."""
        place = (DigestRow.table_name, DigestRow.row_id, DigestRow.column_name)
        mine = select(DigestRow.seq, *place, DigestRow.digest).where(
            DigestRow.council_id == self._council_id, DigestRow.seq < size
        )
        if first:
            mine = mine.where(DigestRow.seq >= first)
        for seq, *rest in self._stream(mine.order_by(DigestRow.seq)):
            yield seq, RowDigest(*rest)

    def subjects(self, size: int, tags: tuple[bytes, bytes | None]) -> Iterator[Subject]:
        """Give the subjects of the leaves before `size` with `tags` = (first, end), in no order."""
        mine = select(SubjectRow.tag, SubjectRow.seq).where(
            SubjectRow.council_id == self._council_id, SubjectRow.seq < size
        )
        if tags[0]:
            mine = mine.where(SubjectRow.tag >= tags[0])
        if tags[1] is not None:
            mine = mine.where(SubjectRow.tag < tags[1])
        return map(Subject._make, self._stream(mine))

    def leaves_beyond(self) -> list[int]:
        """Return the leaves after the head: a sound register has none.

        The head is read in the same statement, so that an append meanwhile is no intruder.
        """
        return self._beyond(LeafRow.seq, LeafRow.council_id, LeafRow.seq >= HeadRow.size)

    def parts_astray(self, first: int) -> list[int]:
        """Return the lines before `first`, and after the head, of which there still are parts."""
        mine, seq = PartRow.council_id, PartRow.seq
        either = seq < first, seq >= HeadRow.size
        return [line for where in either for line in self._beyond(seq, mine, where)]

    def notes_beyond(self) -> list[int]:
        """Return the sizes of checkpoints of a larger register than there is."""
        mine, size = CheckpointRow.council_id, CheckpointRow.size
        return self._beyond(size, mine, size > HeadRow.size)

    def _beyond(self, number: Any, council: Any, past: ColumnElement[bool]) -> list[int]:
        together = select(number).join(HeadRow, HeadRow.council_id == council)
        return list(self._session.scalars(together.where(council == self._council_id, past)))

    def page(self, asked: Asked, tags: Sequence[bytes], size: Slice) -> list[LeafValues]:
        """Return the leaves asked for that carry all `tags`, newest first."""
        return self._found(asked, tags, Run(0, size.before, size.count, newest=True))

    def onward(
        self, asked: Asked, tags: Sequence[bytes], span: tuple[int, int]
    ) -> list[LeafValues]:
        """Return the next few thousand leaves asked for, oldest first, of `span` = (first, end)."""
        return self._found(asked, tags, Run(*span, _BATCH, newest=False))

    def _found(self, asked: Asked, tags: Sequence[bytes], run: Run) -> list[LeafValues]:
        """Follow an index that gives the order too, so that a page costs what it shows."""
        run = self._narrowed(asked, run)
        if tags:
            found = run.over(self._tagged(tags), SubjectRow.seq)
        elif asked.acts and not asked.acts & FREQUENT and not asked.lines:
            found = _LINES.where(LeafRow.seq.in_(self._numbers(asked, run)))
            return self._leaves(run.ordered(found.where(self._mine), LeafRow.seq))
        else:
            found = run.over(_LINES.where(self._mine), LeafRow.seq)
        return self._leaves(found.where(*conditions(asked)))

    def _leaves(self, found: Select[*tuple[Any, ...]]) -> list[LeafValues]:
        return [LeafValues(*row) for row in self._session.execute(found)]

    def _tagged(self, tags: Sequence[bytes]) -> Select[*tuple[Any, ...]]:
        """Begin at the index of what the leaves speak of: it is in their order."""
        joined = and_(LeafRow.council_id == SubjectRow.council_id, LeafRow.seq == SubjectRow.seq)
        begun = select(*_LEAF).select_from(SubjectRow).join(LeafRow, joined)
        found = begun.outerjoin(PartRow, _SAME)
        found = found.where(SubjectRow.council_id == self._council_id, SubjectRow.tag == tags[0])
        for tag in tags[1:]:
            other = aliased(SubjectRow)
            also = exists().where(
                other.council_id == SubjectRow.council_id,
                other.tag == tag,
                other.seq == SubjectRow.seq,
            )
            found = found.where(also)
        return found

    def _numbers(self, asked: Asked, run: Run) -> list[int]:
        """Return the numbers of the leaves of a run, of acts that are all rare."""
        acts = {f"act{number}": act.value for number, act in enumerate(sorted(asked.acts))}
        bounds = {
            "seq >= :first": ("first", run.first or None),
            "seq < :end": ("end", run.end),
            "at >= :since": ("since", asked.since and to_micros(asked.since)),
            "at < :until": ("until", asked.until and to_micros(asked.until)),
            "outcome = :outcome": ("outcome", asked.outcome),
        }
        given = {term: pair for term, pair in bounds.items() if pair[1] is not None}
        statement = of_rare_acts(len(acts), tuple(given), "DESC" if run.newest else "ASC")
        values = {"council": self._council_id, "count": run.most, **acts, **dict(given.values())}
        return list(self._session.scalars(statement, values))

    def _narrowed(self, asked: Asked, run: Run) -> Run:
        """Bound a run by the numbers of a period, which its times then make exact.

        Times follow the numbers but for a clock that was set right meanwhile: a day of margin.
        """
        first, end = run.first, run.end
        if asked.since is not None:
            first = max(first, self._first_after(asked.since - _MARGIN))
        if asked.until is not None:
            last = self._first_after(asked.until + _MARGIN)
            end = last if end is None else min(end, last)
        return run._replace(first=first, end=end)

    def _first_after(self, moment: datetime) -> int:
        """Return the number of the first leaf not before a moment, by halving."""
        head = self.head()
        asked = {"council": self._council_id, "size": head.size if head else 0}
        found: int = self._session.scalars(
            FIRST_AFTER, {**asked, "micros": to_micros(moment)}
        ).one()
        return found

    def moment_behind(self, leaves: int) -> datetime | None:
        """Return the moment of the leaf that `leaves` others follow; None when there are fewer."""
        head = self.head()
        if head is None or head.size <= leaves:
            return None
        mine = select(LeafRow.at).where(self._mine, LeafRow.seq >= head.size - leaves)
        return from_micros(self._session.scalars(mine.order_by(LeafRow.seq).limit(1)).one())

    def stored_peaks(self, size: int) -> list[bytes | None]:
        """Return the stored roots of the complete subtrees of `size` leaves; None if absent."""
        return peaks_of(self._with_nodes(peak_places(size)), size)

    def from_nodes(self, build: Callable[[NodeReader], T]) -> T:
        """Return what `build` makes of stored nodes (a proof, a root), read in one statement."""
        places: set[tuple[int, int]] = set()

        def ask(level: int, index: int) -> bytes:
            places.add((level, index))
            return b""

        build(ask)
        return build(reader_of(self._with_nodes(places)))

    def covers(self) -> dict[tuple[int, int], bytes]:
        """Return, by (level, index), the nodes that stand for the pruned lines."""
        mine = select(CoverRow.level, CoverRow.idx, CoverRow.hash)
        rows = self._session.execute(mine.where(CoverRow.council_id == self._council_id))
        return {(level, index): hashed for level, index, hashed in rows}

    def moments(self, seqs: Collection[int]) -> dict[int, int]:
        """Return when some leaves were written, by their number."""
        mine = select(LeafRow.seq, LeafRow.at).where(self._mine, LeafRow.seq.in_(seqs))
        return {row.seq: row.at for row in self._session.execute(mine)}

    def _with_nodes(self, places: Iterable[tuple[int, int]]) -> Stored:
        """Return what is stored of some subtrees, by (level, index)."""
        seqs = completing(places)
        leaves = BlockReader(self._session.connection(), self._council_id).nodes_of(seqs)
        return Stored(leaves, self.covers() if len(leaves) < len(seqs) else {})

    def _stream(self, statement: Select[*tuple[Any, ...]]) -> Iterator[Any]:
        """Read past the mapper, which would double the cost of a row."""
        connection = self._session.connection()
        return iter(connection.execute(statement.execution_options(yield_per=_BATCH)))
