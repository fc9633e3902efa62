"""A member prints their own way back: one code, shown once."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import AccessDenied
from casework.identity import OwnKeys, Principal, Reason, require_fresh
from casework.keys.member_keys import Unlocking, keep_seal, load_seal
from casework.keys.recovery import personal, spelling


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """Seals a member's seed once more, under a code that nobody keeps but them."""

    ledger: Ledger
    database: Database
    clock: Clock
    entropy: Entropy

    def prepared(self, who: Principal) -> bool:
        """Say whether a printed code of this member is good."""
        with self.database.reading(Scope(who.council_id, who.organisation_id)) as session:
            return _sealed(session, who) is not None

    def prepare(self, who: Principal) -> str:
        """Draw a code, make it the only good one, and return how it is written: this once.

        Raises `StepUpRequired` without a fresh second factor.
        """
        require_fresh(who, self.clock.now())
        seed, code = _keys(who).seed(), self.entropy.bytes(spelling.SECRET_BYTES)
        with self.ledger.begin(who, Reason.DUTY) as work:
            member_id = who.member_id
            if member_id is None:
                raise AccessDenied(Act.RECOVERY_PREPARED, "other-function")
            sealed = personal.seal_with_code(member_id, code, seed, self.entropy)
            keep_seal(work.session, who.council_id, member_id, sealed, Unlocking.RECOVERY)
            work.record(Entry(Act.RECOVERY_PREPARED, detail={"member": member_id}))
        return spelling.spelled(code)


def _keys(who: Principal) -> OwnKeys:
    if who.own_keys is None:
        raise AccessDenied(Act.RECOVERY_PREPARED, "other-function")
    return who.own_keys


def _sealed(session: Session, who: Principal) -> bytes | None:
    if who.member_id is None:
        return None
    return load_seal(session, who.council_id, who.member_id, Unlocking.RECOVERY)
