"""Tells the life of one case to the services, event by event, each by who did it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from typing import NamedTuple
from uuid import UUID

from casework.cases.orders import NewAction
from casework.cases.values import NewPerson, NewReferral
from casework.demo import calendar
from casework.demo.calendar import moment
from casework.demo.cast import Cast
from casework.demo.shapes import Action, Case, Contribution, State
from casework.identity import Principal, Reason

_WAITING = frozenset({State.REFERRED, State.QUESTIONED})
_FIRST = 1


class Event(NamedTuple):
    """Something that happened; `turn` orders what happened at one moment."""

    at: datetime
    turn: int
    tell: Callable[[], object]


@dataclass(slots=True)
class Life:
    """A case on its way through the services; meetings keep `version` up to date."""

    cast: Cast
    case: Case
    turn: int
    id: UUID | None = None
    version: int = _FIRST
    actions: list[UUID] = field(default_factory=list)

    @property
    def _coordinator(self) -> Principal:
        return self.cast.coordinator(self.case.group)

    @property
    def known_id(self) -> UUID:
        """The case's id. Raises `LookupError` before its referral."""
        if self.id is None:
            raise LookupError("not referred yet")
        return self.id

    def events(self) -> Iterator[Event]:
        """Yield everything outside meetings, in no order."""
        case = self.case
        yield self._at(case.opened_on, calendar.REFERRED, self.refer)
        if case.state is State.QUESTIONED:
            yield self._at(case.opened_on, calendar.ASKED, self.ask)
        if case.state in _WAITING:
            return
        yield self._at(case.opened_on, calendar.ACCEPTED, self.accept)
        yield self._at(case.opened_on, calendar.NAMED, self.name)
        for written in case.contributions:
            yield self._at(written.on, calendar.WRITTEN, partial(self.write, written))
        if case.informed_on:
            yield self._at(case.informed_on, calendar.INFORMED, self.inform)
        yield from self._actions()

    def refer(self) -> None:
        """Send the referral."""
        referrer = self.cast.who(self.case.referrer)
        self.id = self.cast.workshop.referrals.send(referrer, Reason.REFERRAL, self.referral())

    def ask(self) -> None:
        """Ask the referrer something."""
        service, question = self.cast.workshop.referrals, self.case.question
        service.ask(self._coordinator, Reason.DUTY, self.known_id, _FIRST, question)

    def accept(self) -> None:
        """Take the referral for the next meeting."""
        self.cast.workshop.referrals.accept(self._coordinator, Reason.DUTY, self.known_id, _FIRST)

    def name(self) -> None:
        """Name the members around the case."""
        for key in self.case.named:
            member = self.cast.members[key]
            self.cast.workshop.cases.name(
                self._coordinator, Reason.DUTY, self.known_id, member, None
            )

    def write(self, written: Contribution) -> None:
        """Write on the shared sheet, or for one's own service."""
        cases = self.cast.workshop.cases
        author = self.cast.who(written.author)
        tell = cases.note if written.audience == "private" else cases.contribute
        tell(author, Reason.DUTY, self.known_id, written.text)

    def inform(self) -> None:
        """Record that the person was told."""
        day = self.case.informed_on
        if day is not None:
            cases = self.cast.workshop.cases
            cases.inform(self._coordinator, Reason.DUTY, self.known_id, self.version, day)

    def assign(self) -> None:
        """Open what was undertaken."""
        for action in self.case.actions:
            order = NewAction(
                kind=action.kind,
                detail=action.detail,
                lead_id=self.cast.members[action.lead],
                lead_organisation_id=self.cast.body_of(action.lead),
                due_on=action.due_on,
            )
            service = self.cast.workshop.actions
            self.actions.append(
                service.open(self._coordinator, Reason.MEETING, self.known_id, order)
            )

    def report(self, at: int, action: Action) -> None:
        """Say what became of an action."""
        lead = self.cast.who(action.lead)
        outcome = (action.state, action.report)
        service = self.cast.workshop.actions
        service.report(lead, Reason.OWN_ACTION, self.actions[at], _FIRST, outcome)

    def _actions(self) -> Iterator[Event]:
        kept = next((one.on for one in self.case.decisions if one.code == "kept"), None)
        if kept is None:
            return
        yield self._at(kept, calendar.ASSIGNED, self.assign)
        for at, action in enumerate(self.case.actions):
            if action.state != "open":
                yield self._at(action.due_on, calendar.REPORTED, partial(self.report, at, action))

    def _at(self, day: date, hour: time, tell: Callable[[], object]) -> Event:
        return Event(moment(day, hour, self.turn), self.turn, tell)

    def referral(self) -> NewReferral:
        """Return the referral as its author sends it."""
        case = self.case
        return NewReferral(
            group_id=self.cast.groups[case.group],
            commune=case.commune,
            persons=tuple(persons(case)),
            reason=case.reason,
            fact=case.fact,
            fact_on=case.fact_on,
            origin=case.origin,
            reporter=case.reporter,
            words=case.reporter_words,
            informed_on=None,
            delay_reason=case.delay_reason,
        )


def persons(case: Case) -> Iterator[NewPerson]:
    """Yield the person followed, then whoever answers for them."""
    who = case.subject
    yield NewPerson(
        relation="subject",
        family_name=who.family,
        given_name=who.given,
        birth_date=who.birth_date,
        address=who.address,
        phone=who.phone,
        school=who.school,
    )
    for relative in who.legal_representatives:
        yield NewPerson(
            relation="legal_representative",
            family_name=relative.family,
            given_name=relative.given,
            phone=relative.phone,
        )
