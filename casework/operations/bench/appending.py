"""What an append costs beside a bare durable commit, alone and among other writers."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from typing import Final, NamedTuple

from casework.audit.append import Appender
from casework.db.engine import Scope
from casework.operations.bench.clear_rows import COMMITS
from casework.operations.bench.clocks import seconds
from casework.operations.bench.figures import Figure, FigureName
from casework.operations.bench.planting import one_reading
from casework.operations.instance import Instance

WRITERS: Final = (4, 8)
_FIGURES: Final = {
    4: (FigureName.WAIT_OF_4, FigureName.FAIRNESS_OF_4, FigureName.TOTAL_OF_4),
    8: (FigureName.WAIT_OF_8, FigureName.FAIRNESS_OF_8, FigureName.TOTAL_OF_8),
}
_INSERT: Final = f"INSERT INTO {COMMITS} VALUES"
_HEAD_START: Final = 0.05
_MILLI: Final = 1000


def measure_append(instance: Instance, rounds: int, appends: int) -> Figure:
    """Compare the rates of durable appends and of durable commits of one small row."""
    with _commits(instance) as commit:
        append = _appends(instance)
        taken = [_round(commit, append, appends) for _ in range(rounds + 1)][1:]
    wall = [commits[0] / ours[0] for commits, ours in taken]
    beside = {
        "processor": median(commits[1] / ours[1] for commits, ours in taken),
        "commits_per_s": median(1 / commits[0] for commits, _ in taken),
        "appends_per_s": median(1 / ours[0] for _, ours in taken),
    }
    return Figure(FigureName.APPEND, median(wall), "×", 0.5, at_least=True, beside=beside)


Spent = tuple[float, float]
"""Seconds that one unit took, and seconds of processor."""


def _round(commit: Callable[[], None], append: Callable[[], None], n: int) -> tuple[Spent, Spent]:
    first, ours, again, last = (_each(task, n) for task in (commit, append, append, commit))
    return _middle(first, last), _middle(ours, again)


def _each(task: Callable[[], None], times: int) -> Spent:
    used, began = time.process_time(), time.perf_counter()
    for _ in range(times):
        task()
    return (time.perf_counter() - began) / times, (time.process_time() - used) / times


def _middle(one: Spent, other: Spent) -> Spent:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


@contextmanager
def _commits(instance: Instance) -> Iterator[Callable[[], None]]:
    """Give a commit of one small row through the driver itself, with our pragmas and settings."""
    database, numbers = instance.stores.main, count(1)
    connection = database.engine.raw_connection()
    driver = connection.driver_connection
    if driver is None:
        raise LookupError("a connection without its driver")

    def on_postgresql() -> None:
        driver.execute(f"{_INSERT} (%b, %b)", (next(numbers), "invention"))
        driver.commit()

    def on_sqlite() -> None:
        driver.execute("BEGIN IMMEDIATE")
        driver.execute(f"{_INSERT} (?, ?)", (next(numbers), "invention"))
        driver.execute("COMMIT")

    yield on_postgresql if database.on_postgresql else on_sqlite
    connection.close()


def _appends(instance: Instance) -> Callable[[], None]:
    """Return one append as every reading ends with: a write of its own that does nothing else."""
    edges, scope, numbers = instance.edges, Scope(instance.council_id), count()
    appender = Appender(instance.register_keys, edges.clock, edges.entropy)

    def append() -> None:
        prepared = appender.prepare(one_reading(instance.council_id, next(numbers)))
        with instance.stores.main.appending(scope) as connection:
            appender.append(connection, prepared)

    return append


class Written(NamedTuple):
    """What one writer did in a round: appends, and the longest it waited for one, in seconds."""

    appends: int
    longest: float


def measure_writers(instance: Instance, rounds: int, length: float) -> Iterator[Figure]:
    """Compare several writers with one, `length` seconds each, by turns."""
    turns = (1, *WRITERS, *reversed(WRITERS), 1)
    with _writers(instance, max(WRITERS)) as pipes:
        _together(pipes, length / 4)
        done = [(many, _together(pipes[:many], length)) for _ in range(rounds) for many in turns]
    alone = median(each[0].appends for many, each in done if many == 1)
    for many in WRITERS:
        yield from _figures(many, [each for number, each in done if number == many], alone)


def _figures(many: int, rounds: Sequence[Sequence[Written]], alone: float) -> Iterator[Figure]:
    wait, fairness, total = _FIGURES[many]
    longest = [max(one.longest for one in each) * _MILLI for each in rounds]
    counts = [[one.appends for one in each] for each in rounds]
    beside = {"median_of_rounds_ms": median(longest)}
    yield Figure(wait, max(longest), "ms", 200.0, beside=beside)
    shares = [min(each) / max(each, default=1) if max(each) else 0.0 for each in counts]
    yield Figure(fairness, median(shares), "", 0.4, at_least=True, beside={"worst": min(shares)})
    ratio = median(sum(each) for each in counts) / alone
    yield Figure(total, ratio, "×", 0.9, at_least=True, beside={"alone": alone})


@contextmanager
def _writers(instance: Instance, many: int) -> Iterator[list[Connection]]:
    """Give the pipes of writers in processes of their own, ready to write when told."""
    fork, pipes, processes = get_context("fork"), [], []
    # Nothing is connected at a fork: each opens the database for itself.
    instance.close()
    for number in range(many):
        ours, theirs = fork.Pipe()
        process = fork.Process(target=_write, args=(instance, number, theirs), daemon=True)
        process.start()
        theirs.close()
        pipes.append(ours)
        processes.append(process)
    try:
        for pipe in pipes:
            pipe.recv()
        yield pipes
    finally:
        for pipe, process in zip(pipes, processes, strict=True):
            pipe.send(None)
            process.join()
            pipe.close()


def _together(pipes: Sequence[Connection], length: float) -> list[Written]:
    """Let writers write during the same seconds."""
    begin = time.monotonic() + _HEAD_START
    for pipe in pipes:
        pipe.send((begin, begin + length))
    return [pipe.recv() for pipe in pipes]


def _write(instance: Instance, number: int, pipe: Connection) -> None:
    """Write when told to, until told that it is over."""
    append = _appends(instance)
    append()
    pipe.send(number)
    while times := pipe.recv():
        begin, end = times
        time.sleep(max(0.0, begin - time.monotonic()))
        waits = list(_until(end, append))
        pipe.send(Written(len(waits), max(waits, default=0.0)))
    instance.close()


def _until(end: float, append: Callable[[], None]) -> Iterator[float]:
    while time.monotonic() < end:
        yield seconds(time.perf_counter, append)
