"""Does a request once: its key is committed with its effect, or neither is."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from casework.audit.entry import Entry
from casework.audit.ledger import Ledger, scope_of
from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, RepeatKeyReused
from casework.idempotency import gateway
from casework.idempotency.values import Taking
from casework.identity import Principal, Reason
from casework.web.api.repeats import Answer, Asking

T = TypeVar("T")
_LIFE: Final = timedelta(hours=24)
_LABEL: Final = b"casework/repeat/v1\x00"


@dataclass(frozen=True, slots=True)
class RepeatService:
    """Finds what was done with a key, and lends services a ledger that takes it."""

    database: Database
    clock: Clock
    secret: bytes = field(repr=False)

    def find(self, who: Principal, asking: Asking) -> Answer | None:
        """Return the answer already given. Raises `RepeatKeyReused` for another request."""
        with self.database.reading(scope_of(who)) as session:
            found = gateway.find(session, _owner(who), asking.key, self.clock.now())
        if found is None:
            return None
        digest, answer = found
        if not hmac.compare_digest(digest, self._digest(asking)):
            raise RepeatKeyReused
        return answer

    def through(self, service: T, asking: Asking) -> T:
        """Return the same service, whose unit of work takes the key of this request."""
        until = self.clock.now() + _LIFE
        taking = Taking(asking.key, asking.route, self._digest(asking), asking.status, until)
        keyed: Any = service
        return cast("T", replace(keyed, ledger=OnceLedger(keyed.ledger, taking, asking)))

    def purge(self, council_id: UUID) -> int:
        """Forget the keys that are over: for the regular job."""
        with self.database.writing(Scope(council_id, whole=True)) as session:
            return gateway.purge(session, council_id, self.clock.now())

    def _digest(self, asking: Asking) -> bytes:
        said = b"\x00".join((_LABEL, asking.route.encode(), asking.target.encode(), asking.body))
        return hmac.new(self.secret, said, hashlib.sha256).digest()


class OnceLedger(Ledger):
    """The ledger, for one request: nothing is committed without its key, nor twice with it."""

    def __init__(self, ledger: Ledger, taking: Taking, asking: Asking) -> None:
        """Work through `ledger`."""
        self._ledger = ledger
        self._taking = taking
        self._asking = asking

    @contextmanager
    def begin(self, principal: Principal, reason: Reason) -> Iterator[Work]:
        """Write as the ledger does; raise `AlreadyRunning` when another request has the key."""
        owner, taking = _owner(principal), self._taking
        with self._ledger.begin(principal, reason) as work:
            gateway.take(work.session, owner, taking, work.now)
            yield work
            answer = _answer(work.entries, self._asking)
            gateway.settle(work.session, owner, taking.key, answer)

    @contextmanager
    def consult(self, principal: Principal, reason: Reason) -> Iterator[Work]:
        """Read as the ledger does: reading twice is reading twice."""
        with self._ledger.consult(principal, reason) as work:
            yield work


def _answer(entries: tuple[Entry, ...], asking: Asking) -> Answer:
    """Return what the leaves of the work say it made: ids and numbers, by their names."""
    details: dict[str, object] = {}
    for entry in reversed(entries):
        details |= {"case": entry.case_id or details.get("case"), **entry.detail}
    made, number = details.get(asking.made), details.get(asking.number)
    return Answer(
        asking.status,
        made if isinstance(made, UUID) else None,
        number if isinstance(number, int) else None,
    )


def _owner(who: Principal) -> gateway.Owner:
    if who.member_id is None:
        raise AccessDenied("repeat", "not-a-member")
    return who.council_id, who.member_id
