"""The newest lines of some acts, for whoever looks for what stands out: bounded, and recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.additions import LeafValues
from casework.audit.asking import require_officer, told
from casework.audit.entry import Entry
from casework.audit.gateway import RegisterGateway
from casework.audit.ledger import Ledger
from casework.audit.lines import Asked, Line, Slice
from casework.audit.parts import open_cases, open_lines
from casework.audit.ports import RegisterKeyring
from casework.audit.work import Work
from casework.clock import Clock
from casework.identity import Principal, Reason

MOST_READINGS: Final = 10_000
"""How many readings of cases are opened at most, the newest: what a page may wait for."""

_MOST_OF_RARE: Final = 1_000
_MOST_OF_A_MEMBER: Final = 1_000
_MOST_PASSED: Final = 60_000
"""How many lines, of whatever act, are passed over at most on the way."""


@dataclass(frozen=True, slots=True)
class Recent:
    """Lines, newest first. None of an act is missing since `since`, perhaps later than asked."""

    lines: tuple[Line, ...]
    since: Mapping[Act, datetime]


@dataclass(frozen=True, slots=True)
class RecentService:
    """The newest part of the register of the principal's council, for its officer of today.

    Each look is one recorded reading; AccessDenied for anybody else.
    """

    ledger: Ledger
    keyring: RegisterKeyring
    clock: Clock

    def look(self, principal: Principal, acts: frozenset[Act], since: datetime) -> Recent:
        """Return the lines of `acts` since a moment; a flood of one act hides no other."""
        with self.ledger.consult(principal, Reason.CONTROL) as work:
            require_officer(work, Act.REGISTER_READ)
            gateway = RegisterGateway(work.session, principal.council_id)
            begun = max(since, gateway.moment_behind(_MOST_PASSED) or since)
            asked = {act: Asked(frozenset({act}), since=begun) for act in sorted(acts)}
            found = {
                act: gateway.page(one, (), Slice(count=_most(act) + 1))
                for act, one in asked.items()
            }
            shown = {act: part[: _most(act)] for act, part in found.items()}
            _record(work, Asked(acts, since=begun), sum(map(len, shown.values())))
        opened = {act: self._opened(work, part) for act, part in shown.items()}
        lines = sorted((one for part in opened.values() for one in part), key=lambda one: -one.seq)
        reached = {
            act: opened[act][-1].at if len(part) > len(opened[act]) else begun
            for act, part in found.items()
        }
        return Recent(tuple(lines), reached)

    def of_members(
        self, principal: Principal, members: Sequence[UUID], act: Act, since: datetime
    ) -> dict[UUID, list[tuple[datetime, UUID]]]:
        """Return when some members did something to which case, the newest first, by member."""
        keys = self.keyring.of(principal.council_id)
        asked, size = Asked(frozenset({act}), since=since), Slice(count=_MOST_OF_A_MEMBER)
        with self.ledger.consult(principal, Reason.CONTROL) as work:
            require_officer(work, Act.REGISTER_READ)
            gateway = RegisterGateway(work.session, principal.council_id)
            tags = {one: keys.tags.tag("member", one) for one in members}
            found = {one: gateway.page(asked, [tag], size) for one, tag in tags.items()}
            _record(work, asked, sum(map(len, found.values())), members)
        now = self.clock.now()
        return {one: open_cases(work.receipt, now, keys, part) for one, part in found.items()}

    def _opened(self, work: Work, leaves: Sequence[LeafValues]) -> tuple[Line, ...]:
        keys = self.keyring.of(work.principal.council_id)
        return open_lines(work.receipt, self.clock.now(), keys, leaves)


def _most(act: Act) -> int:
    return MOST_READINGS if act is Act.CASE_READ else _MOST_OF_RARE


def _record(work: Work, asked: Asked, shown: int, members: Sequence[UUID] = ()) -> None:
    named = {f"member{number}": one for number, one in enumerate(members)}
    detail = {**told(asked), **named, "shown": shown}
    work.record(Entry(Act.REGISTER_READ, detail=detail))
