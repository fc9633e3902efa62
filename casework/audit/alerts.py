"""Decoys that somebody opened, until the officer has seen it: read from the register alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from casework.audit.actions import Act
from casework.audit.additions import LeafValues
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
            found = load_alerts(RegisterGateway(work.session, principal.council_id))
            work.record(Entry(Act.REGISTER_READ, detail={"act0": Act.DECOY_OPENED}))
        return unseen_of(open_lines(work.receipt, self.clock.now(), keys, found))

    def see(self, principal: Principal, last: int) -> None:
        """Keep that every opening up to line `last` was seen; one that came since stays."""
        with self.ledger.begin(principal, Reason.CONTROL) as work:
            require_officer(work, Act.DECOY_SEEN)
            head = RegisterGateway(work.session, principal.council_id).head()
            until = min(last, head.size - 1 if head else 0)
            work.record(Entry(Act.DECOY_SEEN, detail={"until": until}))


def load_alerts(gateway: RegisterGateway) -> list[LeafValues]:
    """Return the newest openings of decoys, and what was last seen of them, still shut."""
    opened = gateway.page(_OPENED, (), Slice(count=_MOST))
    return [*opened, *gateway.page(_SEEN, (), Slice(count=1))]


def unseen_of(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return, of what `load_alerts` found, the openings that nobody has seen yet."""
    last = max((_seen_until(one) for one in lines if one.act == Act.DECOY_SEEN), default=-1)
    return tuple(one for one in lines if one.act == Act.DECOY_OPENED and one.seq > last)


def _seen_until(line: Line) -> int:
    """Return the last line seen. What was altered says nothing: every alert comes back."""
    until = -1 if line.altered else line.detail.get("until", line.seq)
    return until if isinstance(until, int) else -1
