"""The day on which a text comes into force: its groups move to it, the former text ends."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.charters import gateway
from casework.charters.gateway import Version
from casework.charters.lifecycle import VersionState
from casework.charters.readiness import Readiness, check_ready
from casework.charters.service.library import CharterLibrary
from casework.charters.service.neighbours import Neighbours
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.errors import Conflict, IntegrityFailure
from casework.identity import Principal, Reason


@dataclass(frozen=True, slots=True)
class Entering:
    """Asked by who schedules for today, and by the regular job on the day chosen."""

    ledger: Ledger
    database: Database
    neighbours: Neighbours
    library: CharterLibrary
    clock: Clock

    def run(self, who: Principal) -> int:
        """Bring into force what is due and ready; return how many texts. Others wait."""
        entered = 0
        for charter_id in self._found(who.council_id):
            with self.ledger.begin(who, Reason.OPERATION) as work:
                version = gateway.locked(work.session, who.council_id, charter_id)
                if version is None or version.state is not VersionState.APPROVED:
                    raise Conflict
                self.enter(work, version)
            entered += 1
        return entered

    def enter(self, work: Work, version: Version) -> None:
        """Move every group of the former text. Raises `InputRefused` for one not ready."""
        council_id, today = work.principal.council_id, local_day(work.now)
        if version.replaces_id is None:
            raise IntegrityFailure("a draft that replaces nothing")
        ready = self.readiness(work.session, council_id, version, today)
        check_ready(ready, Act.CHARTER_ENTERED)
        pair = (version.replaces_id, version.id)
        moved = self.neighbours.move(work.session, council_id, pair)
        former = {"state": VersionState.SUPERSEDED.value, "ended_on": today}
        gateway.advance(work.session, council_id, version.replaces_id, **former)
        now = {"state": VersionState.IN_FORCE.value, "enters_on": today, "entered_on": today}
        gateway.advance(work.session, council_id, version.id, **now)
        detail: Detail = {
            "charter": version.id,
            "former": version.replaces_id,
            "groups": moved,
            "signatures": len(ready.signed),
        }
        work.record(Entry(Act.CHARTER_ENTERED, detail=detail))

    def readiness(
        self, session: Session, council_id: UUID, version: Version, day: date
    ) -> Readiness:
        """Return what a text has, and lacks, to come into force on a day."""
        charter = self.library.of(session, council_id, version.id)
        governed = (
            self.neighbours.governed(session, council_id, version.replaces_id)
            if version.replaces_id
            else []
        )
        gone = {
            one.id for one in self.neighbours.bodies(session, council_id) if one.left_on is not None
        }
        groups = [one.id for one in governed]
        return Readiness(
            signed=gateway.signed_on(session, council_id, version.id, day) - gone,
            needed=charter.meetings.quorum,
            coordinating=frozenset(one.coordinating_id for one in governed),
            meeting_open=self.neighbours.meeting_open(session, council_id, groups),
        )

    def _found(self, council_id: UUID) -> list[UUID]:
        """Return what is due and ready: what waits leaves no line each time it is looked at."""
        today = local_day(self.clock.now())
        with self.database.reading(Scope(council_id, whole=True)) as session:
            return [
                one
                for one in gateway.due(session, council_id, today)
                if self._ready(session, council_id, one, today)
            ]

    def _ready(self, session: Session, council_id: UUID, charter_id: UUID, day: date) -> bool:
        version = gateway.version(session, council_id, charter_id)
        if version is None or version.replaces_id is None:
            return False
        former = gateway.version(session, council_id, version.replaces_id)
        running = former is not None and former.state is VersionState.IN_FORCE
        ready = self.readiness(session, council_id, version, day)
        return running and ready.enough and not ready.meeting_open
