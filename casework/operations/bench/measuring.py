"""One measure: a world on one database, three rows, the floor and ours side by side."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from casework.operations.bench.applications import Build, floor_of, serve_floor, serve_ours
from casework.operations.bench.budgets import BUDGETS, Budget, RowName, missed
from casework.operations.bench.crowd import crowd
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.floor import Answers
from casework.operations.bench.mirror import mirror
from casework.operations.bench.places import Engine, instance_on, take_stock
from casework.operations.bench.profiling import Spent, profile
from casework.operations.bench.rounds import (
    Figures,
    Send,
    Sides,
    in_process,
    over_loopback,
    processor_time,
    waiting_time,
)
from casework.operations.bench.servers import serving
from casework.operations.bench.visits import (
    Application,
    BenchBroken,
    Order,
    Visitor,
    case_path,
    facts_of,
    send,
)
from casework.operations.bench.world import MANY_ENTRIES, World, make_world
from casework.operations.instance import Instance

_WORDS: Final = (
    "Point inventé avec l’établissement inventé : présence reprise trois jours sur quatre, un"
    " rendez-vous est pris avec la mission locale."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: cases in the world, rounds, requests of each side in a round."""

    cases: int = 1000
    rounds: int = 9
    requests: int = 40
    crowd: int = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row measured; `profile` says where our side spends its time when a budget is missed."""

    name: RowName
    budget: Budget
    figures: Figures
    profile: Sequence[Spent] = ()

    @property
    def missed(self) -> bool:
        """Say whether any of its budgets is missed."""
        return missed(self.budget, self.figures)


def measure(engine: Engine, plan: Plan, build: Build) -> Iterator[Row | Figure]:
    """Yield each row as soon as it is measured, then how the list grows."""
    with instance_on(engine) as instance:
        world = make_world(instance, plan.cases, long=MANY_ENTRIES)
        answers = mirror(instance, world)
        take_stock(instance)
        ours: Any = build(instance, instance.settings)
        floor: Any = floor_of(build, instance, answers)
        visitor = Visitor.of(ours, world.cookie, world.opened)
        orders = _orders(world, visitor)
        _require_same_pages(ours, floor, orders)
        with _servers(instance, build, answers) as (to_floor, to_ours):
            for name in RowName:
                here = Sides(in_process(floor), in_process(ours), orders[name])
                there = Sides(to_floor, to_ours, orders[name])
                yield _row(BUDGETS[engine][name], name, (here, there), plan)
        list_of_50 = Sides(in_process(floor), in_process(ours), orders[RowName.LIST])
        yield _growth(instance, world, list_of_50, plan)


def _growth(instance: Instance, world: World, sides: Sides, plan: Plan) -> Figure:
    """Compare our list among many cases with our own among few.

    The floor, whose tables stay as they are, tells how fast the machine is before and after.
    """
    _warm(sides, plan)
    few = processor_time(sides, plan.rounds, plan.requests)
    added = max(0, plan.crowd - plan.cases)
    crowd(instance.stores.main, instance.council_id, world.cases[0].id, added)
    take_stock(instance)
    _warm(sides, plan)
    many = processor_time(sides, plan.rounds, plan.requests)
    beside = {"cases": plan.crowd, "few_ms": few.ours, "many_ms": many.ours}
    return Figure(FigureName.LIST_GROWTH, many.ratio / few.ratio, "×", 1.2, beside=beside)


def _row(budget: Budget, name: RowName, sides: tuple[Sides, Sides], plan: Plan) -> Row:
    here, there = sides
    _warm(here, plan)
    _warm(there, plan)
    figures = Figures(
        processor_time(here, plan.rounds, plan.requests),
        *waiting_time(there, plan.rounds, plan.requests),
    )
    shown = profile(here.ours, plan.requests) if missed(budget, figures) else ()
    return Row(name, budget, figures, shown)


def _warm(sides: Sides, plan: Plan) -> None:
    """Let both sides prepare their statements, templates and keys before anything counts."""
    for _ in range(plan.requests):
        sides.floor()
        sides.ours()


def _orders(world: World, visitor: Visitor) -> Mapping[RowName, Sequence[Order]]:
    written = [
        visitor.post(f"{case_path(case_id)}/contributions", {"text": _WORDS})
        for case_id in world.written
    ]
    return {
        RowName.OPEN: [visitor.get(case_path(world.opened))],
        RowName.OPEN_LONG: [visitor.get(case_path(world.long))],
        RowName.LIST: [visitor.get("/situations")],
        RowName.WRITE: written,
    }


def _require_same_pages(
    ours: Application, floor: Application, orders: Mapping[RowName, Sequence[Order]]
) -> None:
    """Raise `BenchBroken` unless both sides show the same facts in the same words."""
    for name in (RowName.OPEN, RowName.OPEN_LONG, RowName.LIST):
        order = orders[name][0]
        if facts_of(send(ours, order).body) != facts_of(send(floor, order).body):
            raise BenchBroken(f"the floor does not show what we show: {name}")


@contextmanager
def _servers(instance: Instance, build: Build, answers: Answers) -> Iterator[tuple[Send, Send]]:
    floor = partial(serve_floor, build, instance.settings, answers)
    ours = partial(serve_ours, build, instance.settings)
    with serving(floor, ours) as ports:
        to_floor, to_ours = map(over_loopback, ports)
        yield to_floor, to_ours
