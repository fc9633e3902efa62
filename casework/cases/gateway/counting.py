"""Numbers given under a row lock, and anonymous counts."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from casework.audit.work import Work
from casework.cases.models import CounterRow, TallyRow
from casework.clock import local_day
from casework.errors import AccessDenied
from casework.partners import gateway as partners
from casework.partners.gateway.conditions import lock_group

Counter = TypeVar("Counter", CounterRow, TallyRow)


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts in the unit of work that needs the number: none is skipped, none given twice."""

    def next_reference(self, work: Work, group_id: UUID) -> str:
        """Return the next reference of a group this year, such as SN-2026-017."""
        year, prefix = local_day(work.now).year, self._prefix(work, group_id)
        number = self._next(work, group_id, f"case-{year}")
        return f"{prefix}-{year}-{number:03d}"

    def next_letter(self, work: Work, group_id: UUID) -> str:
        """Return the next number of a group's letters this year, such as SN-2026-C004."""
        year = local_day(work.now).year
        number = self._next(work, group_id, f"letter-{year}")
        return f"{self._prefix(work, group_id)}-{year}-C{number:03d}"

    def next_decision(self, work: Work, group_id: UUID) -> int:
        """Return the next number of a group's decisions."""
        return self._next(work, group_id, "decision")

    def tally(self, work: Work, group_id: UUID, outcome: str) -> None:
        """Add one to the anonymous count of what became of referrals this year."""
        year = local_day(work.now).year
        place = {
            "council_id": work.principal.council_id,
            "group_id": group_id,
            "year": year,
            "outcome": outcome,
        }
        row = _locked(work, TallyRow, group_id, place)
        if row is None:
            work.session.add(TallyRow(**place, count=1))
        else:
            row.count += 1

    def _prefix(self, work: Work, group_id: UUID) -> str:
        group = partners.group(work.session, work.principal.council_id, group_id)
        if group is None:
            raise AccessDenied("triage", "no-such-group", subject=str(group_id))
        return group.prefix

    def _next(self, work: Work, group_id: UUID, series: str) -> int:
        place = {
            "council_id": work.principal.council_id,
            "group_id": group_id,
            "series": series,
        }
        row = _locked(work, CounterRow, group_id, place)
        if row is None:
            work.session.add(CounterRow(**place, last=1))
            work.session.flush()
            return 1
        row.last += 1
        return row.last


def _locked(
    work: Work, table: type[Counter], group_id: UUID, place: dict[str, object]
) -> Counter | None:
    """Return the counter locked until the commit; the group's row orders the first two."""
    lock_group(work.session, work.principal.council_id, group_id)
    return work.session.scalars(select(table).filter_by(**place)).one_or_none()
