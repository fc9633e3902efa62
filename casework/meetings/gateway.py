"""Loads and saves meetings, their agendas and who was there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.clock import Clock
from casework.db import sight
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied
from casework.meetings.models import AgendaItemRow, AttendanceRow, MeetingRow
from casework.meetings.policy import ItemState, MeetingState
from casework.meetings.values import MeetingLine


@dataclass(frozen=True, slots=True)
class MeetingGateway:
    """Works inside the unit of work of the task; ids come from clock and entropy."""

    clock: Clock
    entropy: Entropy

    def add(self, work: Work, group_id: UUID, day: date) -> MeetingRow:
        """Keep a new meeting of a group."""
        row = MeetingRow(
            council_id=work.principal.council_id,
            id=new_id(self.clock, self.entropy),
            group_id=group_id,
            held_on=day,
            state=MeetingState.PREPARED,
            prepared_by=work.principal.member_id,
        )
        work.session.add(row)
        work.session.flush()
        return row

    def add_items(self, work: Work, meeting_id: UUID, case_ids: Sequence[UUID]) -> None:
        """Put cases at the end of an agenda; one withdrawn from it before waits again."""
        known = {row.case_id: row for row in self.items(work, meeting_id)}
        last = max((row.position for row in known.values()), default=0)
        for position, case_id in enumerate(case_ids, last + 1):
            if case_id in known:
                known[case_id].state = ItemState.WAITING
            else:
                work.session.add(self._item(work, meeting_id, case_id, position))

    def _item(self, work: Work, meeting_id: UUID, case_id: UUID, position: int) -> AgendaItemRow:
        return AgendaItemRow(
            council_id=work.principal.council_id,
            id=new_id(self.clock, self.entropy),
            meeting_id=meeting_id,
            case_id=case_id,
            position=position,
            state=ItemState.WAITING,
        )

    def meeting(self, work: Work, meeting_id: UUID) -> MeetingRow:
        """Return a meeting. Raises `AccessDenied` when there is none."""
        return self._found(work, meeting_id, lock=False)

    def locked(self, work: Work, meeting_id: UUID) -> MeetingRow:
        """Return a meeting that nobody else changes until the commit."""
        return self._found(work, meeting_id, lock=True)

    def _found(self, work: Work, meeting_id: UUID, *, lock: bool) -> MeetingRow:
        place = (work.principal.council_id, meeting_id)
        row = work.session.get(MeetingRow, place, with_for_update=lock)
        if row is None:
            raise AccessDenied("attend", "no-such-meeting", subject=str(meeting_id))
        return row

    def items(self, work: Work, meeting_id: UUID) -> Sequence[AgendaItemRow]:
        """Return an agenda in its order."""
        row = AgendaItemRow
        mine = select(row).where(
            row.council_id == work.principal.council_id, row.meeting_id == meeting_id
        )
        ordered = mine.order_by(row.position).execution_options(**sight.CLEAR)
        return work.session.scalars(ordered).all()

    def forget(self, work: Work, case_ids: Sequence[UUID]) -> None:
        """Remove erased cases from every agenda they were on."""
        row = AgendaItemRow
        gone = delete(row).where(
            row.council_id == work.principal.council_id, row.case_id.in_(case_ids)
        )
        at_once = {"synchronize_session": False, **sight.CLEAR}
        work.session.execute(gone, execution_options=at_once)

    def item(self, work: Work, meeting_id: UUID, case_id: UUID) -> AgendaItemRow:
        """Return a case's place on an agenda. Raises `AccessDenied` when it has none."""
        for row in self.items(work, meeting_id):
            if row.case_id == case_id:
                return row
        raise AccessDenied("decide", "not-on-agenda", subject=str(case_id))

    def attend(self, work: Work, meeting_id: UUID, member_id: UUID, *, present: bool) -> None:
        """Note that a member came, or left."""
        place = (work.principal.council_id, meeting_id, member_id)
        row = work.session.get(AttendanceRow, place)
        if row is None:
            names = ("council_id", "meeting_id", "member_id")
            row = AttendanceRow(**dict(zip(names, place, strict=True)))
            work.session.add(row)
        row.present, row.noted_at = present, work.now

    def present(self, work: Work, meeting_id: UUID) -> frozenset[UUID]:
        """Return the members who are there."""
        row = AttendanceRow
        mine = (row.council_id == work.principal.council_id, row.meeting_id == meeting_id)
        chosen = select(row.member_id).where(*mine, row.present.is_(True))
        return frozenset(work.session.scalars(chosen))

    def of_groups(self, work: Work, group_ids: Iterable[UUID], limit: int) -> list[MeetingLine]:
        """Return the meetings of some groups, latest day first."""
        row = MeetingRow
        chosen = select(row).where(
            row.council_id == work.principal.council_id, row.group_id.in_(list(group_ids))
        )
        found = work.session.scalars(chosen.order_by(row.held_on.desc(), row.id).limit(limit))
        return [line_of(one) for one in found]


def ever_on_an_agenda(
    session: Session, council_id: UUID, case_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Return those of some cases that a meeting had on its agenda."""
    row = AgendaItemRow
    chosen = select(row.case_id).where(row.council_id == council_id, row.case_id.in_(case_ids))
    return frozenset(session.scalars(chosen.distinct().execution_options(**sight.CLEAR)))


def any_open(session: Session, council_id: UUID, group_ids: Collection[UUID]) -> bool:
    """Say whether one of some groups is holding a meeting now."""
    row = MeetingRow
    chosen = (
        row.council_id == council_id,
        row.group_id.in_(group_ids),
        row.state == MeetingState.OPEN,
    )
    return session.execute(select(row.id).where(*chosen).limit(1)).first() is not None


def line_of(row: MeetingRow) -> MeetingLine:
    """Return a meeting as a value."""
    state = MeetingState(row.state)
    return MeetingLine(row.id, row.group_id, row.held_on, state, row.version)
