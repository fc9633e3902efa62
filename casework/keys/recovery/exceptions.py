"""Exceptional accesses that the instance sealed: a row planted by SQL opens nothing."""

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.work import Work
from casework.errors import IntegrityFailure
from casework.keys.gateway import exceptions as gateway
from casework.keys.recovery.seals import EscrowSeals
from casework.keys.recovery.values import Exceptional, Loan
from casework.keys.secrets import InstanceSecrets, SecretName


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Keeps them, opens them, and gives out only those whose seal is ours."""

    secrets: InstanceSecrets

    def keep(self, session: Session, access: Exceptional) -> None:
        """Keep what was asked for."""
        gateway.add(session, access, self._seals.exceptional(access))

    def begin(self, work: Work, access: Exceptional) -> None:
        """Write down that it is open now, with its leaf."""
        gateway.begin(work.session, access, self._seals.exceptional(access))
        opened(work, access)

    def begin_asked(self, work: Work, ceremony_id: UUID, loan: Loan) -> None:
        """Open the access for which custodians lent; the operator's own loans have none."""
        found = gateway.one_of(work.session, work.principal.council_id, ceremony_id)
        for access in self.checked([found] if found else []):
            lent = replace(access, granter_id=loan.granter_id)
            self.begin(work, replace(lent, from_at=loan.lent_at, until=loan.until))

    def running(self, work: Work, case_id: UUID) -> Exceptional | None:
        """Return the access by which who acts may read a case now, or None.

        Raises `IntegrityFailure` for a row that is not as we left it.
        """
        who = work.principal
        if who.member_id is None:
            return None
        return self.running_of(work.session, (who.council_id, who.member_id), case_id, work.now)

    def running_of(
        self, session: Session, place: tuple[UUID, UUID], case_id: UUID, now: datetime
    ) -> Exceptional | None:
        """Return the same of any (council, member), at a moment."""
        found = gateway.of_reader(session, place, case_id, now)
        return next(self.checked(found), None)

    def checked(self, found: Iterable[tuple[Exceptional, bytes]]) -> Iterator[Exceptional]:
        """Yield those whose seal is ours. Raises `IntegrityFailure` for any other."""
        for access, seal in found:
            if not hmac.compare_digest(self._seals.exceptional(access), seal):
                raise IntegrityFailure("an exceptional access that nobody asked for")
            yield access

    @property
    def _seals(self) -> EscrowSeals:
        return EscrowSeals(self.secrets.of(SecretName.ESCROW))


def opened(work: Work, access: Exceptional) -> None:
    """Record that a case is open to somebody who is not named on it."""
    granter = {} if access.granter_id is None else {"granter": access.granter_id}
    told: Detail = {"access": access.id, "member": access.member_id, "why": access.why.value}
    detail: Detail = {**told, **granter}
    work.record(Entry(Act.ACCESS_OPENED, case_id=access.case_id, detail=detail))
