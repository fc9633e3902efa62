"""A world as JSON, and the list of what must never be found in clear in a store."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from casework.demo.families.council import families_of
from casework.demo.families.values import Family, Inhabitant
from casework.demo.papers import paper_secrets
from casework.demo.reminders.shapes import Register, Tale
from casework.demo.shapes import Case, Member, Organisation, Person, Relative, World
from casework.demo.stories import reporter_family
from casework.demo.words import folded, french_date

_INVENTED: Final = (
    *(Member, Organisation, Person, Relative, Case),
    *(Family, Inhabitant, Tale),
)


def to_json(world: World, *registers: Register) -> dict[str, Any]:
    """Return `world` as JSON values: dates in ISO 8601, everything invented marked so.

    With mayors' `registers`, what is invented around the first stands under `reminders`, and around
    the others under `other_reminders`.
    """
    first, others = registers[:1], registers[1:]
    beside = {"reminders": _plain(first[0])} if first else {}
    beside |= {"other_reminders": _plain(others)} if others else {}
    families = {"families": _plain(families_of(world))}
    return {"invented": True, **_plain(world), **families, **beside}


def secrets_of(world: World) -> list[str]:
    """Return every string of the cases that a store must not hold in clear, sorted, each once."""
    told = {secret for case in world.cases for secret in case_secrets(case)}
    return sorted(told | set(_secrets_of_families(world)) | set(paper_secrets(world)))


def credentials_of(world: World) -> list[str]:
    """Return the passwords and second-factor seeds, which no store may hold in clear either."""
    council = families_of(world)
    members = (*world.members, *(council.members if council else ()))
    return sorted(secret for member in members for secret in (member.password, member.totp_seed))


def case_secrets(case: Case) -> Iterator[str]:
    """Yield the secrets of one case."""
    yield from _person_secrets(case.subject)
    yield case.reporter
    yield from _family_secrets(reporter_family(case.reporter))
    yield from (case.fact, case.reporter_words)
    yield from (one.text for one in case.contributions)
    yield from (one.detail for one in case.actions)
    yield from filter(None, (case.question, *(one.report for one in case.actions)))


def _secrets_of_families(world: World) -> Iterator[str]:
    council = families_of(world)
    for family in council.families if council else ():
        for one in family.people:
            yield from _name_secrets(one.given, one.family)
            yield from (one.address, one.address.partition(",")[0])
            yield from _phone_secrets(one.phone)
            if one.birth_date:
                yield from _day_secrets(one.birth_date)
        yield from filter(None, (family.fact, family.words, family.reporter, family.question))


def secrets_of_reminders(register: Register) -> list[str]:
    """Return the same of a mayor's register, and the credentials of its members."""
    told = {one for tale in register.tales for one in _tale_secrets(tale)}
    held = {secret for one in register.members for secret in (one.password, one.totp_seed)}
    return sorted(told | held)


def _tale_secrets(tale: Tale) -> Iterator[str]:
    yield from _person_secrets(tale.subject)
    yield from filter(None, (tale.words, tale.reporter, tale.reporter_words, tale.place))


def _person_secrets(person: Person) -> Iterator[str]:
    yield from _name_secrets(person.given, person.family)
    yield from _day_secrets(person.birth_date)
    yield from (person.address, person.address.partition(",")[0])
    yield from _phone_secrets(person.phone)
    for relative in person.legal_representatives:
        yield from _name_secrets(relative.given, relative.family)
        yield from _phone_secrets(relative.phone)


def _name_secrets(given: str, family: str) -> Iterator[str]:
    yield from _family_secrets(family)
    yield from (f"{given} {family}", f"{family} {given}")


def _family_secrets(family: str) -> Iterator[str]:
    """Yield a family name as written, as printed in capitals, and as a search key would hold it."""
    yield from (family, family.upper(), folded(family))


def _day_secrets(day: date) -> Iterator[str]:
    yield from (day.isoformat(), day.strftime("%d/%m/%Y"), french_date(day))


def _phone_secrets(phone: str) -> Iterator[str]:
    if phone:
        yield from (phone, phone.replace(" ", ""))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        marked = {"invented": True} if isinstance(value, _INVENTED) else {}
        return marked | {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value
