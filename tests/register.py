"""A council of the invented world with its register, for tests that write or attack one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.aside import Helper
from casework.audit.entry import Entry
from casework.audit.faults import Verification
from casework.audit.gateway import create_log
from casework.audit.ledger import Ledger
from casework.audit.ports import RegisterKeyring, RegisterKeys
from casework.audit.receipt import Receipt
from casework.audit.verify import Extent, verify
from casework.db.engine import Database, Scope
from casework.identity import Mandate, Principal, PrincipalKind, Reason, Role
from tests.fakes import CountingEntropy, FixedClock
from tests.fakes_audit import SeededKeyring, id_of

COUNCIL = id_of("council")
CASE = id_of("case")
SHEET = id_of("sheet")


def member(name: str = "marie", organisation: str = "school") -> Principal:
    """Return a member of a partner."""
    session = f"session-{name}"
    ids = (id_of(name), id_of(organisation))
    return Principal(PrincipalKind.MEMBER, COUNCIL, *ids, session_tag=session)


@dataclass(frozen=True, slots=True)
class Register:
    """A ledger with everything needed to look behind it."""

    database: Database
    ledger: Ledger
    keyring: RegisterKeyring
    clock: FixedClock

    @property
    def keys(self) -> RegisterKeys:
        return self.keyring.of(COUNCIL)

    def read(self, case_id: UUID = CASE, *, times: int = 1, by: Principal | None = None) -> Receipt:
        """Record that a case was read; return the last receipt."""
        receipts = [self._read_once(case_id, by or member()) for _ in range(times)]
        return receipts[-1]

    def read_together(self, times: int) -> None:
        """Record many readings in one batch: quicker, and with one checkpoint at most."""
        with self.ledger.consult(member(), Reason.DUTY) as work:
            for _ in range(times):
                work.record(Entry(Act.CASE_READ, CASE, (SHEET,), article="4"))

    def _read_once(self, case_id: UUID, by: Principal) -> Receipt:
        with self.ledger.consult(by, Reason.DUTY) as work:
            work.record(Entry(Act.CASE_READ, case_id, (SHEET,), article="4"))
        return work.receipt

    def verify(self, extent: Extent | None = None, helpers: Sequence[Helper] = ()) -> Verification:
        return verify(self.database, self.keys, COUNCIL, extent, helpers)


def open_register(database: Database) -> Register:
    """Create the council's register in a database that has its tables."""
    with database.writing(Scope(COUNCIL)) as session:
        create_log(session, COUNCIL)
    return join_register(database)


def join_register(database: Database, seed: int = 0) -> Register:
    """Return a ledger over a register that exists; each process takes another seed."""
    keyring, clock = SeededKeyring(), FixedClock()
    ledger = Ledger(database, keyring, clock, CountingEntropy(seed))
    return Register(database, ledger, keyring, clock)


def dpo() -> Principal:
    """Return the data protection officer of the council."""
    mandate = Mandate(Role.DPO, None, date(2026, 1, 1), date(2027, 12, 31), signed=True)
    return replace(member("dominique", "town"), mandates=(mandate,))
