"""The lane of Argon2: few stretches at once, behind the pages: signing in starves nobody."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, get_native_id
from typing import Final, TypeVar

from casework.errors import Unavailable

T = TypeVar("T")

_MOST: Final = 4
_PATIENCE: Final = 5.0
_BEHIND: Final = 10
_LAST: Final = 19


class Lane:
    """Runs at most `places` tasks at once, on threads of its own; each takes 64 MiB and a core.

    Those threads stand behind all others of the process: a page that needs the core has it first.
    """

    def __init__(self, places: int, patience: float = _PATIENCE) -> None:
        """Wait at most `patience` seconds for a place. No thread begins before the first task."""
        self._places = BoundedSemaphore(places)
        self._patience = patience
        self._threads = ThreadPoolExecutor(places, "argon2", initializer=_stand_behind)

    def run(self, task: Callable[[], T]) -> T:
        """Return what a task returns; raise `Unavailable` when no place comes free in time."""
        if not self._places.acquire(timeout=self._patience):
            raise Unavailable("the lane of Argon2 is full")
        try:
            return self._threads.submit(task).result()
        finally:
            self._places.release()


def places_for(cores: int) -> int:
    """Return how many stretches `cores` processors can bear at once."""
    return max(1, min(_MOST, cores))


def _stand_behind() -> None:
    """Lower the priority of this thread alone: on Linux, each has a number and a niceness."""
    own = get_native_id()
    nice = os.getpriority(os.PRIO_PROCESS, own)
    os.setpriority(os.PRIO_PROCESS, own, min(_LAST, nice + _BEHIND))
