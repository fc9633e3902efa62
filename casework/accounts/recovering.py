"""An account taken over again by whoever kept their printed code: their own keys survive."""

from dataclasses import dataclass, replace
from uuid import UUID

from casework.accounts.desk import Desk
from casework.accounts.door import Door
from casework.accounts.throttle import Attempt
from casework.accounts.values import Account
from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.errors import InvalidInput, SealBroken
from casework.identity import Reason
from casework.keys.member_keys import Unlocking, load_seal
from casework.keys.recovery import personal, spelling
from casework.sentences import N_

FIELD = "recovery"
# A counter of its own: checking the activation code, just before, counts and takes back.
_COUNTER = b"recovery-code"
_WRONG = N_(
    "Ce code de récupération n’est pas celui de ce compte, ou il a déjà servi. Vérifiez le papier, "
    "ou laissez cette case vide."
)


@dataclass(frozen=True, slots=True)
class Recovering:
    """Opens a member's seed with their printed code."""

    desk: Desk
    door: Door

    def possible(self, member_id: UUID) -> bool:
        """Say whether a printed code of this member is still good."""
        return self._seal(member_id) is not None

    def seed(self, account: Account, attempt: Attempt, typed: str) -> bytes | None:
        """Return the seed that a typed code opens, or None when none was typed.

        Raises `InvalidInput` for a wrong code, `TooManyAttempts` after several. A misspelt one
        does not count: it says so by itself.
        """
        if not typed:
            return None
        code = spelling.read(typed, FIELD)
        own = replace(attempt, device=_COUNTER)
        with self.door.counted(own, FIELD):
            try:
                seed = self._opened(account.member_id, code)
            except SealBroken:
                self._note(account)
                raise InvalidInput({FIELD: [_WRONG]}) from None
        self.door.turnstile.succeeded(own)
        return seed

    def _opened(self, member_id: UUID, code: bytes) -> bytes:
        sealed = self._seal(member_id)
        if sealed is None:
            raise SealBroken
        return personal.open_with_code(member_id, code, sealed)

    def _seal(self, member_id: UUID) -> bytes | None:
        with self.desk.database.reading(self.desk.scope) as session:
            return load_seal(session, self.desk.council_id, member_id, Unlocking.RECOVERY)

    def _note(self, account: Account) -> None:
        detail = {"account": account.id, "member": account.member_id}
        with self.desk.ledger.begin(self.desk.stranger, Reason.SIGN_IN) as work:
            work.record(Entry(Act.RECOVERY_REFUSED, outcome=Outcome.REFUSED, detail=detail))
