"""Where our side spends its time: what a missed budget is shown with."""

import cProfile
import pstats
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_OURS: Final = f"{Path(__file__).parents[2]}/"
_TOP: Final = 18


@dataclass(frozen=True, slots=True)
class Spent:
    """A function, how often a request calls it, and its milliseconds a request, calls included."""

    where: str
    calls: float
    cumulative: float
    own: float


def profile(task: Callable[[], None], requests: int) -> list[Spent]:
    """Return the functions of ours that take most, called ones included; without this bench."""
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(requests):
        task()
    profiler.disable()
    return _top(pstats.Stats(profiler), requests)


def _top(stats: pstats.Stats, requests: int) -> list[Spent]:
    measured: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    measured = vars(stats)["stats"]
    ours = [
        Spent(_called(place), calls / requests, total * 1000 / requests, own * 1000 / requests)
        for place, (_, calls, own, total, _callers) in measured.items()
        if place[0].startswith(_OURS) and "/bench/" not in place[0]
    ]
    return sorted(ours, key=lambda one: one.cumulative, reverse=True)[:_TOP]


def _called(place: tuple[str, int, str]) -> str:
    file, line, name = place
    return f"{file.removeprefix(_OURS)}:{line} {name}"
