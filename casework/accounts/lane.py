"""The lane of Argon2: few stretches at once, so that signing in never starves the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

from casework.errors import Unavailable

_MOST: Final = 4
_PATIENCE: Final = 5.0


class Lane:
    """Lets in at most `places` at once; each stretch takes 64 MiB and a core."""

    def __init__(self, places: int, patience: float = _PATIENCE) -> None:
        """Wait at most `patience` seconds for a place."""
        self._places = BoundedSemaphore(places)
        self._patience = patience

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place for the block; raise `Unavailable` when none comes free in time."""
        if not self._places.acquire(timeout=self._patience):
            raise Unavailable("the lane of Argon2 is full")
        try:
            yield
        finally:
            self._places.release()


def places_for(cores: int) -> int:
    """Return how many stretches `cores` processors can bear at once."""
    return max(1, min(_MOST, cores))
