"""A household as its block shows it: one or two homes, and who lives in each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from casework.cases.pages.views.words import age, born, full_name, said
from casework.cases.policy import age_on
from casework.cases.relations import CHILDREN, Home, Relation
from casework.cases.values import CaseFile, Person
from casework.charters.vocabulary import CaseKind
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.web.dates import long_day

OF_AGE: Final = 18

RELATIONS: Final[Mapping[str, Any]] = {
    Relation.SUBJECT: _l("L’enfant"),
    Relation.CHILD: _l("Frère ou sœur"),
    Relation.PARENT: _l("Parent"),
    Relation.GUARDIAN: _l("Tutelle"),
    Relation.LEGAL_REPRESENTATIVE: _l("Représentant légal"),
}


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """Somebody of a home; `note` says what changes how they may be spoken of."""

    relation: str
    name: str
    lines: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HomeView:
    """A home: its address, and who lives there. A child of two homes stands in both."""

    title: str
    address: str
    people: tuple[Inhabitant, ...]


def homes_of(file: CaseFile, day: date) -> tuple[HomeView, ...]:
    """Return the homes of a family before the council; other cases have no household."""
    if file.head.kind != CaseKind.FAMILY_COUNCIL:
        return ()
    return household(file.persons, day)


def household(persons: Iterable[Person], day: date) -> tuple[HomeView, ...]:
    """Return the homes of a household, children first; one home has no title."""
    ordered = sorted(persons, key=_rank)
    found = [
        (title, people)
        for home, title in ((Home.FIRST, _l("Premier foyer")), (Home.SECOND, _l("Second foyer")))
        if (people := [one for one in ordered if _lives(one, home)])
    ]
    titled = len(found) > 1
    return tuple(
        HomeView(
            title=str(title) if titled else "",
            address=_address(people),
            people=tuple(_inhabitant(one, day) for one in people),
        )
        for title, people in found
    )


def minors(persons: Iterable[Person], day: date) -> list[Person]:
    """Return the children who are under age on a day; one whose birth stays shut counts."""
    return [one for one in persons if one.relation in CHILDREN and not _grown(one, day)]


def _lives(person: Person, home: Home) -> bool:
    kept = person.home if isinstance(person.home, str) and person.home else Home.FIRST
    return kept in {home, Home.BOTH}


def _rank(person: Person) -> int:
    return list(RELATIONS).index(person.relation)


def _address(people: Iterable[Person]) -> str:
    """Return where a home is: what is said of those who live in it alone, else of anybody."""
    people = list(people)
    settled = [one for one in people if one.home != Home.BOTH] or people
    told = (one.address for one in settled)
    return next((said(one) for one in told if one), "")


def _inhabitant(person: Person, day: date) -> Inhabitant:
    name = full_name(person.given_name, person.family_name) or gettext("Réservé")
    relation = str(RELATIONS[Relation(person.relation)])
    return Inhabitant(relation, name, tuple(_lines(person, day)), _note(person, day))


def _lines(person: Person, day: date) -> Iterator[str]:
    birth = born(person.birth_date)
    if birth:
        yield gettext("%(age)s, naissance le %(day)s", age=age(birth, day), day=long_day(birth))
    if person.home == Home.BOTH:
        yield gettext("en alternance dans les deux foyers")
    yield from (said(one) for one in (person.school, person.phone) if one)


def _note(person: Person, day: date) -> str:
    if person.relation in CHILDREN and _grown(person, day):
        return gettext("A dix-huit ans : le conseil n’entend plus la famille pour cette personne.")
    return ""


def _grown(person: Person, day: date) -> bool:
    birth = born(person.birth_date)
    return birth is not None and age_on(birth, day) >= OF_AGE
