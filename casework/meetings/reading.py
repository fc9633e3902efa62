"""Meetings for one reader: those of their groups, and of an agenda what they may list."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Entry, cited
from casework.audit.work import Work
from casework.cases.gateway.admission import Admission, standing_in
from casework.cases.gateway.agenda import Agenda
from casework.charters.decision import decide
from casework.charters.facts import NO_CASE
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import CharterAct
from casework.clock import local_day
from casework.meetings.gateway import MeetingGateway, line_of
from casework.meetings.policy import ItemState
from casework.meetings.values import AgendaItem, Meeting, MeetingLine
from casework.partners import gateway as partners

PAGE: Final = 50
_ATTEND: Final = Wanted(CharterAct.ATTEND)
_LIST: Final = Wanted(CharterAct.LIST)
_PREPARE: Final = Wanted(CharterAct.PREPARE)


@dataclass(frozen=True, slots=True)
class MeetingReading:
    """Loads what a meeting shows, and records that it was shown."""

    admission: Admission
    gateway: MeetingGateway
    agenda: Agenda

    def mine(self, work: Work) -> list[MeetingLine]:
        """Return the meetings of the reader's groups."""
        groups = {one.group_id for one in work.principal.mandates if one.group_id}
        asked = {one: self._decision(work, one, _ATTEND) for one in sorted(groups)}
        attended = {one: decision for one, decision in asked.items() if decision.allowed}
        lines = self.gateway.of_groups(work, list(attended), PAGE)
        article = cited(decision.article for decision in attended.values())
        work.record(Entry(Act.MEETING_LISTED, article=article, detail={"shown": len(lines)}))
        return lines

    def meeting(self, work: Work, meeting_id: UUID) -> Meeting:
        """Return a meeting of one of the reader's groups."""
        row = self.gateway.meeting(work, meeting_id)
        charter = self.admission.group(work, row.group_id, _ATTEND)
        conducts = self._decision(work, row.group_id, _PREPARE).allowed
        items = self._items(work, row.group_id, meeting_id)
        shown = [one for one in items if one.case or conducts]
        cases = tuple(one.case_id for one in shown)
        work.record(Entry(Act.MEETING_READ, cases=cases, detail={"meeting": meeting_id}))
        present = self.gateway.present(work, meeting_id)
        return Meeting(
            line=line_of(row),
            items=tuple(shown),
            present=present,
            organisations=organisations_of(work, row.group_id, present),
            quorum=charter.meetings.quorum,
            may=frozenset({CharterAct.ATTEND} | ({CharterAct.PREPARE} if conducts else set())),
        )

    def _items(self, work: Work, group_id: UUID, meeting_id: UUID) -> Sequence[AgendaItem]:
        rows = self.gateway.items(work, meeting_id)
        ids = [row.case_id for row in rows]
        cases, kept = self.agenda.cases(work, group_id, ids), self.agenda.kept(work, ids)
        shut = [one for one in ids if one not in cases and one not in kept]
        why = self.agenda.listing.refusals(work, _LIST, shut)
        articles = {case_id: refusal.article for case_id, refusal in why.items()}
        return [
            AgendaItem(
                case_id=row.case_id,
                state=ItemState(row.state),
                case=cases.get(row.case_id),
                article=articles.get(row.case_id, ""),
            )
            for row in rows
            if row.case_id not in kept
        ]

    def _decision(self, work: Work, group_id: UUID, wanted: Wanted) -> Decision:
        council_id = work.principal.council_id
        charter = self.admission.charters.of_group(work.session, council_id, group_id)
        standing = standing_in(work.principal, group_id, work)
        return decide(charter, standing, wanted, NO_CASE)


def organisations_of(work: Work, group_id: UUID, members: Collection[UUID]) -> frozenset[UUID]:
    """Return the organisations of those of some members who hold a mandate in a group today."""
    day, council_id = local_day(work.now), work.principal.council_id
    seated = partners.members_of_group(work.session, council_id, group_id, day)
    return frozenset(one.organisation_id for one in seated if one.id in members)
