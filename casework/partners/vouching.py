"""A word for the category of every body of before there was any: once, with the upgrade."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.identity import Principal, Reason
from casework.keys.revocations import Revocations
from casework.partners.gateway.vouching import Seal, vouch_for_all

_DONE: Final = UUID("01935a3c-0000-7000-8000-000000000035")


@dataclass(frozen=True, slots=True)
class Vouching:
    """Runs once: the key store remembers it, for a row that lost its word must not get another."""

    ledger: Ledger
    revocations: Revocations
    seal: Seal

    def run(self, who: Principal) -> None:
        """Vouch for the bodies as they are, with one leaf. A second call does nothing."""
        council_id = who.council_id
        if self.revocations.among(council_id, {done(council_id)}):
            return
        with self.ledger.begin(who, Reason.OPERATION) as work:
            vouched = vouch_for_all(work.session, council_id, self.seal)
            detail: Detail = {"task": "categories", "organisations": vouched}
            work.record(Entry(Act.KEY_CHECKED, detail=detail))
        self.revocations.revoke(council_id, {done(council_id)})


def done(council_id: UUID) -> UUID:
    """Return what the key store of a council keeps once its bodies are vouched for."""
    return uuid5(_DONE, council_id.hex)
