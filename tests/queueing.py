"""Two at once, whatever the machine's speed: until one waits for the other, or is done."""

import threading
import time
from collections.abc import Callable
from threading import Event
from typing import Final

from sqlalchemy import text

from casework.db.engine import Database
from casework.errors import Unavailable

PATIENCE: Final = 60.0
"""Seconds for what is bound to happen: a machine of twenty tests at once is slow."""

_GLANCE: Final = 0.02
_WAITING: Final = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def let_queue(database: Database, done: Event) -> None:
    """Stand still until somebody waits for a lock of this database, or `done` says none did."""
    end = time.monotonic() + PATIENCE
    while not done.is_set() and not _somebody_waits(database):
        assert time.monotonic() < end, "nobody came"
        time.sleep(_GLANCE)


def insist(task: Callable[[], object]) -> None:
    """Do a task as whoever is told to come back does: until the other is through."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            task()
        except Unavailable:
            assert time.monotonic() < end
            continue
        return


def _somebody_waits(database: Database) -> bool:
    if database.on_postgresql:
        with database.engine.connect() as connection:
            return bool(connection.execute(_WAITING).scalar_one())
    return any(one.name == "casework-writer-lock" for one in threading.enumerate())
