"""Many units of work in one transaction: how an invented history is written in seconds.

Nothing is opened meanwhile: what is recorded here gives no receipt.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from types import TracebackType
from typing import Final, Self
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.append import Appender
from casework.audit.compose import Batch
from casework.audit.ledger import Ledger, scope_of
from casework.audit.ports import RegisterKeyring
from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database, Scope, narrow
from casework.entropy import Entropy
from casework.errors import AuditGap
from casework.identity import Principal, Reason, service
from casework.keys.keystore import KeyStore, Place

_UNITS: Final = 250


class PepperBasket(KeyStore):
    """A key store that keeps new peppers in hand until the batch they belong to is written."""

    def __init__(self, database: Database) -> None:
        """Hold nothing yet."""
        super().__init__(database)
        self._fresh: dict[UUID, dict[Place, bytes]] = {}

    def keep_peppers(self, council_id: UUID, peppers: Mapping[Place, bytes]) -> None:
        """Take new peppers in hand."""
        self._fresh.setdefault(council_id, {}).update(peppers)

    def peppers(self, council_id: UUID, places: Iterable[Place]) -> dict[Place, bytes]:
        """Return peppers, in hand or stored."""
        wanted, in_hand = set(places), self._fresh.get(council_id, {})
        found = {place: in_hand[place] for place in wanted if place in in_hand}
        missing = wanted - set(found)
        return found | (super().peppers(council_id, missing) if missing else {})

    def destroy(self, council_id: UUID, compartments: Sequence[UUID], at: datetime) -> None:
        """Delete peppers, those in hand too."""
        self.put_down()
        super().destroy(council_id, compartments, at)

    def put_down(self) -> None:
        """Store what is in hand; before the rows that need it are committed."""
        for council_id, peppers in self._fresh.items():
            super().keep_peppers(council_id, peppers)
        self._fresh.clear()


class Batches(Ledger):
    """A ledger whose units of work share a transaction, committed every few hundred of them."""

    def __init__(
        self,
        stores: tuple[Database, PepperBasket],
        keyring: RegisterKeyring,
        clock: Clock,
        entropy: Entropy,
    ) -> None:
        """Write into (main database, key store)."""
        super().__init__(stores[0], keyring, clock, entropy)
        self._main, self._basket = stores
        self._now = clock.now
        self._register = Appender(keyring, clock, entropy)
        self._open = ExitStack()
        self._session: Session | None = None
        self._units = 0

    @contextmanager
    def begin(self, principal: Principal, reason: Reason) -> Iterator[Work]:
        """Write one unit of work, with its leaves, into the open transaction."""
        work = Work(principal, reason, self._now())
        session = self._lend(principal)
        work.lend(session)
        yield work
        if not work.entries:
            raise AuditGap("a unit of work ended without a record")
        batch = Batch(work.principal, work.reason, work.entries, work.digests)
        session.flush()
        self._register.append(session.connection(), self._register.prepare(batch))
        work.end()
        # The next unit of work meets the rows as any other transaction would.
        session.expunge_all()
        self._count()

    @contextmanager
    def consult(self, principal: Principal, reason: Reason) -> Iterator[Work]:
        """Read inside the same transaction."""
        with self.begin(principal, reason) as work:
            yield work

    @contextmanager
    def looking(self, council_id: UUID) -> Iterator[Session]:
        """Give a session to look at professional names and dates, which are no case."""
        if self._session is None:
            with self._main.reading(Scope(council_id, whole=True)) as session:
                yield session
            return
        session = self._lend(service(council_id, "demo"))
        yield session
        session.expunge_all()

    def commit(self) -> None:
        """Write what is open: peppers first, then rows and leaves."""
        self._basket.put_down()
        self._open.close()
        self._session, self._units = None, 0

    def __enter__(self) -> Self:
        """Begin; nothing is open yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Commit at the end; after a fault, leave the last batch unwritten."""
        if fault is None:
            self.commit()
        else:
            self._open.__exit__(kind, fault, trace)

    def _lend(self, principal: Principal) -> Session:
        if self._session is None:
            whole = Scope(principal.council_id, whole=True)
            self._session = self._open.enter_context(self._main.writing(whole))
        if self._main.on_postgresql:
            narrow(self._session.connection(), scope_of(principal))
        return self._session

    def _count(self) -> None:
        self._units += 1
        if self._units >= _UNITS:
            self.commit()
