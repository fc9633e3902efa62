"""Alternating rounds: floor, ours, ours, floor; whatever else the machine does hits both."""

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median, quantiles
from typing import Final

from casework.operations.bench.visits import HOST, Application, BenchBroken, Order, send

Send = Callable[[Order], object]
"""Sends one order and waits for the whole answer."""

_PERCENT: Final = 100
_ACCEPTED: Final = (b"HTTP/1.1 2", b"HTTP/1.1 3")


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of the floor and of ours, and the median of their ratios round by round."""

    floor: float
    ours: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a row: milliseconds of processor, and what a visitor waits."""

    cpu: Pair
    p50: Pair
    p99: Pair


class Sides:
    """The same orders to the floor and to ours; each goes its own way round the orders."""

    def __init__(self, floor: Send, ours: Send, orders: Sequence[Order]) -> None:
        """Begin at the first order."""
        self._floor = floor, cycle(orders)
        self._ours = ours, cycle(orders)

    def floor(self) -> None:
        """Send the next order to the floor."""
        self._next(*self._floor)

    def ours(self) -> None:
        """Send the next order to ours."""
        self._next(*self._ours)

    def _next(self, way: Send, orders: Iterator[Order]) -> None:
        way(next(orders))


def in_process(application: Application) -> Send:
    """Send straight into an application of this process."""
    return lambda order: send(application, order)


def over_loopback(port: int) -> Send:
    """Send to a server of this machine, one connection an order."""

    def visit(order: Order) -> None:
        with socket.create_connection((HOST, port), timeout=30) as line:
            line.sendall(order.wire(port))
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        if not answer.startswith(_ACCEPTED):
            raise BenchBroken(f"{order.method} {order.path}: {answer[:40]!r}")

    return visit


def processor_time(sides: Sides, rounds: int, requests: int) -> Pair:
    """Return milliseconds of processor for a request, in this process."""
    taken = [_round(sides, requests) for _ in range(rounds)]
    return _pair(taken)


def _round(sides: Sides, requests: int) -> tuple[float, float]:
    first = _processor(sides.floor, requests)
    ours = _processor(sides.ours, requests) + _processor(sides.ours, requests)
    return first + _processor(sides.floor, requests), ours


def _processor(task: Callable[[], None], requests: int) -> float:
    """Return half the milliseconds a request took: each round asks each side twice."""
    began = time.process_time()
    for _ in range(requests):
        task()
    return (time.process_time() - began) * 1000 / requests / 2


def waiting_time(sides: Sides, rounds: int, requests: int) -> tuple[Pair, Pair]:
    """Return the p50 and p99 of what a visitor waits, in milliseconds, asking each in turn."""
    floor: list[list[float]] = []
    ours: list[list[float]] = []
    for _ in range(rounds):
        waits = [(_wait(sides.floor), _wait(sides.ours)) for _ in range(requests)]
        floor.append([one for one, _ in waits])
        ours.append([one for _, one in waits])
    p50 = _pair([(median(one), median(other)) for one, other in zip(floor, ours, strict=True)])
    highest = [_p99([one for each in side for one in each]) for side in (floor, ours)]
    return p50, Pair(highest[0], highest[1], highest[1] / highest[0])


def _wait(task: Callable[[], None]) -> float:
    began = time.perf_counter()
    task()
    return (time.perf_counter() - began) * 1000


def _p99(values: list[float]) -> float:
    return quantiles(values, n=_PERCENT, method="inclusive")[-1]


def _pair(rounds: Sequence[tuple[float, float]]) -> Pair:
    return Pair(
        median(floor for floor, _ in rounds),
        median(ours for _, ours in rounds),
        median(ours / floor for floor, ours in rounds),
    )
