"""Chooses who stands around a case: the member who refers, those named, the case lead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from casework.demo.course import Course
from casework.demo.draw import Draw
from casework.demo.people import OF_AGE
from casework.demo.shapes import Member, State
from casework.demo.stories import in_term, referring
from casework.demo.tables import Table
from casework.demo.words import lists

_NOBODY_YET: Final = frozenset({State.REFERRED, State.QUESTIONED})
_LEADING: Final = ("street_work", "social_service", "mission_locale", "education", "mediator")
_OUT_OF_SCHOOL: Final = 16


@dataclass(frozen=True, slots=True)
class Seated:
    """A member with the category of their partner."""

    category: str
    member: Member


@dataclass(frozen=True, slots=True)
class Circle:
    """Who stands around a case."""

    referrer: Member
    named: tuple[Seated, ...]
    lead: Member | None

    def present(self, day: date) -> list[Seated]:
        """Return the named members at work on `day`: schools are not in summer."""
        return [one for one in self.named if one.category != "education" or in_term(day)]

    def of(self, categories: list[str]) -> list[Member]:
        """Return the named members whose partner is in `categories`."""
        return [one.member for one in self.named if one.category in categories]


def origin_for(table: Table, age: int, opened_on: date, draw: Draw) -> str:
    """Return where the referral comes from: never a school once of age, or in summer."""
    at_school = age < OF_AGE and in_term(opened_on)
    return draw.pick([one for one in table.origins if one != "education" or at_school])


def circle(table: Table, origin: str, went: Course, age: int, draw: Draw) -> Circle:
    """Return who stands around a case of `origin`."""
    category = draw.pick([one for one in referring(origin) if one in table.seats])
    referrer = draw.pick(table.seats[category])
    if went.state in _NOBODY_YET:
        return Circle(referrer, (), None)
    named = (Seated(category, referrer), *_others(table, category, age, draw))
    if went.kept_on is None:
        return Circle(referrer, named, None)
    lead = next(one for wanted in _LEADING for one in named if one.category == wanted)
    return Circle(referrer, named, lead.member)


def _others(table: Table, referring_one: str, age: int, draw: Draw) -> Iterator[Seated]:
    """Yield those named besides the referrer; street work always, so that a lead is found."""
    for category, percent in lists("notes")["named"].items():
        sits = category in table.seats and category != referring_one and _concerned(category, age)
        if sits and (category == "street_work" or draw.chance(percent)):
            yield Seated(category, draw.pick(table.seats[category]))


def _concerned(category: str, age: int) -> bool:
    if category == "education":
        return age < OF_AGE
    return category != "mission_locale" or age >= _OUT_OF_SCHOOL
