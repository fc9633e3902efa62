"""What the register costs: one of many lines, and beside it one of few."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.operations.bench.appending import measure_append, measure_writers
from casework.operations.bench.applications import Build
from casework.operations.bench.asking import Shelf, measure_page
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.officer import seat_officer
from casework.operations.bench.places import Engine, instance_on, take_stock
from casework.operations.bench.planting import plant
from casework.operations.bench.proving import measure_first_root, measure_proofs
from casework.operations.bench.verifying import measure_verification
from casework.operations.bench.world import make_world
from casework.operations.instance import Instance

_FEW = 10_000
_CASES = 2
_VERIFICATIONS = 3


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """The lines of the larger register, rounds, requests a round, and seconds of many writers."""

    lines: int = 1_000_000
    rounds: int = 9
    requests: int = 40
    writing: float = 3.0

    @property
    def appends(self) -> int:
        """How many appends a side makes in a round: they are short."""
        return self.requests * 10

    @property
    def pages(self) -> int:
        """How many pages of each filter a side reads in a round: there are many filters."""
        return -(-self.requests // 4)

    @property
    def few(self) -> int:
        """The lines of the smaller register."""
        return min(_FEW, -(-self.lines // 4))


def measure_register(engine: Engine, plan: RegisterPlan, build: Build) -> Iterator[Figure]:
    """Yield each figure as soon as it is measured; what writes comes last."""
    with instance_on(engine) as short, instance_on(engine) as long:
        for instance in (short, long):
            make_world(instance, _CASES)
        plant(short, plan.few)
        began = plant(long, plan.lines)
        for instance in (short, long):
            take_stock(instance)
        yield measure_first_root(long, plan.rounds)
        yield measure_proofs(short, FigureName.PROOFS_OF_FEW, plan.rounds)
        yield measure_proofs(long, FigureName.PROOFS, plan.rounds)
        yield from measure_verification(long, min(plan.rounds, _VERIFICATIONS))
        # Signed in at the last moment: a session ends after twenty minutes without use.
        shelves = tuple(_shelf(instance, build) for instance in (short, long))
        yield measure_page(shelves, (plan.rounds, plan.pages), began)
        yield measure_append(long, plan.rounds, plan.appends)
        yield from measure_writers(long, min(plan.rounds, _VERIFICATIONS), plan.writing)


def _shelf(instance: Instance, build: Build) -> Shelf:
    return Shelf(instance, seat_officer(instance), build(instance, instance.settings))
