"""The accounts that the demonstration prints: who to be, what one may do, today's codes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pyotp import TOTP

from casework.demo.shapes import Member, World
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
    return [
        _visitor(member, bodies[member.organisation].name, bodies[member.organisation].category)
        for member in _chosen(world)
    ]


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


def _visitor(member: Member, organisation: str, category: str) -> Visitor:
    table = lists("partners")["visitors"]
    told = table.get(member.role) or table[category]
    return Visitor(member, organisation, told["title"], typeset(told["may"]))
