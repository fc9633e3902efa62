"""A partner leaves the council, or a member their organisation: in one unit of work, for good."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.charters.policy import require_operator
from casework.clock import local_day
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, Reason
from casework.partners.gateway import leaving
from casework.sentences import N_


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who goes, and of which organisation: all of its members with it, or some of them alone."""

    organisation_id: UUID
    members: tuple[UUID, ...]


class Farewell(Protocol):
    """What one floor of the house does when somebody goes."""

    def __call__(self, work: Work, leaver: Leaver) -> Mapping[str, int]:
        """Take back what is there; return counts for the register. Raises to keep it in."""
        ...


Preparation = Callable[[Principal, UUID], int]
"""Does beforehand, a little at a time, what would be too long for one unit of work; counts it."""


@dataclass(frozen=True, slots=True)
class LeavingService:
    """Says goodbye on every floor, or on none."""

    ledger: Ledger
    prepare: Preparation
    farewells: Sequence[Farewell]

    def leave(self, principal: Principal, organisation_id: UUID) -> dict[str, int]:
        """Let an organisation go; return what it held, counted.

        Raises `InvalidInput` for one that is gone already, that coordinates a group, or without
        which something would open for nobody any more.
        """
        self._require_leaver(principal, organisation_id)
        renewed = self.prepare(principal, organisation_id)
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            leaver = self._shown_out(work, organisation_id)
            counts = {"members": len(leaver.members)}
            for farewell in self.farewells:
                counts |= farewell(work, leaver)
            counts["renewed"] = counts.get("renewed", 0) + renewed
            detail: Detail = {"organisation": organisation_id, **counts}
            work.record(Entry(Act.ORGANISATION_LEFT, detail=detail))
        return counts

    def _require_leaver(self, principal: Principal, organisation_id: UUID) -> None:
        """Refuse before anything is prepared; the refusal of a stranger is in the register."""
        with self.ledger.consult(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.ORGANISATION_LEFT)
            groups = leaving.coordinated(work.session, principal.council_id, organisation_id)
            work.record(Entry(Act.ORGANISATION_LISTED, detail={"groups": groups}))
        if groups:
            raise _refused(
                N_("Cet organisme coordonne encore %(groups)d groupe(s).", groups=groups)
            )

    def _shown_out(self, work: Work, organisation_id: UUID) -> Leaver:
        council_id, today = work.principal.council_id, local_day(work.now)
        if not leaving.mark_left(work.session, council_id, organisation_id, today):
            raise _refused(N_("Cet organisme n’est pas, ou n’est plus, du conseil."))
        members = leaving.members_of(work.session, council_id, organisation_id)
        leaving.shut_out(work.session, council_id, members, today - timedelta(days=1))
        return Leaver(organisation_id, tuple(members))


@dataclass(frozen=True, slots=True)
class MemberLeavingService:
    """Says goodbye to one member on every floor, or on none; their organisation stays."""

    ledger: Ledger
    take_keys: Farewell
    farewells: Sequence[Farewell]

    def leave(self, principal: Principal, member_id: UUID) -> dict[str, int]:
        """Let a member go; return what they had, counted.

        Raises `AccessDenied` for a member nobody knows, `InvalidInput` while nobody else could
        open what their organisation holds.
        """
        with self.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.MEMBER_LEFT)
            leaver = self._known(work, member_id)
            counts = self._shut_out(work, leaver)
            counts |= self.take_keys(work, leaver)
            body = leaver.organisation_id
            detail: Detail = {"member": member_id, "organisation": body, **counts}
            work.record(Entry(Act.MEMBER_LEFT, detail=detail))
        return counts

    def part(self, work: Work, member_id: UUID) -> dict[str, int]:
        """Let a member go inside the unit of work of whoever may say so, and leaves the leaf.

        Where nobody else could open what their organisation holds, the door is shut all the same
        and their key waits for the operator: it is counted as `kept`.
        """
        leaver = self._known(work, member_id)
        counts = self._shut_out(work, leaver)
        try:
            counts |= self.take_keys(work, leaver)
        except InvalidInput:
            return counts | {"kept": 1}
        return counts

    def _shut_out(self, work: Work, leaver: Leaver) -> dict[str, int]:
        yesterday = local_day(work.now) - timedelta(days=1)
        members = (work.principal.council_id, leaver.members)
        counts = {"mandates": leaving.shut_out(work.session, *members, yesterday)}
        for farewell in self.farewells:
            counts |= farewell(work, leaver)
        return counts

    def _known(self, work: Work, member_id: UUID) -> Leaver:
        found = leaving.body_of(work.session, work.principal.council_id, member_id)
        if found is None:
            raise AccessDenied(Act.MEMBER_LEFT, "unknown", subject=str(member_id))
        return Leaver(found, (member_id,))


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput({"organisation": [sentence]})
