"""Tells the life of a family to the services, step by step, each by who takes it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from casework.cases.gateway.facts import find_case
from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.cases.values import NewPerson, NewReferral
from casework.charters.vocabulary import CaseKind
from casework.clock import local_day
from casework.demo import calendar
from casework.demo.calendar import moment
from casework.demo.cast import Cast
from casework.demo.families.values import Family, FamilyCouncil, Reached
from casework.demo.lives import Event
from casework.identity import Principal, Reason

_RHYTHM: Final = timedelta(days=28)
_ELIGIBLE: Final = {"resident": "yes", "assistance": "no", "contract": "no"}
_PLACE: Final = "17 h 30, mairie, salle imaginaire des Girouettes"
_ORDER: Final = list(Reached)
_ADULTS: Final = frozenset({"parent", "guardian"})
_NOTIFIED: Final = (
    Step.NOTIFY_EDUCATION,
    Step.NOTIFY_SCHOOL,
    Step.NOTIFY_BENEFITS,
    Step.NOTIFY_PREFECT,
)


@dataclass(slots=True)
class FamilyLife:
    """A family on its way through the services."""

    cast: Cast
    council: FamilyCouncil
    family: Family
    turn: int
    id: UUID | None = None

    @property
    def known_id(self) -> UUID:
        """The case's id. Raises `LookupError` before its referral."""
        if self.id is None:
            raise LookupError("not referred yet")
        return self.id

    @property
    def hearing(self) -> date:
        """The day on which the family is expected: the sitting after the one that kept it."""
        return self.family.sitting + _RHYTHM

    @property
    def coordinator(self) -> Principal:
        """Who coordinates the council."""
        return self.cast.coordinator(self.council.group.key)

    def reached(self, step: Reached) -> bool:
        """Say whether the family came as far as a step."""
        return _ORDER.index(self.family.came_to) >= _ORDER.index(step)

    def events(self) -> Iterator[Event]:
        """Yield everything outside sittings, in no order."""
        sitting = self.family.sitting
        yield self._at(sitting - timedelta(days=20), calendar.REFERRED, self._refer)
        if self.family.came_to is Reached.QUESTIONED:
            yield self._at(sitting - timedelta(days=18), calendar.ASKED, self._ask)
        if not self.reached(Reached.ACCEPTED):
            return
        yield self._at(sitting - timedelta(days=17), calendar.ACCEPTED, self._accept)
        yield self._at(sitting - timedelta(days=16), calendar.NAMED, self._name)
        if self.reached(Reached.INVITED):
            yield self._at(sitting + timedelta(days=3), calendar.INFORMED, self._invite)
        if self.reached(Reached.HEARD):
            yield self._told(2, Step.TELL, {"told": "school,social_workers"})
        if self.reached(Reached.CONSULTED):
            yield self._at(self.hearing + timedelta(days=3), calendar.ASKED, self._consult)
        if self.reached(Reached.NOTIFIED):
            yield from self._notified(
                _NOTIFIED if self.reached(Reached.SUPPORTED) else _NOTIFIED[:2]
            )
            yield self._at(self.hearing + timedelta(days=12), calendar.REPORTED, self._advise)
        if self.reached(Reached.SUPPORTED):
            yield from self._supported()

    def take(
        self,
        who: Principal,
        step: Step,
        answers: Mapping[str, str],
        asked: UUID | None = None,
    ) -> None:
        """Take a step of the procedure."""
        order = StepOrder(self.known_id, self.version(who), step, answers, asked)
        self.cast.workshop.stepping.take(who, Reason.DUTY, order)

    def version(self, who: Principal) -> int:
        """Return the version of the case that somebody has before them."""
        workshop = self.cast.workshop
        with workshop.ledger.looking(workshop.council_id) as session:
            found = find_case(session, (who, workshop.clock.now()), self.known_id)
        if found is None:
            raise LookupError("no such case")
        return found[0].version

    def referral(self) -> NewReferral:
        """Return the referral as its author sends it."""
        told = self.family
        own = told.origin == "parents"
        return NewReferral(
            group_id=self.cast.groups[self.council.group.key],
            commune=self.council.group.communes[0],
            persons=tuple(_persons(told)),
            reason=told.reason,
            fact=told.fact,
            fact_on=told.sitting - timedelta(days=25),
            origin=told.origin,
            reporter=told.reporter,
            words=told.words,
            informed_on=told.sitting - timedelta(days=20) if own else None,
            delay_reason=None,
            kind=CaseKind.FAMILY_COUNCIL,
        )

    def _refer(self) -> None:
        who = self.cast.who(self.family.referrer)
        self.id = self.cast.workshop.referrals.send(who, Reason.REFERRAL, self.referral())

    def _ask(self) -> None:
        referrals, told = self.cast.workshop.referrals, self.family
        referrals.ask(
            self.coordinator,
            Reason.DUTY,
            self.known_id,
            self.version(self.coordinator),
            told.question,
        )

    def _accept(self) -> None:
        self.take(self.coordinator, Step.ACCEPT, _ELIGIBLE)

    def _name(self) -> None:
        """Name those of the sitting, for thirty days after the family is expected."""
        until = max(self.hearing + timedelta(days=30), self._today)
        for category in ("education", "social_centre"):
            member = self.cast.members[self.council.member(category).key]
            cases = self.cast.workshop.cases
            cases.name(self.coordinator, Reason.DUTY, self.known_id, member, until)

    def _invite(self) -> None:
        answers = {
            "sent_on": self._day,
            "hearing_on": self.hearing.isoformat(),
            "place": _PLACE,
            "invited": ",".join((*self.representatives, "child")),
            "conflict": "no",
        }
        self.take(self.coordinator, Step.SUMMON, answers)

    def _consult(self) -> None:
        asked = self.cast.members[self.council.member("social_service").key]
        by = self._today + timedelta(days=21)
        answers = {"asked_on": self._day, "answer_by": by.isoformat()}
        self.take(self.coordinator, Step.CONSULT, answers, asked)

    def _advise(self) -> None:
        who = self.cast.who(self.council.member("social_service").key)
        self.take(who, Step.ADVISE, {"opinion": "favourable"})

    def _notified(self, steps: tuple[Step, ...]) -> Iterator[Event]:
        for place, step in enumerate(steps):
            yield self._told(5 + place, step, {})

    def _supported(self) -> Iterator[Event]:
        agreed = self.hearing + timedelta(days=16)
        answers = {"commitments": "accepts_support,attends_school"}
        yield self._dated(agreed, Step.AGREE, "agreed_on", answers)
        for days, came in ((8, "some"), (22, "all")):
            met = {"came": came}
            yield self._dated(agreed + timedelta(days=days), Step.MEET, "met_on", met)
        if self.reached(Reached.CERTIFIED):
            solemn = {"undertaking": "yes"}
            yield self._dated(agreed + timedelta(days=36), Step.CERTIFY, "certified_on", solemn)

    def _told(self, days: int, step: Step, answers: Mapping[str, str]) -> Event:
        return self._dated(self.hearing + timedelta(days=days), step, "told_on", answers)

    def _dated(self, day: date, step: Step, field: str, answers: Mapping[str, str]) -> Event:
        said = {**answers, field: day.isoformat()}
        return self._at(day, calendar.WRITTEN, partial(self._take, step, said))

    def _take(self, step: Step, answers: Mapping[str, str]) -> None:
        self.take(self.coordinator, step, answers)

    @property
    def representatives(self) -> tuple[str, ...]:
        """Who stands for the children, as codes of the procedure."""
        adults = [one.relation for one in self.family.people if one.relation in _ADULTS]
        if "guardian" in adults:
            return ("guardian",)
        return ("both_parents",) if len(adults) > 1 else ("parent",)

    @property
    def _today(self) -> date:
        return local_day(self.cast.workshop.clock.now())

    @property
    def _day(self) -> str:
        return self._today.isoformat()

    def _at(self, day: date, hour: time, tell: Callable[[], object]) -> Event:
        return Event(moment(day, hour, self.turn), self.turn, tell)


def _persons(family: Family) -> Iterator[NewPerson]:
    for one in family.people:
        yield NewPerson(
            relation=one.relation,
            family_name=one.family,
            given_name=one.given,
            birth_date=one.birth_date,
            address=one.address,
            phone=one.phone,
            school=one.school,
            home=one.home,
        )
