"""Decoys among the cases: a tag for each, and no mark on any row of a case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import delete, select

from casework.audit.work import Work
from casework.cases.models import CaseRow, DecoyRow
from casework.db import sight
from casework.keys.decoy_seal import DecoySeal

_FRESH: Final = timedelta(minutes=1)


class _Known(NamedTuple):
    tags: frozenset[bytes]
    at: datetime


@dataclass(frozen=True, slots=True)
class Decoys:
    """Knows the decoys of a council; a reading asks the database once a minute at most."""

    seal: DecoySeal
    _known: dict[UUID, _Known] = field(default_factory=dict)

    def holds(self, work: Work, case_id: UUID) -> bool:
        """Say whether a case is a decoy. Where there are none, no secret is asked for."""
        council_id = work.principal.council_id
        tags = self._tags(work)
        return bool(tags) and self.seal.tag(council_id, case_id) in tags

    def among(self, work: Work, case_ids: Iterable[UUID]) -> set[UUID]:
        """Return those of some cases that are decoys."""
        return {one for one in case_ids if self.holds(work, one)}

    def add(self, work: Work, case_id: UUID) -> None:
        """Make a decoy of a case just stored."""
        council_id = work.principal.council_id
        row = DecoyRow(council_id=council_id, tag=self.seal.tag(council_id, case_id))
        work.session.add(row)
        self._known.pop(council_id, None)

    def forget(self, work: Work, case_ids: Iterable[UUID]) -> None:
        """Remove the tags of erased cases."""
        council_id = work.principal.council_id
        tags = [self.seal.tag(council_id, one) for one in self.among(work, case_ids)]
        if tags:
            chosen = (DecoyRow.council_id == council_id, DecoyRow.tag.in_(tags))
            gone = delete(DecoyRow).where(*chosen)
            work.session.execute(gone.execution_options(**sight.SHUT))
            self._known.pop(council_id, None)

    def by_group(self, work: Work) -> dict[UUID, int]:
        """Count the decoys of each group."""
        mine = CaseRow.council_id == work.principal.council_id
        every = select(CaseRow.id, CaseRow.group_id).where(mine)
        counts: dict[UUID, int] = {}
        for case_id, group_id in work.session.execute(every.execution_options(**sight.CLEAR)):
            if self.holds(work, case_id):
                counts[group_id] = counts.get(group_id, 0) + 1
        return counts

    def _tags(self, work: Work) -> frozenset[bytes]:
        council_id = work.principal.council_id
        known = self._known.get(council_id)
        if known is None or not timedelta(0) <= work.now - known.at < _FRESH:
            found = select(DecoyRow.tag).where(DecoyRow.council_id == council_id)
            found = found.execution_options(**sight.SHUT)
            known = _Known(frozenset(work.session.scalars(found)), work.now)
            self._known[council_id] = known
        return known.tags
