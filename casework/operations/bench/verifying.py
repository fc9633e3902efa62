"""What verifying a register costs beside hashing the same bytes: alone, and by two processes."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import Final, NamedTuple

from casework.audit.blocks import MOST, Block, values_of
from casework.audit.contents import DigestCheck
from casework.audit.crew import crew
from casework.audit.faults import FaultList
from casework.audit.gateway import RegisterGateway
from casework.audit.leaf import Run, leaf_bytes
from casework.audit.stretch import Stretch
from casework.audit.tree import NODE
from casework.audit.verify import Extent, verify
from casework.audit.walk import Walk
from casework.db.engine import Scope
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.visits import BenchBroken
from casework.operations.instance import Instance

_TWO: Final = 2


class Took(NamedTuple):
    """Seconds on the clock, and of processor in this process and in those it forked."""

    wall: float
    processor: float


@dataclass(frozen=True, slots=True)
class Round:
    """One turn: the bytes hashed before and after, and both ways of verifying between."""

    hashed: Took
    alone: Took
    two: Took


def measure_verification(instance: Instance, rounds: int) -> Iterator[Figure]:
    """Compare verifying, without the parts, with hashing; beside it, what else was measured."""
    turns = [_round(instance) for _ in range(rounds)]
    hashed = Took(*(median(one) for one in zip(*(turn.hashed for turn in turns), strict=True)))
    steps = {"hashing": hashed, "hashing_leaves": _hash_leaves(instance),
             "reading": _took(lambda: _read(instance)),
             "tree": _took(lambda: _tree(instance))}  # fmt: skip
    alone = {f"{name}_s": one.wall for name, one in steps.items()}
    alone |= {f"{name}_processor_s": one.processor for name, one in steps.items()}
    yield _figure(FigureName.VERIFY, turns, lambda turn: turn.alone, 3.0, alone)
    parts = _took(lambda: _verify(instance, _TWO, parts=True))
    opened = {"with_parts_s": parts.wall, "with_parts_processor_s": parts.processor}
    yield _figure(FigureName.VERIFY_BY_TWO, turns, lambda turn: turn.two, 2.0, opened)


def _figure(
    name: FigureName,
    turns: Iterable[Round],
    side: Callable[[Round], Took],
    budget: float,
    more: dict[str, float],
) -> Figure:
    ratios = [side(turn).wall / turn.hashed.wall for turn in turns]
    used = [side(turn).processor / turn.hashed.processor for turn in turns]
    taken = [side(turn).wall for turn in turns]
    beside = {"processor": median(used), "s": median(taken), **more}
    return Figure(name, median(ratios), "×", budget, beside=beside)


def _round(instance: Instance) -> Round:
    before = _hash(instance)
    alone = _took(lambda: _verify(instance, 1, parts=False))
    two = _took(lambda: _verify(instance, _TWO, parts=False))
    after = _hash(instance)
    return Round(Took(*(sum(pair) / 2 for pair in zip(before, after, strict=True))), alone, two)


def _verify(instance: Instance, processes: int, *, parts: bool) -> None:
    keyring, database = instance.register_keys, instance.stores.main
    instance.close()
    with crew(database, keyring, processes - 1) as helpers:
        keys = keyring.of(instance.council_id)
        found = verify(database, keys, instance.council_id, Extent(parts=parts), helpers)
    if not found.clean:
        raise BenchBroken(f"the register has faults: {found.faults[0]}")


def _hash(instance: Instance) -> Took:
    """Hash what leaves and nodes hash, read and put together beforehand."""
    return _hashed(instance, lambda block: [*_leaves_of(block), *_pairs_of(block)])


def _hash_leaves(instance: Instance) -> Took:
    """Hash what the leaves hash, and no node."""
    return _hashed(instance, _leaves_of)


def _hashed(instance: Instance, made_of: Callable[[Block], Iterable[bytes]]) -> Took:
    taken = Took(0.0, 0.0)
    with _stored(instance) as gateway:
        size = _size(gateway)
        for at in range(0, size, MOST):
            # Read to its end before anything is timed: blocks are read ahead.
            (block,) = gateway.blocks(at, min(size, at + MOST), MOST, parts=False)
            one = _took(partial(_digest, made_of(block)))
            taken = Took(taken.wall + one.wall, taken.processor + one.processor)
    return taken


def _leaves_of(block: Block) -> list[bytes]:
    lines = [values_of(row) for row in block.rows()]
    kinds = [f"{one.kind}={one.outcome}" for one in lines]
    columns = ([one.at for one in lines], kinds, [one.bound for one in lines])
    return leaf_bytes(Run(block.first, *columns))


def _pairs_of(block: Block) -> Iterator[bytes]:
    level = [values_of(row).leaf for row in block.rows()]
    while len(level) > 1:
        pairs = [NODE + left + right for left, right in zip(level[::2], level[1::2], strict=False)]
        yield from pairs
        level = [hashlib.sha256(one).digest() for one in pairs]


def _digest(some: Iterable[bytes]) -> None:
    sha256 = hashlib.sha256
    for one in some:
        sha256(one).digest()


def _read(instance: Instance) -> None:
    """Read the lines, and do nothing with them."""
    with _stored(instance) as gateway:
        for _ in gateway.blocks(0, _size(gateway), MOST, parts=False):
            pass


def _tree(instance: Instance) -> None:
    """Check lines, nodes and digests alone: no checkpoint, no part."""
    faults = FaultList()
    with _stored(instance) as gateway:
        size, walk = _size(gateway), Walk(faults)
        digests = DigestCheck(gateway.digests(size), faults)
        stretch = Stretch(walk, digests, None, (), lambda *_: None)
        stretch.follow(gateway.blocks(0, size, MOST, parts=False))
    if walk.size != size or faults.count:
        raise BenchBroken("the register has faults, or not the length its head says")


@contextmanager
def _stored(instance: Instance) -> Iterator[RegisterGateway]:
    """Give the register on a fresh connection."""
    instance.close()
    with instance.stores.main.reading(Scope(instance.council_id, whole=True)) as session:
        yield RegisterGateway(session, instance.council_id)


def _size(gateway: RegisterGateway) -> int:
    head = gateway.head()
    return head.size if head else 0


def _took(task: Callable[[], object]) -> Took:
    began, used = time.perf_counter(), _used()
    task()
    return Took(time.perf_counter() - began, _used() - used)


def _used() -> float:
    """Return the seconds of processor of this process and of those it has waited for."""
    both = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)
