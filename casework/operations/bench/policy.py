"""What the charter costs: one decision, a list of cases, and the proof of a whole charter."""

import time
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from itertools import product
from statistics import median
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.cases.gateway.admission import Charters
from casework.cases.gateway.listing import CaseListing
from casework.cases.orders import Asked
from casework.cases.service.cases import CaseService
from casework.cases.values import CaseLine
from casework.charters.charter import Charter
from casework.charters.condition import ALWAYS
from casework.charters.decision import decide
from casework.charters.facts import CaseFacts, Standing
from casework.charters.loading import check, load
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass, PartnerCategory
from casework.identity import Reason
from casework.operations.bench.clocks import seconds
from casework.operations.bench.crowd import crowd
from casework.operations.bench.engines import CEDAR, ask_cedar
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.places import Engine, instance_on, take_stock
from casework.operations.bench.world import CHARTER, World, make_world
from casework.operations.instance import Instance

_TRIES: Final = 9
_DECISIONS: Final = 20_000
_PAGES: Final = 60
_MICRO: Final = 1_000_000
_UNRULED: Final[dict[str, Charter]] = {}
_READ: Final = Wanted(CharterAct.READ, CompartmentClass.SHEET)
_AS_NAMED: Final = CaseFacts(admitted=True, in_territory=True, named=True)
_MEMBER: Final = Standing(
    person=True, mandated=True, charter_signed=True, undertaking_signed=True,
    category=PartnerCategory.EDUCATION,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PolicyPlan:
    """Among how many cases the list is read; few of them need few pages."""

    cases: int = 12_000

    @property
    def pages(self) -> int:
        """How many pages one round reads."""
        return max(5, min(_PAGES, self.cases // 200))


def measure_policy(engine: Engine, plan: PolicyPlan) -> Iterator[Figure]:
    """Yield each figure as soon as it is measured; cedarpy's only where it is installed."""
    text = CHARTER.read_text(encoding="utf-8")
    yield from _decisions(load(text))
    checking = median(seconds(time.process_time, partial(check, text)) for _ in range(3))
    yield Figure(FigureName.CHARTER_CHECK, checking, "s", 2.0)
    with instance_on(engine) as instance:
        world = make_world(instance, 2)
        crowd(instance.stores.main, instance.council_id, world.cases[0].id, plan.cases - 2)
        take_stock(instance)
        yield _list(engine, instance, world, plan.pages)


def _decisions(charter: Charter) -> Iterator[Figure]:
    """Measure the worst of every act on a few worlds, and the usual one beside the others."""
    worlds = [_AS_NAMED, CaseFacts(), CaseFacts(admitted=True, in_territory=True, lead=True)]
    taken = [
        _each(partial(decide, charter, _MEMBER, wanted, facts))
        for wanted, facts in product(charter.gates, worlds)
    ]
    usual = _each(partial(decide, charter, _MEMBER, _READ, _AS_NAMED))
    plain = _each(partial(_predicate, _MEMBER, _AS_NAMED))
    beside = {"worst_us": max(taken) * _MICRO, "plain_us": plain * _MICRO}
    yield Figure(FigureName.DECISION, median(taken) * _MICRO, "µs", 2.0, beside=beside)
    if find_spec(CEDAR):
        cedar = ask_cedar(charter, (_MEMBER, _AS_NAMED), _READ)
        told = {"cedarpy_us": cedar * _MICRO, "ours_us": usual * _MICRO}
        yield Figure(
            FigureName.DECISION_BESIDE_CEDAR, cedar / usual, "×", 50.0, at_least=True, beside=told
        )


def _predicate(standing: Standing, facts: CaseFacts) -> bool:
    """Decide as a page without a charter would."""
    return standing.person and standing.mandated and facts.admitted and facts.named


def _each(task: Callable[[], object]) -> float:
    """Return the median seconds of processor of one call, without the loop around it."""
    return median(_loop(task) for _ in range(_TRIES)) / (_DECISIONS // 100)


def _loop(task: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(_DECISIONS // 100):
        task()
    return time.process_time() - began


@dataclass(frozen=True, slots=True)
class Unruled:
    """Finds the charters in force, made to let everybody see everything of a group in lists."""

    charters: Charters

    def of_group(self, session: Session, council_id: UUID, group_id: UUID) -> Charter:
        """Return the charter of a group without its conditions."""
        return _unruled(self.charters.of_group(session, council_id, group_id))

    def of_version(self, session: Session, council_id: UUID, charter_id: UUID) -> Charter:
        """Return a version without its conditions."""
        return _unruled(self.charters.of_version(session, council_id, charter_id))


def _unruled(charter: Charter) -> Charter:
    known = _UNRULED.get(charter.digest)
    if known is None:
        known = _UNRULED[charter.digest] = _without_conditions(charter)
    return known


def _without_conditions(charter: Charter) -> Charter:
    open_to_all = copy(charter)
    gates = {wanted: replace(gate, condition=ALWAYS) for wanted, gate in charter.gates.items()}
    object.__setattr__(open_to_all, "gates", gates)
    object.__setattr__(open_to_all, "digest", f"{charter.digest} unruled")
    return open_to_all


def _list(engine: Engine, instance: Instance, world: World, pages: int) -> Figure:
    """List with the charter and without, alternating: same leaf, same keys, same names opened."""
    clock = time.process_time if engine is Engine.SQLITE else time.perf_counter
    unruled = replace(
        instance.cases, listing=CaseListing(Unruled(instance.charters), instance.keyring)
    )
    ours, plain = (_listed(service, world) for service in (instance.cases, unruled))
    if [one.head.id for one in ours()] != [one.head.id for one in plain()]:
        raise LookupError("the two lists do not hold the same cases")
    rounds = [(_round(clock, plain, pages), _round(clock, ours, pages)) for _ in range(_TRIES)]
    floor, own = (median(one) / pages * 1000 for one in zip(*rounds, strict=True))
    beside = {"plain_ms": floor, "ours_ms": own}
    ratio = median(own / floor for floor, own in rounds)
    return Figure(FigureName.LIST_WITH_POLICY, ratio, "×", 1.2, beside=beside)


def _listed(service: CaseService, world: World) -> Callable[[], Sequence[CaseLine]]:
    return partial(service.list_cases, world.reader, Reason.DUTY, Asked())


def _round(clock: Callable[[], float], task: Callable[[], object], pages: int) -> float:
    return seconds(clock, lambda: [task() for _ in range(pages)])
