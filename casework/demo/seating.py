"""Seats the invented partners around the groups: offices, their members and their accounts."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any, Final

from casework.demo.draw import Draw
from casework.demo.names import family, given
from casework.demo.places import place_name
from casework.demo.shapes import Council, Group, Member, Organisation
from casework.demo.words import lists, slug

SIZES: Final = ("small", "town", "metropole", "national")

_STRASBOURG: Final = "67482"
_PLACES: Final = 768
_FIRST_MEETING: Final = 10
_WEEK: Final = 7
_RHYTHM: Final = 28
_SEED_BYTES: Final = 20  # RFC 4226, 4: 160 bits


@dataclass(frozen=True, slots=True)
class Office:
    """A partner, the groups it sits in, and the seats it has there."""

    organisation: Organisation
    groups: tuple[str, ...]
    seats: tuple[Mapping[str, str], ...]
    grows: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A place at the table, before somebody takes it."""

    organisation: str
    groups: tuple[str, ...]
    post: str
    role: str


def council() -> Council:
    """Return the invented council."""
    table, real = lists("partners")["council"], lists("communes")
    return Council(table["key"], table["name"], real["epci"], real["epci_name"])


def groups(size: str, anchor: date) -> tuple[Group, ...]:
    """Return the groups of `size`; each meets every four weeks, one week after its neighbour."""
    tables = [table for table in lists("partners")["groups"] if _appears(table, size)]
    return tuple(
        Group(
            key=table["key"],
            name=table["name"],
            prefix=table["prefix"],
            kind="followup",
            communes=tuple(table["communes"]),
            coordinator="mission-prevention",
            next_meeting_on=anchor + timedelta(days=(_FIRST_MEETING + _WEEK * at) % _RHYTHM),
        )
        for at, table in enumerate(tables)
    )


def group_weights(size: str) -> tuple[int, ...]:
    """Return the share of the cases of each group, in the order of `groups`."""
    return tuple(table["weight"] for table in lists("partners")["groups"] if _appears(table, size))


def offices(size: str, seated: tuple[Group, ...]) -> tuple[Office, ...]:
    """Return the partners of `size`: those of the whole council, then group by group."""
    tables = [table for table in lists("partners")["partners"] if _appears(table, size)]
    keys = tuple(group.key for group in seated)
    whole = [_office(table, None, keys) for table in tables if table["scope"] == "council"]
    zones = {table["key"]: table["zone"] for table in lists("partners")["groups"]}
    local = [
        _office(table, group, (group.key,))
        for group in seated
        for table in tables
        if table["scope"] == "group" and table.get("zone", zones[group.key]) == zones[group.key]
    ]
    return (*whole, *local)


def members(size: str, seed: str, around: tuple[Office, ...]) -> tuple[Member, ...]:
    """Return the members of `size`, as many as its table asks for."""
    seats = [seat for office in around for seat in _seats(office)]
    wanted = lists("partners")["members"][size]
    seats += islice(_more_seats(around), max(0, wanted - len(seats)))
    return tuple(seated(number, seat, seed) for number, seat in enumerate(seats))


def _appears(table: Mapping[str, Any], size: str) -> bool:
    return SIZES.index(table["from"]) <= SIZES.index(size)


def _office(table: Mapping[str, Any], group: Group | None, keys: tuple[str, ...]) -> Office:
    key = table["key"] if group is None else f"{table['key']}-{group.prefix.lower()}"
    draw = Draw("office", key)
    place = place_name(draw.below(_PLACES))
    insee = _STRASBOURG if group is None else draw.pick(group.communes)
    name = table["name"].format(place=place)
    organisation = Organisation(key, name, table["category"], insee)
    return Office(organisation, keys, tuple(table["seats"]), bool(table.get("grow")))


def _seats(office: Office) -> Iterator[Seat]:
    for seat in office.seats:
        for keys in _tables_of(seat, office.groups):
            yield Seat(office.organisation.key, keys, seat["post"], seat["role"])


def _tables_of(seat: Mapping[str, str], keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the groups of each member who holds `seat`: one each, none, or all of them."""
    match seat.get("per"):
        case "group":
            return [(key,) for key in keys]
        case "council":
            return [()]
        case _:
            return [keys]


def _more_seats(around: tuple[Office, ...]) -> Iterator[Seat]:
    for office in cycle([office for office in around if office.grows]):
        yield Seat(
            office.organisation.key, office.groups, office.seats[0]["post"], office.seats[0]["role"]
        )


def seated(number: int, seat: Seat, seed: str) -> Member:
    """Return who takes a seat; a number gives a name, always the same one."""
    draw = Draw(seed, "member", number)
    feminine = draw.chance(55)
    first, last = given(draw, feminine=feminine, grown=True), family(number)
    return Member(
        key=f"member-{number + 1:03}",
        civility="Mme" if feminine else "M.",
        given=first,
        family=last,
        post=seat.post,
        organisation=seat.organisation,
        role=seat.role,
        groups=seat.groups,
        login=f"{slug(first)}.{slug(last)}@{seat.organisation}.example",
        password=_password(draw),
        totp_seed=_totp_seed(seed, number),
    )


def _password(draw: Draw) -> str:
    words = draw.some(lists("places")["password_words"], 3)
    return "-".join([*words, str(draw.between(10, 99))])


def _totp_seed(seed: str, number: int) -> str:
    digest = hashlib.sha256(f"totp:{seed}:{number}".encode()).digest()
    return base64.b32encode(digest[:_SEED_BYTES]).decode()
