"""Holds the sittings of a family council: who is heard, what is recommended, who is put off."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from casework.cases.agenda import MeetingDecision
from casework.cases.procedures.steps import Step
from casework.demo import calendar
from casework.demo.calendar import moment
from casework.demo.families.lives import FamilyLife
from casework.demo.families.values import Reached
from casework.demo.lives import Event

_NOTICE: Final = timedelta(days=2)
_PRESENT: Final = ("education", "social_service", "social_centre", "landlord")
_SUPPORT: Final = {
    "assistance": "no",
    "contract": "no",
    "ground": "attendance",
    "asked_by": "mayor",
}


@dataclass(slots=True)
class FamilySitting:
    """One sitting, with the families it decides on and those it hears."""

    day: date
    lives: Sequence[FamilyLife]
    id: UUID | None = None

    def events(self) -> Iterator[Event]:
        """Yield the preparation and the sitting itself."""
        yield Event(moment(self.day - _NOTICE, calendar.PREPARED), 1, self.prepare)
        yield Event(moment(self.day, calendar.MEETING), 1, self.hold)

    def prepare(self) -> None:
        """Put the families on the agenda."""
        first = self.lives[0]
        meetings, group = first.cast.workshop.meetings, first.cast.groups[first.council.group.key]
        agenda = [one.known_id for one in self.lives]
        self.id = meetings.prepare(first.coordinator, group, self.day, agenda)

    def hold(self) -> None:
        """Open, note who is there, hear and decide, close."""
        first, meeting_id = self.lives[0], self._known_id
        meetings, who = first.cast.workshop.meetings, first.coordinator
        meetings.open(who, meeting_id, 1)
        for category in _PRESENT:
            member = first.cast.members[first.council.member(category).key]
            meetings.attend(who, meeting_id, member, present=True)
        for life in self.lives:
            code = _heard(life) if self.day == life.hearing else _considered(life)
            version = life.version(who)
            decision = MeetingDecision(case_id=life.known_id, version=version, code=code)
            meetings.decide(who, meeting_id, decision)
        meetings.close(who, meeting_id, meetings.read(who, meeting_id).line.version)

    @property
    def _known_id(self) -> UUID:
        if self.id is None:
            raise LookupError("not prepared yet")
        return self.id


def family_sittings(lives: Iterable[FamilyLife], anchor: date) -> Iterator[FamilySitting]:
    """Yield the sittings held by the anchor, each with its families."""
    tables: dict[date, list[FamilyLife]] = {}
    for life in lives:
        if life.family.sitting < anchor:
            tables.setdefault(life.family.sitting, []).append(life)
        if life.reached(Reached.ABSENT) and life.hearing < anchor:
            tables.setdefault(life.hearing, []).append(life)
    for day, around in sorted(tables.items()):
        yield FamilySitting(day, around)


def _considered(life: FamilyLife) -> str:
    """Return what a first sitting decides of a family."""
    return "not_kept" if life.family.came_to is Reached.REFUSED else "kept"


def _heard(life: FamilyLife) -> str:
    """Hear a family, or note that it did not come; return what the sitting decides next."""
    if life.family.came_to is Reached.ABSENT:
        life.take(life.coordinator, Step.MISS, {"why_absent": "no_answer"})
        return "postponed"
    answers = {
        "attended": ",".join((*life.representatives, "child")),
        "recommendations": "school_attendance,evening_presence",
        "commitments": "attends_school",
    }
    life.take(life.coordinator, Step.HEAR, answers)
    if life.reached(Reached.CONSULTED):
        mayor = life.cast.who(life.council.member("municipality").key)
        life.take(mayor, Step.PROPOSE, _SUPPORT)
    return "continued"
