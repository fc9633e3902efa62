"""Loads a large world: each case in one unit of work on the day of its referral, past included."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.cases.ceilings import ceiling
from casework.cases.orders import NewAction
from casework.cases.past import Party, PastAction, PastCase, PastDecision, PastWords
from casework.cases.procedures.steps import CaseState
from casework.charters.vocabulary import CaseKind
from casework.demo import calendar
from casework.demo.calendar import moment
from casework.demo.cast import Cast
from casework.demo.lives import Event, Life
from casework.demo.shapes import Action, Case, Contribution, State, World
from casework.identity import Reason
from casework.meetings.gateway import MeetingGateway
from casework.meetings.policy import MeetingState
from casework.months import months_after

_REVIEW_MONTHS = 6
_KEPT_MONTHS = 3
_STATES = {
    State.REFERRED: CaseState.REFERRED,
    State.QUESTIONED: CaseState.QUESTIONED,
    State.ACCEPTED: CaseState.ACCEPTED,
    State.FOLLOWED: CaseState.FOLLOWED,
    State.REVIEW_DUE: CaseState.FOLLOWED,
    State.CLOSED: CaseState.CLOSED,
    State.RESTRICTED_DUE: CaseState.CLOSED,
    State.ELIMINATION_DUE: CaseState.CLOSED,
}

Meetings = dict[tuple[str, date], UUID]
"""The meeting of a group on a day."""


def take_over(cast: Cast, world: World, beside: Iterable[Event] = ()) -> None:
    """Write the meetings of a world, then its cases; of those not kept, only a count.

    What was lived day by day `beside` them is told in its turn: history does not go back.
    """
    meetings = _hold_meetings(cast, world)
    workshop = cast.workshop
    for event in sorted((*_cases(cast, world, meetings), *beside), key=lambda one: one[:2]):
        workshop.clock.stand_at(event.at)
        event.tell()

    with workshop.ledger.begin(cast.root, Reason.OPERATION) as work:
        workshop.taking_over.counting.settle(work)
        detail: Detail = {"task": "cases:taken-over", "cases": len(world.cases)}
        work.record(Entry(Act.OPERATOR_ACTED, detail=detail))


def _cases(cast: Cast, world: World, meetings: Meetings) -> Iterator[Event]:
    for turn, case in enumerate(world.cases):
        take = partial(_take, Life(cast, case, turn), meetings)
        yield Event(moment(case.opened_on, calendar.REFERRED), turn, take)


def _take(life: Life, meetings: Meetings) -> None:
    cast, case = life.cast, life.case
    workshop = cast.workshop
    with workshop.ledger.begin(cast.who(case.referrer), Reason.REFERRAL) as work:
        if case.state is State.NOT_KEPT:
            workshop.counting.tally(work, cast.groups[case.group], "refused")
            work.record(Entry(Act.REFERRAL_REFUSED))
            return
        sent = workshop.taking_over.take_over(work, _Past(life, meetings).case())
        work.record(Entry(Act.REFERRAL_SENT, case_id=sent.case_id, compartments=sent.compartments))


def _hold_meetings(cast: Cast, world: World) -> Meetings:
    """Keep every meeting that decided something, closed on its day."""
    days = {(case.group, one.on) for case in world.cases for one in case.decisions}
    workshop, held = cast.workshop, Meetings()
    gateway = MeetingGateway(workshop.clock, workshop.edges.entropy)
    for group, day in sorted(days):
        with workshop.ledger.begin(cast.coordinator(group), Reason.MEETING) as work:
            row = gateway.add(work, cast.groups[group], day)
            row.state = MeetingState.CLOSED
            row.opened_at = row.closed_at = moment(day, calendar.MEETING)
            held[group, day] = row.id
            work.record(Entry(Act.MEETING_CLOSED, detail={"meeting": row.id}))
    return held


@dataclass(frozen=True, slots=True)
class _Past:
    """Tells the past of one case in ids and dates."""

    life: Life
    meetings: Meetings

    def case(self) -> PastCase:
        told = self.life.case
        cast = self.life.cast
        ends_on = ceiling(CaseKind.FOLLOWUP, (told.subject.birth_date,), told.opened_on)
        kept = [one.on for one in told.decisions if one.code in {"kept", "continued"}]
        living = told.closed_on is None
        return PastCase(
            referral=self.life.referral(),
            coordinating=cast.body_of(cast.coordinators[told.group]),
            state=_STATES[told.state],
            question=told.question,
            lead_id=cast.members[told.lead] if told.lead else None,
            followed_on=min(kept, default=None),
            review_by=_earlier(max(kept), _REVIEW_MONTHS, ends_on) if kept and living else None,
            informed_on=told.informed_on,
            closed_on=told.closed_on,
            closure_reason=told.closure,
            due_on=_earlier(told.closed_on, _KEPT_MONTHS, ends_on) if told.closed_on else None,
            named=tuple(map(self._party, told.named)),
            words=tuple(map(self._words, told.contributions)),
            actions=tuple(self._actions(told)),
            decisions=tuple(self._decisions(told)),
        )

    def _party(self, key: str) -> Party:
        return self.life.cast.members[key], self.life.cast.body_of(key)

    def _words(self, told: Contribution) -> PastWords:
        at = moment(told.on, calendar.WRITTEN, self.life.turn)
        return PastWords(self._party(told.author), at, told.text, told.audience == "private")

    def _actions(self, case: Case) -> Iterator[PastAction]:
        opened_on = next((one.on for one in case.decisions if one.code == "kept"), case.opened_on)
        for told in case.actions:
            yield self._action(told, opened_on)

    def _action(self, told: Action, opened_on: date) -> PastAction:
        lead, body = self._party(told.lead)
        done = told.state != "open"
        return PastAction(
            order=NewAction(told.kind, told.detail, lead, body, told.due_on),
            opened_by=self._coordinator,
            opened_on=opened_on,
            state=told.state,
            outcome=told.report,
            reported_at=moment(told.due_on, calendar.REPORTED) if done else None,
        )

    def _decisions(self, case: Case) -> Iterator[PastDecision]:
        for told in case.decisions:
            if told.code != "postponed":
                meeting = self.meetings[case.group, told.on]
                at = moment(told.on, calendar.MEETING, self.life.turn)
                yield PastDecision(meeting, told.code, self._coordinator, at)

    @property
    def _coordinator(self) -> UUID:
        cast = self.life.cast
        return cast.members[cast.coordinators[self.life.case.group]]


def _earlier(day: date, months: int, ceiling_on: date) -> date:
    return min(months_after(day, months), ceiling_on)
