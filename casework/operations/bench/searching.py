"""What a search by name costs, among persons who each have a key of their own."""

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.receipt import Receipt
from casework.cases.gateway.searching import AT_ONCE, Shut
from casework.cases.searches import Search
from casework.identity import Reason
from casework.matching.names import Names
from casework.operations.bench.clocks import processor, seconds
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.named import fill_with_names, name_of
from casework.operations.bench.places import Engine, instance_on, take_stock
from casework.operations.bench.world import World, make_world
from casework.operations.instance import Instance
from casework.operations.settling import settle

_MILLI: Final = 1000
_ASKED: Final = 123
_TRIES: Final = 7
_FEW: Final = 5_000
_MOST_MS: Final = 40.0
_EACH_MS: Final = 0.006
"""Above five thousand: 100,000 in 0.6 s."""


@dataclass(frozen=True, slots=True)
class SearchPlan:
    """Among how many persons whose names the reader may open."""

    persons: int = 5_000

    @property
    def budget(self) -> float:
        """How many milliseconds a search may take."""
        return _MOST_MS if self.persons <= _FEW else self.persons * _EACH_MS


def measure_search(engine: Engine, plan: SearchPlan) -> Iterator[Figure]:
    """Yield the whole search, lines included; then beside the bare opening of the same names."""
    with instance_on(engine) as instance:
        world = make_world(instance, 2)
        own, case = world.reader.organisation_id, world.cases[0]
        if own is None:
            raise LookupError("a reader without an organisation")
        fill_with_names(instance, own, case.id, plan.persons)
        take_stock(instance)
        settle()
        family, given = name_of(_ASKED)
        asked = Search(case.referral.group_id, f"{given} {family}")
        search = partial(instance.lookups.searches.search, world.reader, Reason.DUTY, asked)
        if not search().cases:
            raise LookupError("a search that finds nobody")
        yield from _figures(instance, world, search, plan)
        gc.unfreeze()


def _figures(
    instance: Instance, world: World, search: Callable[[], object], plan: SearchPlan
) -> Iterator[Figure]:
    """Measure turn by turn, so that what the machine does meanwhile falls on both sides."""
    receipt, shut = _shut(instance, world, world.cases[0].referral.group_id)
    opening = partial(_open, instance, receipt, shut)
    opened = instance.lookups.searches.searching.open(receipt, shut)
    matching = processor(lambda: Names(opened.families, opened.givens).look_up("Loutre"))
    each = plan.persons / len(shut.rows)
    rounds = [
        (seconds(time.process_time, opening) * each, seconds(time.process_time, search))
        for _ in range(_TRIES)
    ]
    bare, whole = (median(one) * _MILLI for one in zip(*rounds, strict=True))
    clock = median(seconds(time.perf_counter, search) for _ in range(_TRIES)) * _MILLI
    beside = {"persons": plan.persons, "clock_ms": clock, "matching_ms": matching * each * _MILLI}
    yield Figure(FigureName.SEARCH, whole, "ms", plan.budget, beside=beside)
    ratio = median(whole / bare for bare, whole in rounds)
    yield Figure(FigureName.SEARCH_BESIDE_OPENING, ratio, "×", 2.5, beside={"bare_ms": bare})


def _shut(instance: Instance, world: World, group_id: UUID) -> tuple[Receipt, Shut]:
    """Return the first thousands of persons and the right to open them."""
    entry = Entry(Act.CASE_SEARCHED, detail={"group": group_id})
    with instance.ledger.consult(world.reader, Reason.DUTY) as work:
        shut = instance.lookups.searches.searching.load(work, group_id, None, entry)
    if len(shut.rows) > AT_ONCE:
        raise LookupError("more names at once than a search opens")
    return work.receipt, shut


def _open(instance: Instance, receipt: Receipt, shut: Shut) -> None:
    """Open every name, and compare nothing."""
    instance.lookups.searches.searching.open(receipt, shut)
