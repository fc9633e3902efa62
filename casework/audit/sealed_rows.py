"""Compares the sealed values now stored with the newest digests, without any content key."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.audit.faults import FaultKind, FaultList
from casework.audit.leaf import RowDigest
from casework.db import sight
from casework.db.model import BATCH, Model

_BATCH: Final = 2000


class _Last(NamedTuple):
    seq: int
    digest: bytes | None


class RowCheck:
    """The sealed columns of one council that the register knows of."""

    def __init__(self, session: Session, council_id: UUID, faults: FaultList) -> None:
        """Read through `session`."""
        self._session = session
        self._council_id = council_id
        self._faults = faults
        self._newest: defaultdict[tuple[str, str], dict[UUID, _Last]] = defaultdict(dict)

    def check(self, digests: Iterable[tuple[int, RowDigest]]) -> None:
        """Find what was changed, lost, brought back or added behind the register's back."""
        for seq, one in digests:
            self._newest[one.table, one.column][one.row_id] = _Last(seq, one.digest)
        for place, expected in self._newest.items():
            self._column(place, expected)

    def _column(self, place: tuple[str, str], expected: dict[UUID, _Last]) -> None:
        where = ".".join(place)
        for row_id, digest in self._stored(*place):
            last = expected.pop(row_id, _Last(0, None))
            if digest != last.digest:
                kind = FaultKind.ROW_MISSING if digest is None else FaultKind.ROW_CHANGED
                self._faults.add(kind, last.seq, where=f"{where}:{row_id}")
        for row_id, last in expected.items():
            if last.digest is not None:
                self._faults.add(FaultKind.ROW_MISSING, last.seq, where=f"{where}:{row_id}")

    def _stored(self, table: str, column: str) -> Iterator[tuple[UUID, bytes | None]]:
        known = Model.metadata.tables.get(table)
        if known is None or column not in known.c:
            return
        columns = known.c
        mine = select(columns.id, columns[column]).where(columns.council_id == self._council_id)
        batch = columns[column].info.get(BATCH, _BATCH)
        shut = mine.execution_options(yield_per=batch, **sight.SHUT)
        for row_id, value in self._session.execute(shut):
            yield row_id, None if value is None else hashlib.sha256(value).digest()
