"""The end of enquiries on their day: rings, then peppers, then the rows; each step again if cut."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.enquiries import gateway
from casework.errors import AccessDenied
from casework.identity import Principal, PrincipalKind, Reason
from casework.keys.erasure import Erasure

_BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class EnquirySweep:
    """Forgets what is due; it leaves no line when nothing is."""

    ledger: Ledger
    database: Database
    erasure: Erasure
    clock: Clock

    def run(self, who: Principal) -> int:
        """Erase the enquiries whose day has come, and return how many. For jobs alone."""
        if who.kind is not PrincipalKind.SERVICE:
            raise AccessDenied(Act.JOB_RAN, "other-function")
        while ids := self._due(who.council_id):
            with self.ledger.begin(who, Reason.OPERATION) as work:
                self.erasure.begin(work, ids)
                _record(work, "began", len(ids))
        return self._finish(who)

    def _due(self, council_id: UUID) -> list[UUID]:
        """Return some that are due and not dying yet."""
        today = local_day(self.clock.now())
        dying = self.erasure.unfinished(council_id)
        with self.database.reading(Scope(council_id, whole=True)) as session:
            found = gateway.due(session, council_id, today, _BATCH + len(dying))
        return [one for one in found if one not in dying][:_BATCH]

    def _finish(self, who: Principal) -> int:
        """Destroy the peppers of what is dying, and its last rows; an old copy's as well."""
        unfinished = self.erasure.unfinished(who.council_id)
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            ids = gateway.among(session, who.council_id, unfinished)
        if not ids:
            return 0
        dying = {one: unfinished[one] for one in ids}
        self.erasure.destroy(who.council_id, [part for parts in dying.values() for part in parts])
        with self.ledger.begin(who, Reason.OPERATION) as work:
            gateway.forget(work, ids)
            self.erasure.confirm(work, dying)
            _record(work, "ended", len(ids))
        return len(ids)


def _record(work: Work, phase: str, enquiries: int) -> None:
    detail: Detail = {"job": "enquiries", "phase": phase, "enquiries": enquiries}
    work.record(Entry(Act.JOB_RAN, detail=detail))
