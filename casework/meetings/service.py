"""What a group does around a table: prepare, open, note who is there, decide, close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.agenda import DueCase, MeetingDecision
from casework.cases.gateway.admission import Admission
from casework.cases.gateway.agenda import Agenda
from casework.cases.service.deciding import Deciding
from casework.cases.service.protection import ProtectionService
from casework.cases.standing import check_version
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.clock import local_day
from casework.errors import AccessDenied, InvalidInput
from casework.identity import Principal, Reason
from casework.meetings.gateway import MeetingGateway
from casework.meetings.policy import (
    ItemState,
    MeetingState,
    MeetingStep,
    check_day,
    check_item,
    check_quorum,
    check_settled,
    move,
)
from casework.meetings.reading import MeetingReading, organisations_of
from casework.meetings.values import Meeting, MeetingLine
from casework.sentences import N_

_PREPARE: Final = Wanted(CharterAct.PREPARE)
_ATTEND: Final = Wanted(CharterAct.ATTEND)
_POSTPONED: Final = "postponed"


@dataclass(frozen=True, slots=True)
class MeetingService:
    """One method for each task, one unit of work for each method."""

    ledger: Ledger
    admission: Admission
    gateway: MeetingGateway
    agenda: Agenda
    deciding: Deciding
    reading: MeetingReading
    protection: ProtectionService

    def proposals(self, who: Principal, group_id: UUID) -> list[DueCase]:
        """Return the cases of a group that are due, by reference."""
        with self.ledger.consult(who, Reason.MEETING) as work:
            charter = self.admission.group(work, group_id, _PREPARE)
            due = self.agenda.due(work, group_id, charter.clocks)
            cases = tuple(one.head.id for one in due)
            work.record(Entry(Act.CASE_LISTED, cases=cases, detail={"shown": len(cases)}))
        return due

    def mine(self, who: Principal) -> list[MeetingLine]:
        """List the meetings of one's groups, latest day first."""
        with self.ledger.consult(who, Reason.MEETING) as work:
            return self.reading.mine(work)

    def read(self, who: Principal, meeting_id: UUID) -> Meeting:
        """Return a meeting: references, states, who is named, who is there."""
        with self.ledger.consult(who, Reason.MEETING) as work:
            return self.reading.meeting(work, meeting_id)

    def prepare(self, who: Principal, group_id: UUID, day: date, cases: Sequence[UUID]) -> UUID:
        """Prepare a meeting on a day with cases in order; return its id."""
        with self.ledger.begin(who, Reason.MEETING) as work:
            self.admission.group(work, group_id, _PREPARE)
            check_day(day, local_day(work.now))
            meeting = self.gateway.add(work, group_id, day)
            self._put(work, (group_id, meeting.id), cases, seated=False)
            _record(work, Act.MEETING_PREPARED, meeting.id, cases)
        return meeting.id

    def add(self, who: Principal, meeting_id: UUID, cases: Sequence[UUID]) -> None:
        """Put more cases on the agenda, also while the meeting is open."""
        with self.ledger.begin(who, Reason.MEETING) as work:
            place, state = self._conduct(work, meeting_id, MeetingStep.ARRANGE)
            self._put(work, place, cases, seated=state is MeetingState.OPEN)
            _record(work, Act.MEETING_PREPARED, meeting_id, cases)

    def withdraw(self, who: Principal, meeting_id: UUID, case_id: UUID) -> None:
        """Take a case that waits off the agenda."""
        with self.ledger.begin(who, Reason.MEETING) as work:
            self._conduct(work, meeting_id, MeetingStep.ARRANGE)
            self._check_not_kept(work, case_id)
            item = self.gateway.item(work, meeting_id, case_id)
            check_item(item.state, decides=False)
            item.state = ItemState.WITHDRAWN
            self.agenda.take_off(work, meeting_id, [case_id])
            _record(work, Act.MEETING_PREPARED, meeting_id, [case_id])

    def open(self, who: Principal, meeting_id: UUID, version: int) -> None:
        """Open a meeting: its cases can now be decided."""
        with self.ledger.begin(who, Reason.MEETING) as work:
            meeting = self.gateway.locked(work, meeting_id)
            self.admission.group(work, meeting.group_id, _PREPARE)
            check_version(meeting.version, version)
            meeting.state = move(meeting.state, MeetingStep.OPEN)
            meeting.opened_at = work.now
            self.agenda.seat(work, meeting_id)
            _record(work, Act.MEETING_OPENED, meeting_id)

    def attend(self, who: Principal, meeting_id: UUID, member_id: UUID, *, present: bool) -> None:
        """Note that a member of the group came, or left: oneself, or anybody as coordinator."""
        with self.ledger.begin(who, Reason.MEETING) as work:
            meeting = self.gateway.meeting(work, meeting_id)
            wanted = _ATTEND if member_id == who.member_id else _PREPARE
            self.admission.group(work, meeting.group_id, wanted)
            move(meeting.state, MeetingStep.ATTEND)
            if not organisations_of(work, meeting.group_id, {member_id}):
                said = N_("Cette personne n’a pas de mandat dans ce groupe.")
                raise InvalidInput({"member": [said]})
            self.gateway.attend(work, meeting_id, member_id, present=present)
            detail: Detail = {"meeting": meeting_id, "member": member_id, "present": int(present)}
            work.record(Entry(Act.MEETING_ATTENDED, detail=detail))

    def decide(self, who: Principal, meeting_id: UUID, decision: MeetingDecision) -> int | None:
        """Decide a case before the meeting; return the decision's number, None when put off."""
        with self.ledger.begin(who, Reason.MEETING) as work:
            meeting = self.gateway.locked(work, meeting_id)
            charter = self.admission.group(work, meeting.group_id, _ATTEND)
            self._check_not_kept(work, decision.case_id)
            item = self.gateway.item(work, meeting_id, decision.case_id)
            self._check_on_agenda(work, meeting_id, decision.case_id)
            decided = self.deciding.decide(work, meeting_id, decision)
            move(meeting.state, MeetingStep.DECIDE)
            check_item(item.state, decides=decided.number is not None)
            item.state = ItemState.POSTPONED
            if decided.number is not None:
                bodies = self._in_the_room(work, (meeting.group_id, meeting_id), decision.case_id)
                check_quorum(bodies, charter.meetings.quorum)
                item.state = ItemState.DECIDED
        self.deciding.finish(who, decided)
        return decided.number

    def open_protected(self, who: Principal, meeting_id: UUID, case_id: UUID) -> None:
        """Open a protected case before those present, who count as the second person."""
        with self.ledger.begin(who, Reason.MEETING) as work:
            meeting = self.gateway.locked(work, meeting_id)
            self.admission.group(work, meeting.group_id, _PREPARE)
            move(meeting.state, MeetingStep.DECIDE)
            self._check_not_kept(work, case_id)
            self._check_on_agenda(work, meeting_id, case_id)
            bodies = self._in_the_room(work, (meeting.group_id, meeting_id), case_id)
            self.protection.open_at_table(work, case_id, meeting_id, bodies)

    def postpone(self, who: Principal, meeting_id: UUID, case_id: UUID, version: int) -> None:
        """Put a case off to the next meeting; this needs no quorum."""
        put_off = MeetingDecision(case_id=case_id, version=version, code=_POSTPONED)
        self.decide(who, meeting_id, put_off)

    def close(self, who: Principal, meeting_id: UUID, version: int) -> None:
        """Close a meeting once every case is decided or put off; the others were withdrawn."""
        with self.ledger.begin(who, Reason.MEETING) as work:
            meeting = self.gateway.locked(work, meeting_id)
            self.admission.group(work, meeting.group_id, _PREPARE)
            check_version(meeting.version, version)
            meeting.state = move(meeting.state, MeetingStep.CLOSE)
            self._settle(work, meeting_id)
            meeting.closed_at = work.now
            self.agenda.clear(work, meeting_id)
            _record(work, Act.MEETING_CLOSED, meeting_id)

    def _conduct(
        self, work: Work, meeting_id: UUID, step: MeetingStep
    ) -> tuple[tuple[UUID, UUID], MeetingState]:
        """Return the (group, id) and the state of a meeting that this coordinator conducts."""
        meeting = self.gateway.locked(work, meeting_id)
        self.admission.group(work, meeting.group_id, _PREPARE)
        return (meeting.group_id, meeting.id), move(meeting.state, step)

    def _put(
        self, work: Work, place: tuple[UUID, UUID], cases: Sequence[UUID], *, seated: bool
    ) -> None:
        put = self.agenda.put(work, place, cases, seated=seated)
        if set(put) != set(cases):
            raise InvalidInput({"cases": [N_("Une situation choisie ne peut pas être inscrite.")]})
        self.gateway.add_items(work, place[1], list(dict.fromkeys(cases)))

    def _check_not_kept(self, work: Work, case_id: UUID) -> None:
        """Refuse a case that a personal link keeps from who acts, as one that is not there."""
        if self.agenda.kept(work, [case_id]):
            raise AccessDenied("decide", "excluded", subject=str(case_id))

    def _in_the_room(self, work: Work, place: tuple[UUID, UUID], case_id: UUID) -> frozenset[UUID]:
        """Return the bodies at a (group, meeting) for a case: who has a link with it is out."""
        group_id, meeting_id = place
        away = self.agenda.away(work, [case_id]).get(case_id, frozenset())
        present = self.gateway.present(work, meeting_id) - away
        return organisations_of(work, group_id, present) - away

    def _check_on_agenda(self, work: Work, meeting_id: UUID, case_id: UUID) -> None:
        """Refuse a case that another meeting, or none, has before it."""
        if case_id not in self.agenda.on_it(work, meeting_id):
            raise AccessDenied("decide", "not-on-agenda", subject=str(case_id))

    def _settle(self, work: Work, meeting_id: UUID) -> None:
        """Withdraw what ended outside the meeting; refuse while anything else waits.

        What is kept from the one who closes is withdrawn too: it would hold up, and tell itself.
        """
        items = self.gateway.items(work, meeting_id)
        waiting = [one for one in items if one.state == ItemState.WAITING]
        there = self.agenda.on_it(work, meeting_id)
        there -= self.agenda.kept(work, sorted(there))
        check_settled(sum(one.case_id in there for one in waiting))
        for item in waiting:
            item.state = ItemState.WITHDRAWN


def _record(work: Work, act: Act, meeting_id: UUID, cases: Sequence[UUID] = ()) -> None:
    work.record(Entry(act, cases=tuple(cases), detail={"meeting": meeting_id}))
