"""What forgetting reads and takes away of the register: parts, index entries, digests, lines."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, delete, insert, select, update

from casework.audit.additions import LeafValues, Subject
from casework.audit.forgetting.claim import CLAIMS, LOOKED_AT, Claim, believed, claimed
from casework.audit.gateway import RegisterGateway
from casework.audit.leaf import RowDigest
from casework.audit.lines import Asked, Slice
from casework.audit.models import CoverRow, DigestRow, HeadRow, LeafRow, PartRow, SubjectRow
from casework.audit.ports import RegisterKeys
from casework.db.types import Blob
from casework.errors import IntegrityFailure, SealBroken

Span = tuple[int, int]
"""Lines from the first number, included, to the second, excluded."""

_BATCH: Final = 2000


class ForgettingGateway(RegisterGateway):
    """The register of one council under forgetting, for the length of one transaction."""

    def claim(self, keys: RegisterKeys) -> Claim:
        """Return the newest claim. Raises `IntegrityFailure` when it is not genuine."""
        found = self.page(CLAIMS, (), Slice(count=1))
        try:
            return claimed(keys, found[0]) if found else Claim()
        except SealBroken as fault:
            raise IntegrityFailure("the line that says what was forgotten is altered") from fault

    def lock(self) -> None:
        """Keep appends waiting until the end of this transaction: what is read now stays true.

        On SQLite the transaction has the only writer's place already.
        """
        mine = select(HeadRow.size).where(HeadRow.council_id == self._council_id)
        self._session.execute(mine.with_for_update())

    def believed(self, keys: RegisterKeys) -> Claim:
        """Return the newest claim that is genuine, for whoever looks on."""
        return believed(keys, self.page(CLAIMS, (), Slice(count=LOOKED_AT)))

    def lines(self) -> int:
        """Return how many lines were ever written."""
        head = self.head()
        return head.size if head else 0

    def due_until(self, first: int, before: int, now: int) -> int:
        """Return the number below which lines are due: they were written before a due one.

        It stops at the first line of the time between. A line dated after `now` has no date of its
        own and stops nothing; one dated wrongly in the past takes no other along.
        """
        young = self._seqs(LeafRow.seq >= first, LeafRow.at >= before, LeafRow.at <= now)
        stop = self._session.scalar(young.order_by(LeafRow.seq).limit(1))
        return self._behind_due((first, self.lines() if stop is None else stop), before)

    def step(self, span: Span, before: int, most: int) -> Span:
        """Return about the first `most` lines of a span.

        A step ends behind a line that is itself due, as the whole does.
        """
        first, end = span
        near = self._behind_due((first, min(end, first + most)), before)
        if near > first:
            return first, near
        due = self._seqs(LeafRow.seq >= first, LeafRow.at < before).order_by(LeafRow.seq)
        return first, self._session.scalars(due.limit(1)).one() + 1

    def _behind_due(self, span: Span, before: int) -> int:
        """Return the number behind the last due line of a span; its beginning without one."""
        first, end = span
        due = self._seqs(LeafRow.seq >= first, LeafRow.seq < end, LeafRow.at < before)
        last = self._session.scalar(due.order_by(LeafRow.seq.desc()).limit(1))
        return first if last is None else last + 1

    def _seqs(self, *conditions: ColumnElement[bool]) -> Select[int]:
        return select(LeafRow.seq).where(LeafRow.council_id == self._council_id, *conditions)

    def span(self, span: Span) -> Iterator[LeafValues]:
        """Give the lines of a span in order."""
        at, end = span
        while batch := self.onward(Asked(), (), (at, end)):
            yield from batch
            at = batch[-1].seq + 1

    def moment(self, seq: int) -> int | None:
        """Return when line `seq` was written; None when it is not there."""
        mine = select(LeafRow.at).where(LeafRow.council_id == self._council_id, LeafRow.seq == seq)
        return self._session.scalar(mine)

    def any_since(self, first: int, moments: Span) -> bool:
        """Say whether a line numbered `first` or more was written between two moments."""
        begin, end = moments
        within = self._seqs(LeafRow.seq >= first, LeafRow.at >= begin, LeafRow.at < end)
        return self._session.scalar(within.limit(1)) is not None

    def clear(self, parts: Iterable[str], span: Span) -> int:
        """Take parts and their salts from the lines of a span; return how many lines."""
        gone: dict[str, None] = {name: None for part in parts for name in (part, f"{part}_salt")}
        mine = update(PartRow).where(
            PartRow.council_id == self._council_id,
            PartRow.seq >= span[0],
            PartRow.seq < span[1],
        )
        return self._affected(mine.values(**gone))

    def drop_subjects(self, subjects: Collection[Subject]) -> None:
        """Let lines no longer be found by what a redacted part named."""
        one = delete(SubjectRow).where(
            SubjectRow.council_id == self._council_id,
            SubjectRow.tag == bindparam("dead", type_=Blob),
            SubjectRow.seq == bindparam("line"),
        )
        if subjects:
            rows = [{"dead": tag, "line": seq} for tag, seq in subjects]
            self._session.connection().execute(one, rows)

    def stray_subjects(self, below: int) -> list[Subject]:
        """Return what is left of the index for lines that nothing may find any more."""
        mine = select(SubjectRow.tag, SubjectRow.seq).where(
            SubjectRow.council_id == self._council_id, SubjectRow.seq < below
        )
        return [Subject(*row) for row in self._session.execute(mine.limit(_BATCH))]

    def digests_in(self, span: Span) -> Iterator[tuple[int, RowDigest]]:
        """Give the digests of the lines of a span with their numbers, in order."""
        row = DigestRow
        columns = (row.seq, row.table_name, row.row_id, row.column_name, row.digest)
        mine = select(*columns).where(
            row.council_id == self._council_id, row.seq >= span[0], row.seq < span[1]
        )
        for seq, *rest in self._stream(mine.order_by(row.seq)):
            yield seq, RowDigest(*rest)

    def prune(self, end: int, covers: Mapping[tuple[int, int], bytes]) -> int:
        """Delete the lines below `end`, what is left of them, and their digests.

        Keep the nodes that stand for them. Return how many lines went.
        """
        council = self._council_id
        gone = self._affected(
            delete(LeafRow).where(LeafRow.council_id == council, LeafRow.seq < end)
        )
        for row in (PartRow, DigestRow):
            self._session.execute(delete(row).where(row.council_id == council, row.seq < end))
        self._session.execute(delete(CoverRow).where(CoverRow.council_id == council))
        rows = [
            {"council_id": council, "level": level, "idx": index, "hash": hashed}
            for (level, index), hashed in covers.items()
        ]
        self._session.execute(insert(CoverRow), rows)
        return gone

    def _affected(self, statement: Any) -> int:
        return int(self._session.connection().execute(statement).rowcount)
