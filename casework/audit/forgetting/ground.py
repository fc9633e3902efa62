"""What every step of a pass stands on, and the one way in which a step is committed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.asking import require_machine
from casework.audit.forgetting.claim import Claim, Horizons, claim_entry
from casework.audit.forgetting.gateway import ForgettingGateway
from casework.audit.forgetting.policy import Terms
from casework.audit.ledger import Ledger
from casework.audit.ports import RegisterKeys
from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.identity import Principal, Reason


class MonthKeys(Protocol):
    """Where the keys of the parts are kept, one for each calendar month (202611)."""

    def part_months(self, council_id: UUID) -> Sequence[int]:
        """Return the months whose key is there."""
        ...

    def destroy_part_keys(self, council_id: UUID, months: Sequence[int]) -> None:
        """Destroy keys down to the last byte; nothing may be left to do of it but the bytes.

        Running it again changes nothing. Raises `Unavailable` when it has to be run again.
        """
        ...


class _Overtaken(Exception):
    """Rolls back a step that another pass was faster with."""


Step = Callable[[Work, ForgettingGateway], None]


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the register of a council: in whose name, under which terms."""

    who: Principal
    terms: Terms
    ledger: Ledger
    database: Database
    keys: RegisterKeys
    months: MonthKeys
    clock: Clock

    @property
    def council_id(self) -> UUID:
        """The council whose register this is."""
        return self.who.council_id

    @contextmanager
    def looking(self) -> Iterator[ForgettingGateway]:
        """Give one snapshot of the register: what takes long is prepared without any lock."""
        with self.database.reading(Scope(self.council_id, whole=True)) as session:
            yield ForgettingGateway(session, self.council_id)

    def commit(self, seen: Claim, claimed: tuple[Act, Horizons], step: Step, **told: int) -> bool:
        """Do a step and say how far the register has forgotten, both or neither.

        Neither, and False, when the newest claim is no more the one that was `seen`: look again.
        """
        with suppress(_Overtaken), self.ledger.begin(self.who, Reason.OPERATION) as work:
            require_machine(work, claimed[0])
            gateway = ForgettingGateway(work.session, self.council_id)
            gateway.lock()
            if gateway.claim(self.keys).seq != seen.seq:
                raise _Overtaken
            step(work, gateway)
            work.record(claim_entry(claimed, self.terms, told))
            return True
        return False
