"""What keys cost: opened from a ring, wrapped under a new secret, sealed anew after a leaver."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from typing import Final
from uuid import UUID

from casework.identity import operator, service
from casework.keys import seals
from casework.keys.reading import Reading
from casework.keys.service.running import for_organisation
from casework.keys.values import Acting
from casework.operations.bench.clocks import TimedLedger, processor, seconds
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.places import Engine, instance_on, take_stock
from casework.operations.bench.ringed import fill_ring, make_parts
from casework.operations.bench.world import (
    MANY_ENTRIES,
    SENDER,
    World,
    make_world,
    principal_of,
)
from casework.operations.instance import Instance

KEYS_OF_A_CASE: Final = 3
"""Of whoever referred it: the persons, the sheet, and who reported."""

_RING: Final = 5000
_SAMPLE: Final = 500
_LEFT: Final = 60
_OPENINGS: Final = 200
_MILLI: Final = 1000
_MICRO: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """The cases of the organisation that rotates; few of them need little else."""

    cases: int = 12_000

    @property
    def left(self) -> int:
        """The cases of the partner that leaves."""
        return min(_LEFT, self.cases)

    @property
    def entries(self) -> int:
        """The entries of the longest of them."""
        return min(MANY_ENTRIES, self.cases)

    @property
    def parts(self) -> int:
        """How many parts are opened at once."""
        return min(_SAMPLE, self.cases)


def measure_keys(engine: Engine, plan: KeyPlan) -> Iterator[Figure]:
    """Yield each figure as soon as it is measured."""
    with instance_on(engine) as instance:
        world = make_world(instance, plan.left, long=plan.entries)
        own = world.reader.organisation_id
        if own is None:
            raise LookupError("a reader without an organisation")
        yield from _ring(instance, own, plan.parts)
        yield from _rotation(instance, own, plan.cases * KEYS_OF_A_CASE)
        yield _resealing(instance, world)


def _ring(instance: Instance, own: UUID, sample: int) -> Iterator[Figure]:
    receipt, held = make_parts(instance, own, sample)
    acting = Acting(instance.council_id, own)
    ring = instance.custody.keys_of(acting, 1).ring_of(*acting.place)
    entries = [(one.entry, one.place, one.commitment) for one in held if one.entry is not None]
    peppers = instance.keyring.keystore.peppers(instance.council_id, [one.place for one in held])

    def unwrap() -> None:
        for entry, place, pinned in entries:
            ring.unwrap(entry, place, pinned)

    def draw() -> None:
        reading = Reading(instance.custody, acting, peppers, receipt.issued_at)
        openers = [reading.opener(one) for one in held]
        if not all(openers):
            raise LookupError("a part that does not open")

    entry, grant, drawn = processor(unwrap) / sample, _hpke(instance, own), processor(draw)
    whole = processor(lambda: instance.keyring.open(receipt, held))
    beside = {"hpke_us": grant * _MICRO}
    yield Figure(FigureName.RING_ENTRY, entry * _MICRO, "µs", 6.0, beside=beside)
    yield Figure(FigureName.RING_BESIDE_HPKE, grant / entry, "×", 15.0, at_least=True)
    parts = {"ring_entries_s": entry * _RING, "with_key_store_s": whole * _RING / sample}
    yield Figure(FigureName.RING_OF_5000, drawn * _RING / sample, "s", 0.05, beside=parts)


def _hpke(instance: Instance, own: UUID) -> float:
    """Return the seconds of an HPKE opening: how a key comes before it is in a ring."""
    entropy, acting = instance.edges.entropy, Acting(instance.council_id, own)
    pair, holder = seals.agreement_of(entropy.bytes(32)), seals.member_holder(own)
    sealed = seals.seal_to_holder(acting, 1, holder, pair.public, entropy.bytes(32))

    def unwrap() -> None:
        for _ in range(_OPENINGS):
            seals.open_as_holder(acting, 1, holder, pair, sealed)

    return processor(unwrap) / _OPENINGS


def _rotation(instance: Instance, own: UUID, size: int) -> Iterator[Figure]:
    fill_ring(instance, own, size)
    take_stock(instance)
    timed = TimedLedger(instance)
    runner = replace(instance.rotation_runner, ledger=timed)
    custody = replace(instance.custody_service, ledger=timed, runner=runner)
    began = time.process_time()
    whole = seconds(
        time.perf_counter, lambda: custody.rotate(for_organisation(instance.council_id, own))
    )
    beside = {"keys": size, "processor_s": time.process_time() - began}
    yield Figure(FigureName.ROTATION, whole, "s", 5.0, beside=beside)
    yield _longest(FigureName.ROTATION_UNIT, timed)


def _resealing(instance: Instance, world: World) -> Figure:
    """Let the partner leave that referred every case, and seal everything anew."""
    leaver = principal_of(instance, world.members[SENDER]).organisation_id
    if leaver is None:
        raise LookupError("a partner without an organisation")
    instance.leaving.leave(operator(instance.council_id, "bench"), leaver)
    take_stock(instance)
    timed = TimedLedger(instance)
    replace(instance.rekeying, ledger=timed).run(service(instance.council_id, "tick:rekey"))
    return _longest(FigureName.RESEALING_UNIT, timed)


def _longest(name: FigureName, timed: TimedLedger) -> Figure:
    """Return the longest unit of work; its processor says how much of it was waiting."""
    beside = {
        "median_ms": median(timed.taken) * _MILLI,
        "processor_ms": max(timed.processor) * _MILLI,
        "units": float(len(timed.taken)),
    }
    return Figure(name, max(timed.taken) * _MILLI, "ms", 200.0, beside=beside)
