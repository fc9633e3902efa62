"""How long things take: the middle of several tries, and each unit of work by itself."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.identity import Principal, Reason
from casework.operations.instance import Instance

TRIES = 7


def seconds(clock: Callable[[], float], task: Callable[[], object]) -> float:
    """Return what a task takes on a clock."""
    began = clock()
    task()
    return clock() - began


def processor(task: Callable[[], object], tries: int = TRIES) -> float:
    """Return the median seconds of processor that a task takes in this process."""
    task()
    return median(seconds(time.process_time, task) for _ in range(tries))


class TimedLedger(Ledger):
    """The ledger of an instance, with the seconds that each of its writing units took."""

    def __init__(self, instance: Instance) -> None:
        """Begin units as the instance does."""
        edges = instance.edges
        super().__init__(instance.stores.main, instance.register_keys, edges.clock, edges.entropy)
        self.taken: list[float] = []
        self.processor: list[float] = []

    @contextmanager
    def begin(self, principal: Principal, reason: Reason) -> Iterator[Work]:
        """Do the same, and remember how long any other writer would have waited."""
        began, used = time.perf_counter(), time.thread_time()
        with super().begin(principal, reason) as work:
            yield work
        self.taken.append(time.perf_counter() - began)
        self.processor.append(time.thread_time() - used)
