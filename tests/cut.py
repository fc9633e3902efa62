"""Power cuts: work that ends between two statements, or between two touches of the disk."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, event

from casework.db.engine import Database
from casework.keys.kek import private_files
from tests.statements import is_step


class Cut(BaseException):
    """The power is gone: nobody handles that."""


@dataclass
class Power:
    """Counts steps, and fails before the one that it is told."""

    fails_at: int
    steps: int = 0

    def step(self, *_: object, **__: object) -> None:
        if self.steps == self.fails_at:
            raise Cut
        self.steps += 1


class _Disk:
    """The module `os`, each touch of the disk a step."""

    def __init__(self, power: Power) -> None:
        self._power = power

    def __getattr__(self, name: str) -> Any:
        if name in {"open", "fdopen", "fsync"}:
            self._power.step()
        return getattr(os, name)


@contextmanager
def cut_at(step: int, database: Database) -> Iterator[Power]:
    """Give power for `step` steps: SQL that changes, commits, opened, synced or moved files."""
    power = Power(step)

    def committed(connection: Connection) -> None:
        # The end of a reading leaves nothing behind.
        if connection.get_execution_options().get("casework_write"):
            power.step()

    def asked(at: Connection, _: object, statement: str, *__: object) -> None:
        if is_step(at, statement):
            power.step()

    hooks: dict[str, Callable[..., None]] = {"before_cursor_execute": asked, "commit": committed}
    replace = Path.replace

    def moved(path: Path, target: Path) -> Path:
        power.step()
        return replace(path, target)

    for name, hook in hooks.items():
        event.listen(database.engine, name, hook)
    try:
        with patch.object(private_files, "os", _Disk(power)), patch.object(Path, "replace", moved):
            yield power
    except Cut:
        # What a connection had begun dies with its process.
        database.engine.dispose()
        raise
    finally:
        for name, hook in hooks.items():
            event.remove(database.engine, name, hook)
