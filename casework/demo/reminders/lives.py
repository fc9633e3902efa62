"""Tells what became of each report to the services, event by event, each by who did it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import Final
from uuid import UUID

from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.cases.values import NewPerson, NewRecord, NewReferral
from casework.charters.vocabulary import CaseKind
from casework.demo import calendar
from casework.demo.calendar import moment
from casework.demo.cast import Cast
from casework.demo.lives import Event
from casework.demo.reminders.answers import answers_of
from casework.demo.reminders.shapes import Register, Taken, Tale
from casework.identity import Reason

MAYOR: Final = "maire"
DELEGATE: Final = "adjoint au maire, délégation à la tranquillité"
_STEPS: Final = {
    "accept": Step.ACCEPT,
    "ask_opinion": Step.CONSULT,
    "opinion_favourable": Step.FAVOUR,
    "opinion_opposed": Step.OPPOSE,
    "summon": Step.SUMMON,
    "remind": Step.HEAR,
    "no_show": Step.MISS,
    "orient": Step.ORIENT,
    "check": Step.CHECK,
    "notice": Step.NOTIFY,
}
_HOURS: Final = (time(9, 5), time(10, 5), time(11, 5), time(14, 5), time(15, 5), time(16, 5))
_FIRST: Final = 1


@dataclass(slots=True)
class ReminderLife:
    """A report on its way through the services; a number orders what falls together."""

    cast: Cast
    register: Register
    tale: Tale
    turn: int
    id: UUID | None = None
    version: int = _FIRST

    def events(self) -> Iterator[Event]:
        """Yield the report, then every step, in their order."""
        yield self._at(self.tale.opened_on, calendar.REFERRED, 0)
        for number, taken in enumerate(self.tale.steps, start=1):
            hour = _HOURS[min(number - 1, len(_HOURS) - 1)]
            yield self._at(taken.on, hour, number)

    def _at(self, day: date, hour: time, number: int) -> Event:
        at = moment(day, hour, self.turn)
        if number == 0:
            return Event(at, self.turn, self.report)
        return Event(at, self.turn, partial(self.take, self.tale.steps[number - 1]))

    def report(self) -> None:
        """Send the report to the coordination."""
        who = self.cast.who(self.tale.referrer)
        self.id = self.cast.workshop.referrals.send(who, Reason.REFERRAL, self.referral())

    def take(self, taken: Taken) -> None:
        """Take a step, by who takes it."""
        match taken.step:
            case "ask":
                self._ask(taken)
            case "close":
                self._close(taken)
            case _:
                self._step(taken)
        self.version += 1

    def referral(self) -> NewReferral:
        """Return the report as its author sends it."""
        tale = self.tale
        return NewReferral(
            group_id=self.cast.groups[self.register.group.key],
            kind=CaseKind.REMINDER,
            commune=tale.commune,
            persons=tuple(self._persons()),
            reason=tale.fact,
            fact=tale.words,
            fact_on=tale.fact_on,
            origin=tale.origin,
            reporter=tale.reporter,
            words=tale.reporter_words,
            informed_on=None,
            delay_reason=None,
            records=(NewRecord(Step.REFER, {"place": tale.place}),),
        )

    def _persons(self) -> Iterator[NewPerson]:
        who = self.tale.subject
        yield NewPerson("subject", who.family, who.given, who.birth_date, who.address, who.phone)
        for one in who.legal_representatives:
            yield NewPerson("legal_representative", one.family, one.given, phone=one.phone)

    def _ask(self, taken: Taken) -> None:
        clerk = self.cast.coordinator(self.register.group.key)
        service = self.cast.workshop.referrals
        service.ask(clerk, Reason.DUTY, self._known_id, self.version, taken.told["text"])

    def _close(self, taken: Taken) -> None:
        clerk = self.cast.coordinator(self.register.group.key)
        service = self.cast.workshop.cases
        service.close(clerk, Reason.DUTY, self._known_id, self.version, taken.told["why"])

    def _step(self, taken: Taken) -> None:
        step, told = _STEPS[taken.step], taken.told
        prosecutor = self.register.member_of("prosecutor").key
        asked = self.cast.members[prosecutor] if step is Step.CONSULT else None
        order = StepOrder(self._known_id, self.version, step, answers_of(step, taken), asked)
        who = self.cast.who(self._actor(step, told, prosecutor))
        self.cast.workshop.stepping.take(who, Reason.DUTY, order)

    def _actor(self, step: Step, told: Mapping[str, str], prosecutor: str) -> str:
        if step in {Step.FAVOUR, Step.OPPOSE}:
            return prosecutor
        if step in {Step.SUMMON, Step.HEAR, Step.NOTIFY}:
            return self.register.seat(DELEGATE if "delegate" in told else MAYOR).key
        return self.cast.coordinators[self.register.group.key]

    @property
    def _known_id(self) -> UUID:
        if self.id is None:
            raise LookupError("not reported yet")
        return self.id


def reminder_events(cast: Cast, register: Register) -> Iterator[Event]:
    """Yield everything that happened around a register, in no order."""
    for turn, tale in enumerate(register.tales):
        yield from ReminderLife(cast, register, tale, turn).events()
