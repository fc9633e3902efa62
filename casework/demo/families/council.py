"""Builds the family council of an anchor day: the same seed, the same families."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from casework.demo.draw import Draw
from casework.demo.families.values import Family, FamilyCouncil, Inhabitant, Reached
from casework.demo.names import chance_family, followed_family, given
from casework.demo.people import years_before
from casework.demo.places import address, communes, mobile
from casework.demo.seating import Seat, seated
from casework.demo.shapes import Group, Member, Organisation, World
from casework.demo.words import lists, typeset

SIZES: Final = frozenset({"small", "town", "metropole"})

_NEXT: Final = 15  # days from the anchor to the next sitting
_RHYTHM: Final = timedelta(days=28)
_FIRST_NAME: Final = 760  # numbers of names that no partner of the follow-up group takes
_HOUSEHOLDS: Final = 9_000
_FAR: Final = {"metropole": 50_000}  # there the follow-ups have taken the nearer names
_COLLEGE: Final = "Collège des Girouettes-Aimables"
_ECOLE: Final = "École des Girouettes-Aimables"
_COLLEGE_AGE: Final = 11


def families_of(world: World) -> FamilyCouncil | None:
    """Return the council of a world; none where it is too large to be lived day by day.

    Of an outline, the people who sit there and no family.
    """
    if world.size not in SIZES:
        return None
    council = _council(world)
    return council if world.cases else replace(council, families=())


def _council(world: World) -> FamilyCouncil:
    anchor, seed = world.anchor, world.seed
    table = lists("families")
    told = table["council"]
    bodies = tuple(
        Organisation(one["key"], one["name"], one["category"], told["commune"])
        for one in table["bodies"]
    )
    group = Group(
        key=told["key"],
        name=told["name"],
        prefix=told["prefix"],
        kind="family_council",
        communes=(told["commune"],),
        coordinator=bodies[0].key,
        next_meeting_on=next_sitting(anchor),
    )
    members = tuple(_members(table["bodies"], group.key, seed))
    seats = {one.category: one.key for one in bodies}
    referrers = {
        category: next(m.key for m in reversed(members) if m.organisation == body)
        for category, body in seats.items()
    }
    families = tuple(
        _family(number, one, referrers, world) for number, one in enumerate(table["families"])
    )
    return FamilyCouncil(group, bodies, members, families)


def next_sitting(anchor: date) -> date:
    """Return the day of the next sitting; they come every four weeks."""
    return anchor + timedelta(days=_NEXT)


def _members(bodies: list[dict[str, Any]], group: str, seed: str) -> Iterator[Member]:
    seats = [
        Seat(body["key"], (group,), seat["post"], seat["role"])
        for body in bodies
        for seat in body["seats"]
    ]
    for number, seat in enumerate(seats, start=_FIRST_NAME):
        yield seated(number, seat, seed)


def _family(
    number: int, told: Mapping[str, Any], referrers: Mapping[str, str], world: World
) -> Family:
    anchor, first = world.anchor, _FAR.get(world.size, _HOUSEHOLDS)
    draw = Draw(world.seed, "family", number)
    return Family(
        key=f"family-{number + 1:02}",
        came_to=Reached(told["came_to"]),
        sitting=next_sitting(anchor) - told["sitting"] * _RHYTHM,
        people=tuple(_people(first + number, told, anchor, draw)),
        referrer=referrers[told["referrer"]],
        origin=told["origin"],
        reason=told["reason"],
        fact=typeset(told["fact"]),
        reporter=_reporter(told["reporter"], draw),
        words=typeset(told["words"]),
        question=typeset(told.get("question", "")),
    )


def _people(number: int, told: Mapping[str, Any], anchor: date, draw: Draw) -> Iterator[Inhabitant]:
    name = followed_family(number)
    commune = next(
        one for one in communes() if one.insee == lists("families")["council"]["commune"]
    )
    homes = {"a": address(draw, commune), "b": address(draw, commune)}
    homes["both"] = homes["a"]
    for place, child in enumerate(told["children"]):
        born = years_before(anchor, child["age"]) - timedelta(days=draw.between(20, 330))
        yield Inhabitant(
            relation="child" if place else "subject",
            given=given(draw, feminine=child.get("feminine", False)),
            family=name,
            home=child["home"],
            address=homes[child["home"]],
            school=_COLLEGE if child["age"] >= _COLLEGE_AGE else _ECOLE,
            birth_date=born,
        )
    for place, adult in enumerate(told["adults"]):
        yield Inhabitant(
            relation=adult["relation"],
            given=given(draw, feminine=adult.get("feminine", False), grown=True),
            family=chance_family(draw) if place else name,
            home=adult["home"],
            address=homes[adult["home"]],
            phone=mobile(draw),
        )


def _reporter(place: str, draw: Draw) -> str:
    return f"{chance_family(draw)}, {place}" if place else ""
