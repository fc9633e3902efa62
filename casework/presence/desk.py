"""What a coordinator sees and does: who asked about theirs, and cases that no question finds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.cases.gateway import living
from casework.cases.gateway.admission import standing_in
from casework.cases.orders import Asked
from casework.cases.values import CaseLine
from casework.charters.charter import Charter
from casework.charters.vocabulary import CaseKind
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied
from casework.identity import Principal, Reason
from casework.partners.values import Group
from casework.presence.gateway import questions as asked
from casework.presence.policy import ANSWERING, KEPT, PER_HOUR
from casework.presence.service import PresenceService
from casework.presence.values import Desk, Known, Notice

_SHOWN: Final = 20
_AT_ONCE: Final = 200

Names = Callable[[Principal, Reason, Asked], list[CaseLine]]
"""Opens a page of the cases that somebody may list, with its own line."""


@dataclass(frozen=True, slots=True)
class PresenceDesk:
    """Where one asks from. Raises `AccessDenied` for whoever no charter lets ask."""

    presence: PresenceService
    database: Database
    names: Names

    def look(self, who: Principal, reason: Reason) -> Desk:
        """Return where one may ask, how often still, and who asked about cases one coordinates."""
        with self.presence.ledger.consult(who, reason) as work:
            mine = self._mine(work)
            if not mine:
                raise AccessDenied(Act.PRESENCE_LISTED, "presence-not-foreseen")
            led = {one: at for one, at in mine.items() if _coordinates(work, one)}
            notices = self._notices(work, led)
            cases = tuple(dict.fromkeys(one.case_id for one in notices))
            work.record(Entry(Act.PRESENCE_LISTED, cases=cases, detail={"shown": len(notices)}))
            return Desk(
                groups=tuple(self._groups(who, mine)),
                left=self._left(work),
                notices=notices,
                unknown=self._counted(who, led),
            )

    def take_in(self, who: Principal, reason: Reason, group_id: UUID) -> int:
        """Take cases that no question finds yet into the index, as who may read their names.

        Returns how many were taken in: two hundred at most, the newest first.
        """
        with self.presence.ledger.consult(who, reason) as work:
            charter = self._coordinated(work, group_id)
            missing = self._unknown(who, charter.kind).get(group_id, [])
            work.record(Entry(Act.PRESENCE_INDEXED, detail={"missing": len(missing)}))
        if not missing:
            return 0
        before = UUID(int=max(missing).int + 1)
        lines = self.names(who, reason, Asked(ANSWERING, before, _AT_ONCE))
        known = [one for line in lines if (one := _known(line)) and one.case_id in set(missing)]
        with self.presence.ledger.begin(who, reason) as work:
            version = self.presence.index.seals.newest(work.session)
            kept = self.presence.index.keep(charter.kind, version, known)
            work.cite(charter.presence.article, charter.digest)
            detail = {"taken_in": len(kept)}
            work.record(Entry(Act.PRESENCE_INDEXED, cases=tuple(kept), detail=detail))
        return len(kept)

    def _mine(self, work: Work) -> dict[UUID, Charter]:
        """Return the groups in which one may ask today."""
        found: dict[UUID, Charter] = {}
        for one in work.principal.mandates:
            if one.group_id is None:
                continue
            try:
                found[one.group_id] = self.presence.asking_in(work, one.group_id)
            except AccessDenied:
                continue
        return found

    def _coordinated(self, work: Work, group_id: UUID) -> Charter:
        charter = self.presence.asking_in(work, group_id)
        if not _coordinates(work, group_id):
            raise AccessDenied(Act.PRESENCE_INDEXED, "other-function", subject=str(group_id))
        return charter

    def _groups(self, who: Principal, mine: dict[UUID, Charter]) -> list[Group]:
        known = {
            own_id: one
            for kind in {charter.kind for charter in mine.values()}
            for own_id, one in self.presence.circuits.of(who, kind).groups.items()
        }
        return sorted((known[one] for one in mine), key=lambda one: one.name)

    def _left(self, work: Work) -> int:
        who = work.principal
        if who.member_id is None:
            return 0
        recent = asked.moments(work.session, who.council_id, who.member_id, work.now)
        return max(0, PER_HOUR - len(recent))

    def _notices(self, work: Work, led: dict[UUID, Charter]) -> tuple[Notice, ...]:
        """Return who asked about cases of groups one coordinates, the newest first."""
        who, kinds = work.principal, {one.kind for one in led.values()}
        if not led:
            return ()
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            own = living.places(session, who.council_id, led, ANSWERING)
            told = [
                (one, case_id)
                for one in asked.since(session, who.council_id, work.now - KEPT)
                for kind in kinds
                for case_id in self.presence.questions.found(one, kind)
                if case_id in own
            ]
            seen = [
                (one, case_id)
                for one, case_id in told[:_SHOWN]
                if self.presence.admission.lists(session, who, work.now, case_id)
            ]
            names = living.references(session, who.council_id, {case_id for _, case_id in seen})
        return tuple(
            Notice(case_id, names.get(case_id, ""), one.member_id, one.asked_at)
            for one, case_id in seen
        )

    def _counted(self, who: Principal, led: dict[UUID, Charter]) -> dict[UUID, int]:
        kinds = {one.kind for one in led.values()}
        found = {at: ids for kind in kinds for at, ids in self._unknown(who, kind).items()}
        return {one: len(found[one]) for one in led if found.get(one)}

    def _unknown(self, who: Principal, kind: CaseKind) -> dict[UUID, list[UUID]]:
        """Return, by group, the cases whose tags are missing, or of an older secret."""
        versions = self.presence.index.versions()
        cases = self.presence.circuits.of(who, kind).cases
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            newest = self.presence.index.seals.newest(session)
        found: dict[UUID, list[UUID]] = {}
        for case_id, group_id in cases.items():
            if versions.get(case_id) != newest:
                found.setdefault(group_id, []).append(case_id)
        return found


def _coordinates(work: Work, group_id: UUID) -> bool:
    return standing_in(work.principal, group_id, work).coordinator


def _known(line: CaseLine) -> Known | None:
    """Return the person of a line as the index takes them in; a withheld name is nobody's."""
    names = (line.family_name, line.given_name, line.birth_date)
    family, given, birth = (one if isinstance(one, str) else "" for one in names)
    if not birth:
        return None
    return Known(line.head.id, line.head.group_id, family, given, date.fromisoformat(birth))
