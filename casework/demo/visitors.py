"""The accounts that the demonstration prints: who to be, what one may do, today's codes."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pyotp import TOTP

from casework.demo.families.council import families_of
from casework.demo.reminders.tales import reminders_of
from casework.demo.shapes import Member, Organisation, World
from casework.demo.words import lists, typeset

MOST: Final = 20
_OF_ONE_BODY: Final = 2
_PERIOD: Final = 30


@dataclass(frozen=True, slots=True)
class Visitor:
    """A member whose account is open to visitors."""

    member: Member
    organisation: str
    title: str
    may: str


def visitors(world: World) -> list[Visitor]:
    """Return who may be tried: the first group's members, and those of the whole council."""
    bodies = {office.key: office for office in world.organisations}
    told = lists("partners")["visitors"]
    found = [_visitor(member, bodies[member.organisation], told) for member in _chosen(world)]
    return [*found, *_of_families(world), *_of_reminders(world)]


def code_of(member: Member, now: datetime) -> str:
    """Return the one-time code of a member's phone, in two groups of three."""
    code = TOTP(member.totp_seed).at(now)
    return f"{code[:3]} {code[3:]}"


def seconds_left(now: datetime) -> int:
    """Return for how many seconds the codes of `now` are shown."""
    return _PERIOD - int(now.timestamp()) % _PERIOD


def _chosen(world: World) -> list[Member]:
    first, seen = world.groups[0].key, Counter[str]()
    chosen: list[Member] = []
    for member in _near(world, first):
        seen[member.organisation] += 1
        if seen[member.organisation] <= _OF_ONE_BODY:
            chosen.append(member)
    return chosen[:MOST]


def _near(world: World, group: str) -> Iterator[Member]:
    return (one for one in world.members if group in one.groups or not one.groups)


def _of_families(world: World) -> list[Visitor]:
    """Return those who sit in the family council of a commune."""
    council = families_of(world)
    if council is None:
        return []
    bodies = {office.key: office for office in council.bodies}
    told = lists("families")["visitors"]
    return [_visitor(one, bodies[one.organisation], told) for one in council.members]


def _of_reminders(world: World) -> Iterator[Visitor]:
    """Yield who sits around the mayor's register alone: those who join it are visitors already."""
    register = reminders_of(world)
    if register is None:
        return
    bodies, told = {one.key: one.name for one in register.organisations}, lists("reminders")
    for member in register.members:
        words = told["visitors"][member.post]
        yield Visitor(member, bodies[member.organisation], words["title"], typeset(words["may"]))


def _visitor(member: Member, body: Organisation, table: Mapping[str, Any]) -> Visitor:
    told = table.get(member.role) or table[body.category]
    return Visitor(member, body.name, told["title"], typeset(told["may"]))
