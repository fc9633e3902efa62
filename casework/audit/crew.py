"""Processes that help to verify: forked before anything is connected, gone when it is done."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.aside import Helper, Side
from casework.audit.gateway import RegisterGateway
from casework.audit.ports import RegisterKeyring
from casework.db.engine import Database, Scope

BEGIN: Final = "begin"
_PATIENCE: Final = 10.0


class Remote:
    """A helper in a process of its own; when it dies, its part is done without it."""

    def __init__(self, pipe: Connection) -> None:
        """Speak through `pipe`."""
        self._pipe = pipe

    def ask(self, what: str, *given: object) -> None:
        """Send a task."""
        with suppress(OSError):
            self._pipe.send((what, given))

    def answer(self) -> object:
        """Return what comes back; None from a process that died."""
        try:
            return self._pipe.recv()
        except (EOFError, OSError):
            return None


@contextmanager
def crew(database: Database, keyring: RegisterKeyring, count: int) -> Iterator[list[Remote]]:
    """Give `count` helpers for one verification.

    They are forked, so that keys stay in memory. Nothing may be connected at that moment, neither
    `database` nor what `keyring` reads: SQLite's locks do not survive a fork.
    """
    fork = get_context("fork")
    with ExitStack() as stack:
        remotes = []
        for _ in range(count):
            ours, theirs = fork.Pipe()
            process = fork.Process(
                target=_serve, args=(ours, theirs, database, keyring), daemon=True
            )
            process.start()
            theirs.close()
            stack.callback(process.join, _PATIENCE)
            stack.callback(ours.close)
            remotes.append(Remote(ours))
        yield remotes


def _serve(
    ours: Connection, pipe: Connection, database: Database, keyring: RegisterKeyring
) -> None:
    """Do what is asked in one transaction, until nobody asks any more."""
    ours.close()
    with suppress(EOFError):
        _, (council_id,) = pipe.recv()
        with database.reading(Scope(council_id, whole=True)) as session:
            gateway = RegisterGateway(session, council_id)
            pipe.send(gateway.head())
            side = Side(gateway, keyring.of(council_id))
            while True:
                what, given = pipe.recv()
                pipe.send(getattr(side, what)(*given))


@contextmanager
def snapshot(
    database: Database, council_id: UUID, helpers: Sequence[Helper]
) -> Iterator[tuple[Session, list[Helper]]]:
    """Give a session, and those of the helpers that see the register exactly as it does.

    While all of them begin nobody appends, hence nobody changes what the register knows of.
    """
    scope = Scope(council_id, whole=True)
    with ExitStack() as stack:
        with _standing_still(database, scope) if helpers else nullcontext():
            for one in helpers:
                one.ask(BEGIN, council_id)
            session = stack.enter_context(database.reading(scope))
            head = RegisterGateway(session, council_id).head()
            ready = [one for one in helpers if one.answer() == head]
        yield session, ready


@contextmanager
def _standing_still(database: Database, scope: Scope) -> Iterator[None]:
    with database.writing(scope) as session:
        RegisterGateway(session, scope.council_id).hold_appends()
        yield
