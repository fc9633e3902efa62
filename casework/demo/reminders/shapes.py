"""What an invented register is made of: frozen values, every code one of the shipped charter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.demo.shapes import Group, Member, Organisation, Person


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that somebody took on a day; `told` are its particulars, as the word list has them."""

    step: str
    on: date
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tale:
    """A report of facts and what followed; `referrer` is a member's key."""

    key: str
    commune: str
    subject: Person
    fact: str
    words: str
    fact_on: date
    place: str
    origin: str
    reporter: str
    reporter_words: str
    referrer: str
    opened_on: date
    steps: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A mayor's register: `joining` are members of the council's own partners who sit here too."""

    group: Group
    organisations: tuple[Organisation, ...]
    members: tuple[Member, ...]
    joining: Mapping[str, Member]
    tales: tuple[Tale, ...]

    @property
    def everybody(self) -> tuple[Member, ...]:
        """Return all who sit around the register."""
        return (*self.members, *self.joining.values())

    def member_of(self, category: str) -> Member:
        """Return the first who sits here for a category of partner."""
        if category in self.joining:
            return self.joining[category]
        bodies = {one.key for one in self.organisations if one.category == category}
        return next(one for one in self.members if one.organisation in bodies)

    def seat(self, post: str) -> Member:
        """Return who holds a post."""
        return next(one for one in self.members if one.post == post)
