"""A lane whose places are taken for as long as a test needs."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, Event

from casework.accounts.lane import Lane


@contextmanager
def occupied(lane: Lane, places: int) -> Iterator[None]:
    """Take `places` of a lane for the block."""
    taken, over = Barrier(places + 1, timeout=5), Event()

    def stay() -> None:
        taken.wait()
        over.wait(5)

    with ThreadPoolExecutor(places) as pool:
        for _ in range(places):
            pool.submit(lane.run, stay)
        taken.wait()
        try:
            yield
        finally:
            over.set()
