"""Writes what was reported to the mayor and what followed, from the word list."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from casework.demo.course import working
from casework.demo.draw import Draw
from casework.demo.names import chance_family
from casework.demo.people import OF_AGE, age_on, household, years_before, youth
from casework.demo.places import communes
from casework.demo.reminders.seating import frame
from casework.demo.reminders.shapes import Register, Taken, Tale
from casework.demo.shapes import Commune, Person, World
from casework.demo.words import lists, typeset

ROUNDS: Final = {"small": 1, "town": 3, "metropole": 1}
"""How often the tales are told, each time of other people."""

REGISTERS: Final = {"small": 1, "town": 1, "metropole": 2}
"""How many mayors have a register; the largest world, of which no case is kept, has none."""

_APART_BY: Final = 1_000  # between the numbers of one register and the next
_HOUSEHOLDS: Final = 40_000  # far from those of the follow-ups
_APART: Final = 3  # days between two rounds


def reminders_of(world: World) -> Register | None:
    """Return the register of the first mayor of a world, where one is lived day by day."""
    return next(registers_of(world), None)


def registers_of(world: World) -> Iterator[Register]:
    """Yield the register of each mayor of a world: nobody of one commune sits in another's."""
    for turn in range(REGISTERS.get(world.size, 0)):
        yield _register(world, turn)


def _register(world: World, turn: int) -> Register:
    empty, told = frame(world, turn), lists("reminders")["tales"]
    tales = tuple(
        _tale(empty, world, table, (turn * _APART_BY + at, at_round))
        for at_round in range(ROUNDS[world.size])
        for at, table in enumerate(told, start=at_round * len(told))
    )
    return replace(empty, tales=tales)


def _tale(seats: Register, world: World, table: Mapping[str, Any], place: tuple[int, int]) -> Tale:
    number, later = place[0], place[1] * _APART
    draw = Draw(world.seed, "reminder", number)
    opened = _before(world.anchor, table["opened"] + later)
    commune = next(one for one in communes() if one.insee == seats.group.communes[0])
    return Tale(
        key=f"reminder-{number + 1:03}",
        commune=commune.insee,
        subject=_person(table["age"], opened, commune, number, draw),
        fact=table["fact"],
        words=typeset(table["words"]),
        fact_on=opened - timedelta(days=draw.between(1, 9)),
        place=table["place"],
        origin=table["origin"],
        reporter=table["reporter"].format(name=chance_family(draw)),
        reporter_words=typeset(table["said"]),
        referrer=seats.member_of(table["by"]).key,
        opened_on=opened,
        steps=tuple(_steps(table, world.anchor, later)),
    )


def _steps(table: Mapping[str, Any], anchor: date, later: int) -> Iterator[Taken]:
    for one in table.get("steps", ()):
        told = {key: str(value) for key, value in one.items() if key not in {"step", "days"}}
        if "hearing" in one:
            told["hearing"] = _before(anchor, one["hearing"] + later).isoformat()
        yield Taken(one["step"], _before(anchor, one["days"] + later), told)


def _person(age: int, opened: date, commune: Commune, number: int, draw: Draw) -> Person:
    home = household(_HOUSEHOLDS + number, commune, draw)
    born = years_before(opened, age) - timedelta(days=draw.between(20, 300))
    young = youth(home, born, opened, ("", ""), draw).person
    if age_on(born, opened) < OF_AGE:
        return young
    return replace(young, legal_representatives=())


def _before(anchor: date, days: int) -> date:
    return working(anchor - timedelta(days=days))
