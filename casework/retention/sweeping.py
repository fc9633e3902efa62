"""The sweep: forgets what is due, a small batch at a time, and mends what was interrupted.

Every batch is its own unit of work. Run twice, or twice at once, or killed anywhere: the next run
goes on from what is stored.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway.forgetting import Overdue, discard_expired
from casework.cases.service.forgetting import Forgetting
from casework.charters.vocabulary import CaseKind
from casework.clock import Clock, local_day
from casework.identity import Principal, Reason
from casework.retention.certifying import Certifying
from casework.retention.forecast import Forecast
from casework.retention.gateway.writing import RetentionWriting
from casework.retention.permission import require_job
from casework.retention.policy import SweepStep, check_clock
from casework.retention.register import newest_line
from casework.retention.values import Preview

_BATCH: Final = 50

Task = Callable[[Work], int]
"""Something done in a unit of work, and to how many cases; to none: nothing is kept of it."""


class _NothingLeft(Exception):
    """Rolls back a unit of work that found nothing to do."""


@dataclass(frozen=True, slots=True)
class Sweeping:
    """Runs one sweep after another; keeps nothing between them."""

    ledger: Ledger
    forgetting: Forgetting
    forecast: Forecast
    certifying: Certifying
    writing: RetentionWriting
    clock: Clock

    def run(self, who: Principal) -> Preview:
        """Forget everything that is due today, and return what was done.

        Raises `AccessDenied` for a person, `StepRefused` when the clock stands on a day before
        the register's newest line.
        """
        run = _Run(self, who, local_day(self.clock.now()))
        run.begin()
        run.mend()
        run.forget()
        run.finish_erasures()
        run.end()
        return Preview.of(run.day, run.counts, run.resumed, run.drafts)

    def repair(self, who: Principal) -> int:
        """Erase again what an old copy of either database brought back; return how many cases.

        Leaves no line when nothing came back. Raises as `run`.
        """
        run = _Run(self, who, local_day(self.clock.now()))
        if not run.anything_back():
            return 0
        run.begin()
        run.mend()
        run.end()
        return run.resumed


@dataclass(slots=True)
class _Run:
    """One sweep under way: for whom, and what it did so far."""

    parts: Sweeping
    who: Principal
    day: date
    counts: Counter[tuple[CaseKind, SweepStep]] = field(default_factory=Counter)
    resumed: int = 0
    drafts: int = 0
    list_id: UUID | None = None

    def begin(self) -> None:
        """Check who runs and what day it is, and say that a sweep begins."""
        with self.parts.ledger.consult(self.who, Reason.OPERATION) as work:
            require_job(work, Act.JOB_RAN)
            check_clock(self.day, local_day(newest_line(work)))
            work.record(_job("began", 0))

    def anything_back(self) -> bool:
        """Say whether one of the databases holds what the other knows to be erased."""
        erasing, council_id = self.parts.forgetting.erasing, self.who.council_id
        return bool(erasing.returned(council_id) or erasing.revived(council_id))

    def mend(self) -> None:
        """Erase again what an old database brought back, and finish what was interrupted."""
        forgetting = self.parts.forgetting
        for part in _batches(forgetting.erasing.returned(self.who.council_id)):
            self._once(partial(_purge, forgetting, part))
        self.resumed = self._destroy_again() + self.finish_erasures()

    def forget(self) -> None:
        """Take every case that is due through its steps, group by group, in their order."""
        for overdue, steps in self.parts.forecast.plan(self.who.council_id, self.day):
            for step in SweepStep:
                if step in steps:
                    done = self._until_none(self._task(step, overdue))
                    self.counts[overdue.deadlines.kind, step] += done
        self.drafts = self._once(self._discard)

    def finish_erasures(self) -> int:
        """Destroy the peppers of what is dying, then its last rows; return how many cases."""
        certifying, council_id = self.parts.certifying, self.who.council_id
        dying = certifying.erasing.unfinished(council_id)
        done = 0
        for part in _batches(sorted(dying)):
            cases = {one: dying[one] for one in part}
            certifying.erasing.destroy(council_id, [key for one in part for key in dying[one]])
            done += self._once(partial(certifying.certify, dying=cases))
        return done

    def _destroy_again(self) -> int:
        """Destroy the peppers that an old key store brought back.

        Their line comes first: cut short in between, they are found, and told, once more.
        """
        certifying, council_id = self.parts.certifying, self.who.council_id
        revived = certifying.erasing.revived(council_id)
        done = 0
        for part in _batches(sorted(revived)):
            cases = {one: revived[one] for one in part}
            done += self._once(partial(certifying.destroyed_again, revived=cases))
            certifying.erasing.destroy(council_id, [key for one in part for key in revived[one]])
        return done

    def end(self) -> None:
        """Say what the sweep did, in figures."""
        with self.parts.ledger.begin(self.who, Reason.OPERATION) as work:
            work.record(_job("ended", sum(self.counts.values()) + self.resumed))

    def _task(self, step: SweepStep, overdue: Overdue) -> Task:
        forgetting = self.parts.forgetting
        if step is SweepStep.LISTED:
            return lambda work: self._list(work, overdue)
        take = {
            SweepStep.LAPSED: forgetting.lapse,
            SweepStep.CLOSED: forgetting.close,
            SweepStep.RESTRICTED: forgetting.restrict,
            SweepStep.SEALED: forgetting.seal,
            SweepStep.ERASED: forgetting.erase,
        }[step]
        return lambda work: len(take(work, overdue))

    def _list(self, work: Work, overdue: Overdue) -> int:
        """Put sealed cases on the list of this sweep; a list is never added to by another."""
        gone = self.parts.forgetting.list_out(work, overdue)
        if gone:
            self.list_id = self.list_id or self.parts.writing.new_list(work)
            self.parts.writing.add_items(work, self.list_id, gone)
            cases, article = tuple(one.case_id for one in gone), overdue.deadlines.article
            detail = {"list": self.list_id}
            work.record(Entry(Act.ELIMINATION_LISTED, cases=cases, article=article, detail=detail))
        return len(gone)

    def _discard(self, work: Work) -> int:
        discarded = discard_expired(work)
        if discarded:
            work.record(Entry(Act.DRAFT_DISCARDED, detail={"drafts": discarded}))
        return discarded

    def _until_none(self, task: Task) -> int:
        done = 0
        while step := self._once(task):
            done += step
        return done

    def _once(self, task: Task) -> int:
        """Do a batch in a unit of work of its own; leave no trace when there was none."""
        done = 0
        with suppress(_NothingLeft), self.parts.ledger.begin(self.who, Reason.OPERATION) as work:
            done = _something(task(work))
        return done


def _purge(forgetting: Forgetting, case_ids: Sequence[UUID], work: Work) -> int:
    return len(forgetting.purge(work, case_ids))


def _something(done: int) -> int:
    if not done:
        raise _NothingLeft
    return done


def _batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH))


def _job(phase: str, cases: int) -> Entry:
    return Entry(Act.JOB_RAN, detail={"job": "retention", "phase": phase, "cases": cases})
