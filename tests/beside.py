"""Helpers of a verification in the process of the test itself: what they do, without a fork."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from casework.audit.aside import Side
from casework.audit.crew import BEGIN
from casework.audit.gateway import RegisterGateway
from casework.db.engine import Scope
from tests.register import Register


class Beside:
    """Does a task when its answer is asked for."""

    def __init__(self, register: Register, stack: ExitStack) -> None:
        self._register = register
        self._stack = stack
        self._side: Any = None
        self._asked: tuple[str, tuple[Any, ...]] = ("", ())
        self.answered: list[object] = []
        self.begins_with: object = None
        self.walk_lost = False
        self.before_walk: Callable[[], object] = lambda: None

    def ask(self, what: str, *given: object) -> None:
        self._asked = what, given

    def answer(self) -> object:
        what, given = self._asked
        if what == BEGIN:
            answer = self.begins_with or self._begin(*given)
        else:
            answer = self._done(what, *given)
        self.answered.append(answer)
        return answer

    def _done(self, what: str, *given: Any) -> object:
        if what != "walk":
            return getattr(self._side, what)(*given)
        self.before_walk()
        return None if self.walk_lost else self._side.walk(*given)

    def _begin(self, council_id: Any) -> object:
        reading = self._register.database.reading(Scope(council_id, whole=True))
        gateway = RegisterGateway(self._stack.enter_context(reading), council_id)
        self._side = Side(gateway, self._register.keyring.of(council_id))
        return gateway.head()


@contextmanager
def beside(register: Register, count: int) -> Iterator[list[Beside]]:
    """Give helpers that see the register as it is when they begin."""
    with ExitStack() as stack:
        yield [Beside(register, stack) for _ in range(count)]
