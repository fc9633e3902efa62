"""Decoys that somebody opened, until the officer has seen it: read from the register alone."""

from dataclasses import dataclass
from typing import Final

from casework.audit.actions import Act
from casework.audit.asking import require_officer
from casework.audit.entry import Entry
from casework.audit.gateway import RegisterGateway
from casework.audit.ledger import Ledger
from casework.audit.lines import Asked, Line, Slice
from casework.audit.parts import open_lines
from casework.audit.ports import RegisterKeyring
from casework.clock import Clock
from casework.identity import Principal, Reason

_OPENED: Final = Asked(frozenset({Act.DECOY_OPENED}))
_SEEN: Final = Asked(frozenset({Act.DECOY_SEEN}))
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class AlertService:
    """The alerts of the principal's council, for its data protection officer."""

    ledger: Ledger
    keyring: RegisterKeyring
    clock: Clock

    def unseen(self, principal: Principal) -> tuple[Line, ...]:
        """Return the newest openings of decoys not seen yet; AccessDenied for anybody else."""
        keys = self.keyring.of(principal.council_id)
        with self.ledger.consult(principal, Reason.CONTROL) as work:
            require_officer(work, Act.REGISTER_READ)
            gateway = RegisterGateway(work.session, principal.council_id)
            opened = gateway.page(_OPENED, (), Slice(count=_MOST))
            seen = gateway.page(_SEEN, (), Slice(count=1))
            work.record(Entry(Act.REGISTER_READ, detail={"act0": Act.DECOY_OPENED}))
        lines = open_lines(work.receipt, self.clock.now(), keys, [*opened, *seen])
        last = _last_seen(lines[len(opened) :])
        return tuple(one for one in lines[: len(opened)] if one.seq > last)

    def see(self, principal: Principal, last: int) -> None:
        """Keep that every opening up to line `last` was seen; one that came since stays."""
        with self.ledger.begin(principal, Reason.CONTROL) as work:
            require_officer(work, Act.DECOY_SEEN)
            head = RegisterGateway(work.session, principal.council_id).head()
            until = min(last, head.size - 1 if head else 0)
            work.record(Entry(Act.DECOY_SEEN, detail={"until": until}))


def _last_seen(lines: tuple[Line, ...]) -> int:
    """Return the last line seen. What was altered says nothing: every alert comes back."""
    if not lines or lines[0].altered:
        return -1
    until = lines[0].detail.get("until", lines[0].seq)
    return until if isinstance(until, int) else -1
