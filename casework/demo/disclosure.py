"""A world as JSON, and the list of what must never be found in clear in a store."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from casework.demo.shapes import Case, Member, Organisation, Person, Relative, World
from casework.demo.stories import reporter_family
from casework.demo.words import folded, french_date

_INVENTED: Final = (Member, Organisation, Person, Relative, Case)


def to_json(world: World) -> dict[str, Any]:
    """Return `world` as JSON values: dates in ISO 8601, everything invented marked so."""
    return {"invented": True, **_plain(world)}


def secrets_of(world: World) -> list[str]:
    """Return every string of the cases that a store must not hold in clear, sorted, each once."""
    return sorted({secret for case in world.cases for secret in case_secrets(case)})


def credentials_of(world: World) -> list[str]:
    """Return the passwords and second-factor seeds, which no store may hold in clear either."""
    return sorted(
        secret for member in world.members for secret in (member.password, member.totp_seed)
    )


def case_secrets(case: Case) -> Iterator[str]:
    """Yield the secrets of one case."""
    yield from _person_secrets(case.subject)
    yield case.reporter
    yield from _family_secrets(reporter_family(case.reporter))
    yield from (case.fact, case.reporter_words)
    yield from (one.text for one in case.contributions)
    yield from (one.detail for one in case.actions)
    yield from filter(None, (case.question, *(one.report for one in case.actions)))


def _person_secrets(person: Person) -> Iterator[str]:
    yield from _name_secrets(person.given, person.family)
    born = person.birth_date
    yield from (born.isoformat(), born.strftime("%d/%m/%Y"), french_date(born))
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


def _phone_secrets(phone: str) -> Iterator[str]:
    if phone:
        yield from (phone, phone.replace(" ", ""))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        marked = {"invented": True} if isinstance(value, _INVENTED) else {}
        return marked | {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value
