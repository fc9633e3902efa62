"""An invented council on the real communes of Strasbourg: the same seed, the same world."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from casework.demo.casebook import Casebook
from casework.demo.disclosure import credentials_of, secrets_of, to_json
from casework.demo.places import communes
from casework.demo.seating import SIZES, council, groups, members, offices
from casework.demo.shapes import (
    Action,
    Case,
    Commune,
    Contribution,
    Council,
    Decision,
    Group,
    Member,
    Organisation,
    Person,
    Relative,
    State,
    World,
    Zone,
)

__all__ = [
    "ANCHOR",
    "CASES",
    "SEED",
    "SIZES",
    "Action",
    "Case",
    "Commune",
    "Contribution",
    "Council",
    "Decision",
    "Group",
    "Member",
    "Organisation",
    "Person",
    "Relative",
    "State",
    "World",
    "Zone",
    "build",
    "credentials_of",
    "each_case",
    "outline",
    "secrets_of",
    "to_json",
]

ANCHOR: Final = date(2026, 11, 23)
SEED: Final = "casework"
CASES: Final = {"small": 40, "town": 400, "metropole": 12_000, "national": 1_000_000}

_LAZY: Final = frozenset({"national"})


def build(size: str = "small", anchor: date = ANCHOR, seed: str = SEED) -> World:
    """Return the world of `size` on `anchor`, cases included; `national` has only an outline."""
    if size in _LAZY:
        raise ValueError(f"{size} is too large to hold: take each_case(outline({size!r}))")
    frame = outline(size, anchor, seed)
    return replace(frame, cases=tuple(each_case(frame)))


def outline(size: str = "small", anchor: date = ANCHOR, seed: str = SEED) -> World:
    """Return the council, its groups, partners and members, without any case."""
    seated = groups(size, anchor)
    around = offices(size, seated)
    return World(
        size=size,
        seed=seed,
        anchor=anchor,
        council=council(),
        communes=communes(),
        organisations=tuple(office.organisation for office in around),
        groups=seated,
        members=members(size, seed, around),
        cases=(),
    )


def each_case(frame: World, start: int = 0, stop: int | None = None) -> Iterator[Case]:
    """Yield the cases of an outline one by one, from `start` up to `stop` (all by default)."""
    book = Casebook(frame)
    for index in range(start, CASES[frame.size] if stop is None else stop):
        yield book.write(index)
