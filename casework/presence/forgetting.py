"""The end of tags and questions: what no longer answers is not kept."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.cases.gateway import living
from casework.cases.gateway.admission import Charters
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, Unavailable
from casework.identity import Principal, PrincipalKind, Reason
from casework.partners import gateway as partners
from casework.presence.gateway import questions
from casework.presence.gateway.index import PresenceIndex
from casework.presence.policy import HELD, KEPT, takes_part

_BEING_WRITTEN: Final = timedelta(minutes=15)
_MILLIS_AT: Final = 80


@dataclass(frozen=True, slots=True)
class PresenceSweep:
    """Takes away tags of closed cases, of groups that do not take part any more, of no case.

    Also what an old key store brought back. It leaves no line when there is nothing.
    """

    ledger: Ledger
    database: Database
    charters: Charters
    index: PresenceIndex
    clock: Clock

    def run(self, who: Principal) -> int:
        """Forget what is due, and return how many tags went. For jobs alone."""
        if who.kind is not PrincipalKind.SERVICE:
            raise AccessDenied(Act.JOB_RAN, "other-function")
        gone, before = self._gone(who.council_id), self.clock.now() - KEPT
        if gone:
            self.index.forget(who.council_id, gone)
            with suppress(Unavailable):
                self.index.scrub()
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            old = questions.over(session, who.council_id, before)
        if gone or old:
            self._record(who, before, {"tags": len(gone), "questions": old})
        return len(gone)

    def _record(self, who: Principal, before: datetime, counts: dict[str, int]) -> None:
        detail: Detail = {"job": "presence", **counts}
        with self.ledger.begin(who, Reason.OPERATION) as work:
            questions.forget(work, before)
            work.record(Entry(Act.JOB_RAN, detail=detail))

    def _gone(self, council_id: UUID) -> list[UUID]:
        """Return the cases whose tags answer nobody; one may be written just now: it stays."""
        known = self.index.versions()
        if not known:
            return []
        kept = self._kept(council_id)
        young = UUID(int=_millis(self.clock.now() - _BEING_WRITTEN) << _MILLIS_AT)
        return [one for one in known if one not in kept and one < young]

    def _kept(self, council_id: UUID) -> Collection[UUID]:
        with self.database.reading(Scope(council_id, whole=True)) as session:
            groups = [
                one.id
                for one in partners.groups(session, council_id)
                if takes_part(self.charters.of_version(session, council_id, one.charter_id))
            ]
            return living.places(session, council_id, groups, HELD).keys()


def _millis(moment: datetime) -> int:
    """Return what a UUIDv7 made at a moment begins with (RFC 9562, 5.7)."""
    return int(moment.timestamp() * 1000)
