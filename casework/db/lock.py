"""Fairness between writers of one SQLite file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread

from casework.errors import Unavailable


class WriterLock:
    """A file lock taken before every `BEGIN IMMEDIATE`.

    SQLite's busy handler polls and starves writers for seconds; the kernel's queue does not.
    The kernel drops the lock with the process, so a killed writer blocks nobody.
    """

    def __init__(self, path: Path, patience: float = 4.0) -> None:
        """Lock `path`; give up after `patience` seconds."""
        self._path = path
        self._patience = patience

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for the block; raise `Unavailable` when it cannot be had in time."""
        handle = self._acquire()
        try:
            yield
        finally:
            os.close(handle)

    def _acquire(self) -> int:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if _free(handle):
            return handle
        queue = _Queued(handle)
        if not queue.served(self._patience):
            raise Unavailable("another writer holds the database")
        return handle


def _free(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class _Queued:
    """A place in the kernel's queue that can be given up: `flock` itself knows no time-out."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._decision = Lock()
        self._locked = Event()
        self._abandoned = False
        Thread(target=self._wait, name="casework-writer-lock", daemon=True).start()

    def _wait(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        with self._decision:
            if self._abandoned:
                os.close(self._handle)
            else:
                self._locked.set()

    def served(self, patience: float) -> bool:
        if self._locked.wait(patience):
            return True
        with self._decision:
            self._abandoned = not self._locked.is_set()
        return not self._abandoned
