"""Makes the households and the young people in them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casework.demo.draw import Draw
from casework.demo.names import chance_family, followed_family, given
from casework.demo.places import address, landline, mobile
from casework.demo.shapes import Commune, Person, Relative

OF_AGE: Final = 18
_LYCEE_AGE: Final = 15
_LINKS: Final = (("mother",), ("mother",), ("father",), ("mother", "father"), ("guardian",))
_LEAP_DAY: Final = (2, 29)


@dataclass(frozen=True, slots=True)
class Household:
    """A family at an address: brothers and sisters followed share it, not their cases."""

    family: str
    address: str
    relatives: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class Youth:
    """A young person, and the gender in which texts speak of them (never a field of a case)."""

    person: Person
    feminine: bool


def years_before(day: date, years: int) -> date:
    """Return the same day `years` earlier; 28 February stands for a missing 29th."""
    if (day.month, day.day) == _LEAP_DAY:
        return date(day.year - years, 2, 28)
    return day.replace(year=day.year - years)


def age_on(birth: date, day: date) -> int:
    """Return the age in whole years on `day`."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def household(number: int, commune: Commune, draw: Draw) -> Household:
    """Return the household of `number`, which alone chooses its family name."""
    family = followed_family(number)
    links = draw.pick(_LINKS)
    relatives = tuple(_relative(link, family, draw) for link in links)
    return Household(family, address(draw, commune), relatives)


def birth_date(opened_on: date, closing: date | None, draw: Draw) -> date:
    """Return a birth date: 12 to 22 when the case opened, or 25 in the quarter after `closing`.

    The follow-up of somebody ends before the quarter in which they turn 25.
    """
    if closing is not None:
        return years_before(_next_quarter(closing) + timedelta(days=draw.between(0, 80)), 25)
    age = draw.between(12, 17) if draw.chance(80) else draw.between(18, 22)
    return years_before(opened_on, age) - timedelta(days=draw.below(330))


def _next_quarter(day: date) -> date:
    later, month = divmod((day.month - 1) // 3 * 3 + 3, 12)
    return date(day.year + later, month + 1, 1)


def youth(home: Household, born: date, anchor: date, schools: tuple[str, str], draw: Draw) -> Youth:
    """Return a young person of `home`; `schools` are a collège and a lycée."""
    feminine = draw.chance(40)
    age = age_on(born, anchor)
    minor = age < OF_AGE
    person = Person(
        given=given(draw, feminine=feminine),
        family=home.family,
        birth_date=born,
        address=home.address,
        phone=mobile(draw) if draw.chance(70) else "",
        school=schools[age >= _LYCEE_AGE] if minor else "",
        legal_representatives=home.relatives if minor else (),
    )
    return Youth(person, feminine)


def _relative(link: str, family: str, draw: Draw) -> Relative:
    feminine = link == "mother" or (link == "guardian" and draw.chance(60))
    other_name = draw.chance(100 if link == "guardian" else 25)
    return Relative(
        civility="Mme" if feminine else "M.",
        given=given(draw, feminine=feminine, grown=True),
        family=chance_family(draw) if other_name else family,
        link=link,
        phone=mobile(draw) if draw.chance(75) else landline(draw),
    )
