"""What it takes to prove a line and a growth, and to know where the register stands at a start."""

import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from typing import Final

from casework.audit.gateway import RegisterGateway
from casework.audit.proof import NodeReader, consistency_proof, inclusion_proof
from casework.audit.tree import Frontier
from casework.db.engine import Scope
from casework.operations.bench.clocks import seconds
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.visits import BenchBroken
from casework.operations.instance import Instance, open_instance, system_edges
from casework.settings import Settings

_STARTS: Final = 5
_PAIRS: Final = 20
_MILLI: Final = 1000
_LIMIT: Final = 1.0


def measure_first_root(instance: Instance, starts: int) -> Figure:
    """Time, in processes that have just opened the instance, the first root.

    It is read, and compared with that of its frontier. Beside it, what opening the instance took.
    """
    taken = [_started(instance) for _ in range(min(starts, _STARTS))]
    wall, used, opening = (median(each) * _MILLI for each in zip(*taken, strict=True))
    beside = {"processor_ms": used, "opening_ms": opening}
    return Figure(FigureName.FIRST_ROOT, wall, "ms", 5.0, beside=beside)


def _started(instance: Instance) -> Sequence[float]:
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_first_root, args=(instance.settings, theirs), daemon=True)
    process.start()
    theirs.close()
    taken: Sequence[float] = ours.recv()
    process.join()
    return taken


def _first_root(settings: Settings, pipe: Connection) -> None:
    start = time.perf_counter()
    instance = open_instance(settings, system_edges())
    began, used = time.perf_counter(), time.process_time()
    with instance.stores.main.reading(Scope(instance.council_id)) as session:
        head = RegisterGateway(session, instance.council_id).head()
    if head is None or Frontier.from_bytes(head.size, head.frontier).root != head.root:
        raise BenchBroken("the first root is not that of its frontier")
    pipe.send((time.perf_counter() - began, time.process_time() - used, began - start))
    instance.close()


def measure_proofs(instance: Instance, name: FigureName, rounds: int) -> Figure:
    """Time an inclusion and a consistency proof together, each time of other lines."""
    with instance.stores.main.reading(Scope(instance.council_id)) as session:
        gateway = RegisterGateway(session, instance.council_id)
        head = gateway.head()
        size = head.size if head else 0
        waits, used = [], []
        for number in range(1, rounds * _PAIRS + 1):
            before = time.process_time()
            waits.append(seconds(time.perf_counter, lambda: _prove(gateway, number, size)))  # noqa: B023
            used.append(time.process_time() - before)
    beside = {"lines": float(size), "processor_ms": median(used) * _MILLI}
    return Figure(name, median(waits) * _MILLI, "ms", _LIMIT, beside=beside)


def _prove(gateway: RegisterGateway, number: int, size: int) -> None:
    line = number * 7919 % size

    def both(node: NodeReader) -> tuple[list[bytes], list[bytes]]:
        return inclusion_proof(line, size, node), consistency_proof(line + 1, size, node)

    gateway.from_nodes(both)
