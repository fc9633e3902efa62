"""Keys that wait for an organisation, taken in when one of its members first needs them."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.audit.ledger import Ledger
from casework.errors import Locked
from casework.identity import Principal, Reason
from casework.keys.delivery import Courier
from casework.keys.values import HeldKey


@dataclass(frozen=True, slots=True)
class Delivering:
    """A unit of work of its own, with its own leaf: reading stays reading."""

    ledger: Ledger
    courier: Courier

    def deliver(self, who: Principal, reason: Reason, pending: Sequence[HeldKey]) -> list[HeldKey]:
        """Take in the keys on their way and return them ready.

        While nobody is there who can, they stay on their way, and their parts stay shut.
        """
        try:
            return self._taken_in(who, reason, pending)
        except Locked:
            return list(pending)

    def _taken_in(
        self, who: Principal, reason: Reason, pending: Sequence[HeldKey]
    ) -> list[HeldKey]:
        with self.ledger.begin(who, reason) as work:
            ready = self.courier.ready(work, pending)
            if not work.entries:
                raise Locked("nobody takes them in")
        return ready

    def complete(
        self, who: Principal, reason: Reason, held: Sequence[HeldKey], most: int | None = None
    ) -> tuple[HeldKey, ...]:
        """Return all keys, those on their way delivered; `most` of them at a time."""
        pending = [key for key in held if key.pending and key.entry is None][:most]
        if not pending:
            return tuple(held)
        ready = {key.compartment_id: key for key in self.deliver(who, reason, pending)}
        return tuple(ready.get(key.compartment_id, key) for key in held)
