"""Holds the meetings of a world: agenda, presence, decisions, each on its day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from casework.cases.agenda import MeetingDecision
from casework.demo import calendar
from casework.demo.calendar import moment
from casework.demo.cast import Cast
from casework.demo.lives import Event, Life
from casework.demo.shapes import Decision, Member
from casework.identity import Principal
from casework.meetings.values import Meeting

_NOTICE: Final = timedelta(days=2)
_FIRST: Final = 1
_ORIENTATION: Final = "ordinary_service"


@dataclass(slots=True)
class Sitting:
    """One meeting of a group, with the cases it decides."""

    cast: Cast
    group: str
    day: date
    lives: Sequence[Life]
    present: Sequence[str]
    id: UUID | None = None

    def events(self) -> Iterator[Event]:
        """Yield the preparation and the meeting itself."""
        yield Event(moment(self.day - _NOTICE, calendar.PREPARED), 0, self.prepare)
        yield Event(moment(self.day, calendar.MEETING), 0, self.hold)

    def prepare(self) -> None:
        """Put the cases on the agenda."""
        agenda = [life.known_id for life in self.lives]
        meetings = self.cast.workshop.meetings
        group_id = self.cast.groups[self.group]
        self.id = meetings.prepare(self._coordinator, group_id, self.day, agenda)

    def hold(self) -> None:
        """Open, note who is there, decide, close."""
        meetings, who, meeting_id = self.cast.workshop.meetings, self._coordinator, self._known_id
        meetings.open(who, meeting_id, _FIRST)
        for key in self.present:
            meetings.attend(who, meeting_id, self.cast.members[key], present=True)
        seen = meetings.read(who, meeting_id)
        versions = _versions(seen)
        for life in self.lives:
            meetings.decide(who, meeting_id, self._decision(life, versions[life.known_id]))
        meetings.close(who, meeting_id, seen.line.version)
        versions = _versions(meetings.read(who, meeting_id))
        for life in self.lives:
            life.version = versions.get(life.known_id, life.version)

    def _decision(self, life: Life, version: int) -> MeetingDecision:
        code = decided_on(life, self.day).code
        lead = life.case.lead if code == "kept" else None
        why = {"closed": life.case.closure or "", "redirected": _ORIENTATION}.get(code, "")
        return MeetingDecision(
            case_id=life.known_id,
            version=version,
            code=code,
            why=why,
            lead_id=self.cast.members[lead] if lead else None,
        )

    @property
    def _coordinator(self) -> Principal:
        return self.cast.coordinator(self.group)

    @property
    def _known_id(self) -> UUID:
        if self.id is None:
            raise LookupError("not prepared yet")
        return self.id


def sittings(cast: Cast, lives: Iterable[Life], members: Sequence[Member]) -> Iterator[Sitting]:
    """Yield a meeting for each day on which a group decided something."""
    tables: dict[tuple[str, date], list[Life]] = {}
    for life in lives:
        for decision in life.case.decisions:
            tables.setdefault((life.case.group, decision.on), []).append(life)
    for (group, day), around in sorted(tables.items(), key=lambda table: table[0]):
        yield Sitting(cast, group, day, around, _present(group, around, members))


def decided_on(life: Life, day: date) -> Decision:
    """Return what was decided of a case on a day."""
    return next(one for one in life.case.decisions if one.on == day)


def _present(group: str, around: Sequence[Life], members: Sequence[Member]) -> list[str]:
    """Return who sits there: the coordinator, the leads, and one member of every body."""
    seated = [one for one in members if group in one.groups]
    bodies = {one.organisation: one.key for one in reversed(seated)}
    leads = {life.case.lead for life in around}
    return [one.key for one in seated if one.key in leads or bodies[one.organisation] == one.key]


def _versions(meeting: Meeting) -> Mapping[UUID, int]:
    return {one.case_id: one.case.head.version for one in meeting.items if one.case}
