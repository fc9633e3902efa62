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


def frame(world: World) -> Register:
    """Return the register of the council's first mayor, without any report."""
    told = lists("reminders")
    table, commune = told["group"], told["group"]["commune"]
    offices = tuple(
        Organisation(one["key"], one["name"], one["category"], commune) for one in told["offices"]
    )
    group = Group(
        key=table["key"],
        name=table["name"],
        prefix=table["prefix"],
        kind=KIND,
        communes=(commune,),
        coordinator=table["coordinator"],
        next_meeting_on=world.anchor,
    )
    seats = list(_seats(told["offices"], group.key))
    members = tuple(seated(_FIRST + number, seat, world.seed) for number, seat in enumerate(seats))
    return Register(group, offices, members, _joining(table["joining"], world), ())


def _seats(offices: Iterable[Mapping[str, Any]], group: str) -> Iterator[Seat]:
    for office in offices:
        for seat in office["seats"]:
            yield Seat(office["key"], (group,), seat["post"], seat["role"])


def _joining(categories: Iterable[str], world: World) -> dict[str, Member]:
    bodies = {one.key: one.category for one in world.organisations}
    found: dict[str, Member] = {}
    for member in world.members:
        found.setdefault(bodies[member.organisation], member)
    return {category: found[category] for category in categories}
