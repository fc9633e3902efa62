"""What a sweep would do today, from counts of states and dates alone."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from casework.cases.gateway.admission import Charters
from casework.cases.gateway.erasing import CaseErasing
from casework.cases.gateway.forgetting import Overdue, expired_drafts
from casework.charters.vocabulary import CaseKind
from casework.db.engine import Database, Scope
from casework.partners import gateway as partners
from casework.retention.gateway.conditions import elsewhere
from casework.retention.policy import SweepStep, deadlines, steps_of, waits_too_long
from casework.retention.values import EliminationList, Preview

Counts = Counter[SweepStep]
StepCounts = Counter[tuple[CaseKind, SweepStep]]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Counts with the reach of a job, whoever asks: who may ask is settled, and recorded, before.

    The person who controls sees counts of cases that no row-level security would show them.
    """

    database: Database
    charters: Charters
    erasing: CaseErasing

    def plan(self, council_id: UUID, day: date) -> list[tuple[Overdue, Counts]]:
        """Return, for each group, the cases that a sweep of `day` finds, and the steps it takes."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            found = [
                (overdue, _counts(overdue, session, council_id))
                for overdue in self._groups(session, council_id, day)
            ]
        return [(overdue, counts) for overdue, counts in found if counts]

    def preview(self, council_id: UUID, day: date) -> Preview:
        """Return what a sweep of `day` would do."""
        counts: StepCounts = Counter()
        for overdue, steps in self.plan(council_id, day):
            for step, count in steps.items():
                counts[overdue.deadlines.kind, step] += count
        with self.database.reading(Scope(council_id, whole=True)) as session:
            drafts = expired_drafts(session, council_id, day)
        dying = set(self.erasing.unfinished(council_id)) | set(self.erasing.returned(council_id))
        return Preview.of(day, counts, len(dying), drafts)

    def stale(self, council_id: UUID, day: date) -> int:
        """Count the cases that wait too long for a decision."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            groups = self._groups(session, council_id, day)
            return sum(one.stale(session, council_id) for one in groups)

    def late(
        self, council_id: UUID, day: date, lists: Iterable[EliminationList]
    ) -> tuple[UUID, ...]:
        """Return the lists that wait for a visa longer than the strictest charter bears."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            groups = partners.groups(session, council_id)
            charters = [
                self.charters.of_version(session, council_id, one.charter_id) for one in groups
            ]
        months = min((one.clocks.elimination_alert_months for one in charters), default=0)
        return tuple(
            one.id for one in lists if waits_too_long(one.state, one.listed_on, day, months)
        )

    def _groups(self, session: Session, council_id: UUID, day: date) -> Iterator[Overdue]:
        for group in partners.groups(session, council_id):
            charter = self.charters.of_version(session, council_id, group.charter_id)
            days = deadlines(group.id, group.kind, charter.clocks, day)
            yield Overdue(days, elsewhere(day))


def _counts(overdue: Overdue, session: Session, council_id: UUID) -> Counts:
    counts: Counts = Counter()
    for case in overdue.census(session, council_id):
        for step in steps_of(case, overdue.deadlines):
            counts[step] += case.count
    return counts
