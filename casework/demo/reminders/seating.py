"""Seats those who sit around a mayor's register: the town hall, its police, partners who join."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from casework.charters.vocabulary import CaseKind
from casework.demo.reminders.shapes import Register
from casework.demo.seating import Seat, seated
from casework.demo.shapes import Group, Member, Organisation, World
from casework.demo.words import lists

KIND: Final = CaseKind.REMINDER.value
# Beyond the numbers of the council's own members, below those of the people followed.
_FIRST: Final = 700
_EACH: Final = 20


def frame(world: World, turn: int) -> Register:
    """Return the register of the mayor whose turn it is, without any report."""
    told = lists("reminders")
    table, place = told["group"], told["places"][turn]
    commune = place["commune"]
    offices = tuple(
        Organisation(
            one["key"].format_map(place), one["name"].format_map(place), one["category"], commune
        )
        for one in told["offices"]
    )
    group = Group(
        key=table["key"].format_map(place),
        name=table["name"].format_map(place),
        prefix=place["prefix"],
        kind=KIND,
        communes=(commune,),
        coordinator=table["coordinator"].format_map(place),
        next_meeting_on=world.anchor,
    )
    seats = list(_seats(told["offices"], offices, group.key))
    first = _FIRST + turn * _EACH
    members = tuple(seated(first + number, seat, world.seed) for number, seat in enumerate(seats))
    return Register(group, offices, members, _joining(table["joining"], world), ())


def _seats(
    told: Iterable[Mapping[str, Any]], offices: Iterable[Organisation], group: str
) -> Iterator[Seat]:
    for one, office in zip(told, offices, strict=True):
        for seat in one["seats"]:
            yield Seat(office.key, (group,), seat["post"], seat["role"])


def _joining(categories: Iterable[str], world: World) -> dict[str, Member]:
    bodies = {one.key: one.category for one in world.organisations}
    found: dict[str, Member] = {}
    for member in world.members:
        found.setdefault(bodies[member.organisation], member)
    return {category: found[category] for category in categories}
