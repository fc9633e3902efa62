"""Finds the cases whose time is up, by dates and states alone; opens nothing.

Holds and elimination lists are kept elsewhere: they come in as conditions over the row.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from casework.audit.work import Work
from casework.cases.forgetting import Candidates, Standings
from casework.cases.models import CaseRow, DraftRow
from casework.cases.policy import Deadlines
from casework.cases.procedures.steps import LIVING, UNDER_WAY, WAITING, CaseState, Step
from casework.charters.vocabulary import CaseKind
from casework.clock import local_day
from casework.db import sight

BATCH: Final = 100
_FLAGS: Final = ("ended", "capped", "due", "held", "listed", "visaed")
_FORGETTING: Final = (CaseState.CLOSED, CaseState.RESTRICTED, CaseState.SEALED)

Condition = Callable[[Any], ColumnElement[bool]]
"""A condition over the row of a case, written by who keeps the other table."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other tables say of a case: held now, on a list, on a list with its visa."""

    held: Condition
    listed: Condition
    visaed: Condition


@dataclass(frozen=True, slots=True)
class Overdue:
    """The cases of one group that each step would take on the day of `deadlines`."""

    deadlines: Deadlines
    elsewhere: Elsewhere

    def batch(self, work: Work, step: Step) -> Sequence[CaseRow]:
        """Return some of the cases that a step takes, locked; another sweep's are passed over."""
        chosen = select(CaseRow).where(self._mine(work.principal.council_id), self._before(step))
        return _locked(work, chosen)

    def unlisted(self, work: Work) -> Sequence[CaseRow]:
        """Return some of the sealed cases on no list, locked: to be listed once, by one sweep."""
        found = self._sealed(self._on_day(CaseRow.due_on), ~self.elsewhere.listed(CaseRow))
        chosen = select(CaseRow).where(self._mine(work.principal.council_id), found)
        return _locked(work, chosen)

    def census(self, session: Session, council_id: UUID) -> list[Candidates]:
        """Count the cases that a sweep would move, alike with alike."""
        alike = self._alike(council_id).subquery()
        columns = [alike.c[name] for name in ("state", *_FLAGS)]
        counted = select(*columns, func.count()).group_by(*columns)
        found = session.execute(counted.execution_options(**sight.CLEAR))
        return [self._candidates(*row) for row in found]

    def stale(self, session: Session, council_id: UUID) -> int:
        """Count the cases that wait too long for a decision and are not ended yet (rule 15)."""
        flagged = or_(
            self._on_day(CaseRow.review_by),
            CaseRow.meetings_without_decision >= self.deadlines.meetings,
        )
        living = and_(CaseRow.state.in_(sorted(LIVING)), CaseRow.merged_into.is_(None))
        chosen = (self._mine(council_id), living, flagged)
        counted = select(func.count()).select_from(CaseRow).where(*chosen)
        return session.scalar(counted.execution_options(**sight.CLEAR)) or 0

    def _alike(self, council_id: UUID) -> Select[*tuple[Any, ...]]:
        row, ended = CaseRow, and_(CaseRow.state.in_(sorted(LIVING)), self._ended())
        held, listed, visaed = (
            self.elsewhere.held(row),
            self.elsewhere.listed(row),
            self.elsewhere.visaed(row),
        )
        conditions = (ended, self._capped(), self._due(), held, listed, visaed)
        flags = [
            func.coalesce(one, literal(value=False)).label(name)
            for name, one in zip(_FLAGS, conditions, strict=True)
        ]
        moved = or_(ended, row.state.in_(_FORGETTING))
        return select(row.state, *flags).where(self._mine(council_id), moved)

    def _candidates(self, state: str, *rest: Any) -> Candidates:
        *flags, count = rest
        held = dict(zip(_FLAGS, map(bool, flags), strict=True))
        return Candidates(kind=self.deadlines.kind, state=CaseState(state), count=count, **held)

    def _before(self, step: Step) -> ColumnElement[bool]:
        """Return the condition of the cases that a step of forgetting takes."""
        not_held = ~self.elsewhere.held(CaseRow)
        conditions: Mapping[Step, ColumnElement[bool]] = {
            Step.REFUSE: and_(CaseRow.state.in_(sorted(WAITING)), self._ended(), not_held),
            Step.CLOSE: and_(CaseRow.state.in_(sorted(UNDER_WAY)), self._ended()),
            Step.RESTRICT: CaseRow.state == CaseState.CLOSED,
            Step.SEAL: and_(CaseRow.state == CaseState.RESTRICTED, self._due(), not_held),
            Step.ERASE: self._sealed(self.elsewhere.visaed(CaseRow), not_held),
        }
        return conditions[step]

    def _sealed(self, *more: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(CaseRow.state == CaseState.SEALED, *more)

    def _ended(self) -> ColumnElement[bool]:
        days = self.deadlines
        late = or_(
            self._capped(),
            CaseRow.review_by <= days.reviewed_by,
            and_(CaseRow.review_by.is_(None), CaseRow.referred_on <= days.referred_by),
        )
        # What is merged into another case is decided with it, and ends with it.
        return or_(and_(CaseRow.merged_into.is_(None), late), _left_behind())

    def _due(self) -> ColumnElement[bool]:
        """Reach the charter's date, the law's longest or the birthday, whichever comes first."""
        longest = CaseRow.closed_on <= self.deadlines.closed_by
        return or_(self._on_day(CaseRow.due_on), longest, self._capped())

    def _capped(self) -> ColumnElement[bool]:
        return self._on_day(CaseRow.ceiling_on)

    def _on_day(self, column: Any) -> ColumnElement[bool]:
        reached: ColumnElement[bool] = column <= self.deadlines.today
        return reached

    def _mine(self, council_id: UUID) -> ColumnElement[bool]:
        in_group = CaseRow.group_id == self.deadlines.group_id
        return and_(CaseRow.council_id == council_id, in_group)


def _left_behind() -> ColumnElement[bool]:
    """Return the condition of a case merged into one that is over, whoever ended that."""
    kept = aliased(CaseRow)
    alive = exists().where(
        kept.council_id == CaseRow.council_id,
        kept.id == CaseRow.merged_into,
        kept.state.in_(sorted(LIVING)),
    )
    return and_(CaseRow.merged_into.is_not(None), ~alive)


def _locked(work: Work, chosen: Select[CaseRow]) -> Sequence[CaseRow]:
    some = chosen.order_by(CaseRow.id).limit(BATCH).with_for_update(skip_locked=True)
    return work.session.scalars(some.execution_options(**sight.CLEAR)).all()


def standings(session: Session, council_id: UUID) -> list[Standings]:
    """Return the cases of a council by kind and state, with the next date of each."""
    columns = (CaseRow.kind, CaseRow.state)
    counted = select(*columns, func.count(), func.min(CaseRow.due_on)).group_by(*columns)
    mine = counted.where(CaseRow.council_id == council_id).order_by(*columns)
    rows = session.execute(mine.execution_options(**sight.CLEAR))
    return [
        Standings(CaseKind(kind), CaseState(state), count, next_on)
        for kind, state, count, next_on in rows
    ]


def group_of(session: Session, council_id: UUID, case_id: UUID) -> tuple[UUID, CaseState] | None:
    """Return the group and the state of a case, or None."""
    chosen = (CaseRow.council_id == council_id, CaseRow.id == case_id)
    statement = select(CaseRow.group_id, CaseRow.state).where(*chosen)
    row = session.execute(statement.execution_options(**sight.CLEAR)).one_or_none()
    return None if row is None else (row[0], CaseState(row[1]))


def living_in(session: Session, council_id: UUID, case_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the group of those of some cases that are not over."""
    chosen = (CaseRow.council_id == council_id, CaseRow.id.in_(case_ids))
    living = select(CaseRow.id, CaseRow.group_id).where(*chosen, CaseRow.state.in_(LIVING))
    return dict(session.execute(living.execution_options(**sight.CLEAR)).all())


def expired_drafts(session: Session, council_id: UUID, day: date) -> int:
    """Count the drafts whose last day is before `day`."""
    chosen = (DraftRow.council_id == council_id, DraftRow.expires_on < day)
    counted = select(func.count()).select_from(DraftRow).where(*chosen)
    return session.scalar(counted.execution_options(**sight.CLEAR)) or 0


def discard_expired(work: Work) -> int:
    """Delete the drafts whose last day is over, and return how many."""
    chosen = (
        DraftRow.council_id == work.principal.council_id,
        DraftRow.expires_on < local_day(work.now),
    )
    gone = delete(DraftRow).where(*chosen).returning(DraftRow.id)
    at_once = {"synchronize_session": False, **sight.CLEAR}
    return len(work.session.scalars(gone, execution_options=at_once).all())
