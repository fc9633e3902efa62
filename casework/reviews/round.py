"""The daily pass: bodies asked, reminded, suspended; each a unit of work with its own leaf."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.asking import require_machine
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.entropy import Entropy, new_id
from casework.errors import Conflict
from casework.identity import Principal, Reason
from casework.partners.gateway import suspending
from casework.reviews import gateway
from casework.reviews.policy import (
    ANSWER_WITHIN,
    BodyPast,
    Step,
    is_asked,
    oldest_kept,
    step_of,
)
from casework.reviews.values import Review, ReviewState

Change = Callable[[Session], None]
_ACTS: Final = {Step.REMIND: Act.REVIEW_REMINDED, Step.SUSPEND: Act.REVIEW_SUSPENDED}


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass did, counted."""

    asked: int = 0
    reminded: int = 0
    suspended: int = 0
    forgotten: int = 0


@dataclass(frozen=True, slots=True)
class ReviewRound:
    """Asks each quarter, reminds a week before, suspends the day after; forgets after years."""

    ledger: Ledger
    database: Database
    clock: Clock
    entropy: Entropy

    def run(self, who: Principal) -> Passed:
        """Do what is due today; a body that answers meanwhile is left alone."""
        day, council_id = local_day(self.clock.now()), who.council_id
        with self.database.reading(Scope(council_id, whole=True)) as session:
            newest = {one.organisation_id: one for one in gateway.newest(session, council_id)}
            since = suspending.first_mandates(session, council_id, day)
        steps = [(one, step) for one in newest.values() if (step := step_of(one, day))]
        due = [body for body, on in since.items() if is_asked(BodyPast(on, newest.get(body)), day)]
        done = [step for one, step in steps if self._step(who, one, step, day)]
        asked = sum(self._ask(who, body, day) for body in sorted(due))
        return Passed(
            asked=asked,
            reminded=done.count(Step.REMIND),
            suspended=done.count(Step.SUSPEND),
            forgotten=self._forget(council_id, day),
        )

    def _ask(self, who: Principal, organisation_id: UUID, day: date) -> bool:
        review = Review(
            id=new_id(self.clock, self.entropy),
            organisation_id=organisation_id,
            opened_on=day,
            due_on=day + ANSWER_WITHIN,
            state=ReviewState.OPEN,
            version=1,
        )
        return self._do(
            who,
            (Act.REVIEW_OPENED, review),
            lambda session: gateway.open_review(session, who.council_id, review),
        )

    def _step(self, who: Principal, review: Review, step: Step, day: date) -> bool:
        def remind(session: Session) -> None:
            gateway.keep_reminder(session, who.council_id, review, day)

        def suspend(session: Session) -> None:
            gateway.keep_suspension(session, who.council_id, review, day)
            suspending.suspend(session, who.council_id, review.organisation_id, day)

        change = remind if step is Step.REMIND else suspend
        return self._do(who, (_ACTS[step], review), change)

    def _do(self, who: Principal, told: tuple[Act, Review], change: Change) -> bool:
        """Change something and tell it; False when the body answered at the same time."""
        act, review = told
        try:
            with self.ledger.begin(who, Reason.OPERATION) as work:
                require_machine(work, act)
                change(work.session)
                detail: Detail = {
                    "review": review.id,
                    "organisation": review.organisation_id,
                    "due": review.due_on.isoformat(),
                }
                work.record(Entry(act, detail=detail))
        except Conflict:
            return False
        return True

    def _forget(self, council_id: UUID, day: date) -> int:
        """Forget old reviews; the register keeps that they were answered as long as it may."""
        with self.database.writing(Scope(council_id, whole=True)) as session:
            return gateway.forget(session, council_id, oldest_kept(day))
