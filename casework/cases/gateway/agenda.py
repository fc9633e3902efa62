"""The cases of meetings: which are due, which are on an agenda, which are before a meeting now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from casework.audit.work import Work
from casework.cases.agenda import AgendaCase, DueCase, DueWhy
from casework.cases.gateway import excluding
from casework.cases.gateway.decoys import Decoys
from casework.cases.gateway.facts import who_asks
from casework.cases.gateway.listing import CaseListing
from casework.cases.gateway.opening import head_of, naming_of
from casework.cases.models import ActionRow, CaseRow, NamingRow
from casework.cases.procedures.steps import DECIDED, CaseState
from casework.cases.values import Naming
from casework.charters.charter import Clocks
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.clock import local_day
from casework.db import sight
from casework.months import latest_start

_LIST: Final = Wanted(CharterAct.LIST)
_AHEAD: Final = timedelta(days=30)
_DECIDABLE: Final = (CaseState.ACCEPTED, *sorted(DECIDED))
_NOBODY: Final[frozenset[UUID]] = frozenset()
_IN_BULK: Final = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Agenda:
    """Cases by their clear facts alone; each only for somebody whom the charter lets list it.

    Marks of a meeting are no change of the case: they leave its version as it is.
    """

    listing: CaseListing
    decoys: Decoys

    def due(self, work: Work, group_id: UUID, clocks: Clocks) -> list[DueCase]:
        """Return the cases of a group to propose: those never decided first, then by review."""
        today = local_day(work.now)
        reasons = _reasons(today, clocks)
        rows = work.session.execute(
            select(CaseRow, *(one.label(why) for why, one in reasons.items()))
            .where(self._listed(work, group_id), CaseRow.state.in_(_DECIDABLE))
            .where(CaseRow.agenda_of.is_(None), CaseRow.merged_into.is_(None))
            .where(or_(*reasons.values()))
            .order_by(CaseRow.state, CaseRow.review_by, CaseRow.id)
            .execution_options(**sight.CHARTER),
            who_asks(work),
        )
        found = [_due(row, held, reasons) for row, *held in rows]
        return [one for one in found if not self.decoys.holds(work, one.head.id)]

    def put(
        self, work: Work, meeting: tuple[UUID, UUID], case_ids: Sequence[UUID], *, seated: bool
    ) -> list[UUID]:
        """Put cases on the agenda of a (group, meeting) and return those that could be.

        What is left out is of another group, on another agenda, past deciding, or unknown to
        the one who asks. `seated` when the meeting is already open.
        """
        group_id, meeting_id = meeting
        statement = (
            update(CaseRow)
            .where(self._listed(work, group_id), CaseRow.id.in_(case_ids))
            .where(CaseRow.agenda_of.is_(None), CaseRow.merged_into.is_(None))
            .where(CaseRow.state.in_(_DECIDABLE))
            .values(agenda_of=meeting_id, in_meeting=seated)
            .returning(CaseRow.id)
            .execution_options(**sight.CHARTER)
        )
        found = work.session.scalars(statement, who_asks(work), execution_options=_IN_BULK)
        return list(found)

    def take_off(self, work: Work, meeting_id: UUID, case_ids: Sequence[UUID]) -> None:
        """Take cases off the agenda of a meeting."""
        _mark(work, meeting_id, CaseRow.id.in_(case_ids), agenda_of=None, in_meeting=False)

    def seat(self, work: Work, meeting_id: UUID) -> None:
        """Bring every case of an agenda before its meeting, which opens now."""
        _mark(work, meeting_id, in_meeting=True)

    def clear(self, work: Work, meeting_id: UUID) -> None:
        """Release every case of an agenda: the meeting is over."""
        _mark(work, meeting_id, agenda_of=None, in_meeting=False)

    def on_it(self, work: Work, meeting_id: UUID) -> set[UUID]:
        """Return the cases that are on the agenda of a meeting now."""
        chosen = select(CaseRow.id).where(*_of_meeting(work, meeting_id))
        return set(work.session.scalars(chosen.execution_options(**sight.CLEAR)))

    def cases(self, work: Work, group_id: UUID, ids: Sequence[UUID]) -> dict[UUID, AgendaCase]:
        """Return those of some cases that the reader may list, with who is named on each."""
        chosen = select(CaseRow).where(self._listed(work, group_id), CaseRow.id.in_(ids))
        listed = chosen.execution_options(**sight.CHARTER)
        heads = [head_of(row) for row in work.session.scalars(listed, who_asks(work))]
        named = _named(work, [head.id for head in heads])
        away = self.away(work, [head.id for head in heads])
        return {
            head.id: AgendaCase(head, tuple(named.get(head.id, ())), away.get(head.id, _NOBODY))
            for head in heads
        }

    def away(self, work: Work, ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
        """Return, by case, the members and bodies whom a personal link keeps from it."""
        links = excluding.exclusions_of(work.session, work.principal.council_id, ids)
        found: dict[UUID, frozenset[UUID]] = {}
        for one in links:
            found[one.case_id] = found.get(one.case_id, _NOBODY) | {one.holder_id}
        return found

    def kept(self, work: Work, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Return those of some cases that a personal link keeps from the one who asks."""
        return excluding.kept(work.session, work.principal, ids)

    def _listed(self, work: Work, group_id: UUID) -> ColumnElement[bool]:
        mine = CaseRow.council_id == work.principal.council_id
        return and_(mine, CaseRow.group_id == group_id, self.listing.visible(work, _LIST))


def _reasons(today: date, clocks: Clocks) -> dict[DueWhy, ColumnElement[bool]]:
    late = exists().where(
        ActionRow.council_id == CaseRow.council_id,
        ActionRow.case_id == CaseRow.id,
        ActionRow.state == "open",
        ActionRow.due_on < today,
    )
    never = and_(
        CaseRow.review_by.is_(None),
        CaseRow.referred_on <= latest_start(today, clocks.review_months),
    )
    reviewed_late = and_(CaseRow.review_by.is_not(None), CaseRow.review_by <= today)
    reviewed_soon = and_(CaseRow.review_by.is_not(None), CaseRow.review_by <= today + _AHEAD)
    followed = CaseRow.state == CaseState.FOLLOWED
    return {
        DueWhy.NEW: CaseRow.state == CaseState.ACCEPTED,
        DueWhy.HEARING: CaseRow.state == CaseState.SUMMONED,
        DueWhy.REVIEW: and_(followed, reviewed_soon),
        DueWhy.LATE: and_(followed, late),
        DueWhy.STALE: or_(reviewed_late, never),
    }


def _due(case: CaseRow, held: Iterable[bool], reasons: Iterable[DueWhy]) -> DueCase:
    why = tuple(one for one, holds in zip(reasons, held, strict=True) if holds)
    return DueCase(head_of(case), why)


def _of_meeting(work: Work, meeting_id: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (CaseRow.council_id == work.principal.council_id, CaseRow.agenda_of == meeting_id)


def _mark(work: Work, meeting_id: UUID, *chosen: ColumnElement[bool], **values: object) -> None:
    marked = update(CaseRow).where(*_of_meeting(work, meeting_id), *chosen).values(**values)
    work.session.execute(marked, execution_options={**_IN_BULK, **sight.CLEAR})


def _named(work: Work, case_ids: Sequence[UUID]) -> dict[UUID, list[Naming]]:
    """Return who is named today on each of some cases."""
    day = local_day(work.now)
    rows = work.session.scalars(
        select(NamingRow)
        .where(NamingRow.council_id == work.principal.council_id, NamingRow.case_id.in_(case_ids))
        .where(or_(NamingRow.until_on.is_(None), NamingRow.until_on >= day))
        .order_by(NamingRow.from_on, NamingRow.id)
        .execution_options(**sight.ADMITTED)
    )
    named: dict[UUID, list[Naming]] = {}
    for row in rows if case_ids else ():
        named.setdefault(row.case_id, []).append(naming_of(row))
    return named
