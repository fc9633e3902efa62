"""A machine that stops: before any change, and before and after any commit, of two databases."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event

from casework.db.engine import Database
from casework.keys.scrubbing import scrub
from tests.statements import is_step

Step = Callable[[], object]


class PowerCut(BaseException):
    """The machine stopped here; nobody catches it."""


class Power:
    """Counts the steps of what runs, and fails at the one chosen; `kept` are the commits till then.

    After a statement is before the next one; only a commit has a moment of its own behind it.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *databases: Database) -> None:
        """Watch some databases until the test ends."""
        self._left: int | None = None
        self.steps = 0
        self.kept = 0
        for one in databases:
            event.listen(one.engine, "before_cursor_execute", self._statement)
        for dialect in {one.engine.dialect for one in databases}:
            monkeypatch.setattr(dialect, "do_commit", self._around(dialect.do_commit))
        monkeypatch.setattr("casework.keys.keystore.scrub", self._around(scrub))

    def cut(self, after: int, action: Step) -> bool:
        """Do something with power for so many steps; say whether it was cut short."""
        self._left, self.steps, self.kept = after, 0, 0
        try:
            action()
        except PowerCut:
            return True
        finally:
            self._left = None
        return False

    def _statement(self, at: Connection, _: object, statement: str, *__: Any) -> None:
        if is_step(at, statement):
            self._step()

    def _around(self, done: Callable[..., object]) -> Callable[..., object]:
        def watched(*given: Any) -> object:
            self._step()
            result = done(*given)
            self.kept += 1
            self._step()
            return result

        return watched

    def _step(self) -> None:
        if self._left is None:
            return
        self.steps += 1
        if not self._left:
            raise PowerCut
        self._left -= 1
