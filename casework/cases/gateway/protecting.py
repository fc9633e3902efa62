"""Protected cases and who has them open with whom, as stored."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.safeguards.models import OpeningRow
from casework.cases.safeguards.values import Opening
from casework.errors import AccessDenied
from casework.keys.delivery import acting_organisation


def opened_to(council: Any, member: Any, now: Any) -> Select[UUID]:
    """Return the cases that somebody has open with a second person now."""
    row = OpeningRow
    return select(row.case_id).where(
        row.council_id == council, row.member_id == member, row.until > now
    )


class Protecting:
    """Keeps questions and openings: each member has one of each case at most."""

    def ask(self, work: Work, case_id: UUID) -> None:
        """Keep the question of who acts; an older one is over."""
        self._put(work, case_id)

    def open(self, work: Work, opening: Opening, until: datetime) -> None:
        """Open a case to the one who asked, with who acts as the second person."""
        row = _row(work, opening.case_id, opening.member_id)
        row.second_id, row.until = work.principal.member_id, until

    def open_at_table(self, work: Work, case_id: UUID, meeting_id: UUID, until: datetime) -> None:
        """Open a case to who acts, before those present at a meeting."""
        row = self._put(work, case_id)
        row.meeting_id, row.until = meeting_id, until

    def close_all(self, work: Work, case_id: UUID) -> None:
        """End every question and opening of a case."""
        row = OpeningRow
        gone = delete(row).where(
            row.council_id == work.principal.council_id, row.case_id == case_id
        )
        work.session.execute(gone, execution_options={"synchronize_session": False})

    def _put(self, work: Work, case_id: UUID) -> OpeningRow:
        who = work.principal
        place = (who.council_id, who.member_id, case_id)
        row = work.session.get(OpeningRow, place)
        if row is None:
            names = ("council_id", "member_id", "case_id")
            row = OpeningRow(**dict(zip(names, place, strict=True)))
            row.organisation_id = acting_organisation(work).organisation_id
            work.session.add(row)
        row.asked_at, row.second_id, row.meeting_id, row.until = work.now, None, None, None
        return row


def one_of(work: Work, case_id: UUID, member_id: UUID) -> Opening:
    """Return the question or opening of a member. Raises `AccessDenied` when there is none."""
    return _loaded(_row(work, case_id, member_id))


def _row(work: Work, case_id: UUID, member_id: UUID) -> OpeningRow:
    found = work.session.get(OpeningRow, (work.principal.council_id, member_id, case_id))
    if found is None:
        raise AccessDenied("read", "no-such-opening", subject=str(case_id))
    return found


def of_cases(session: Session, council_id: UUID, case_ids: Iterable[UUID]) -> list[Opening]:
    """Return the questions and openings of some cases."""
    row, wanted = OpeningRow, list(case_ids)
    chosen = select(row).where(row.council_id == council_id, row.case_id.in_(wanted))
    return [_loaded(one) for one in session.scalars(chosen.order_by(row.asked_at))]


def asked_since(session: Session, council_id: UUID, moment: datetime) -> list[Opening]:
    """Return the questions not answered since a moment."""
    row = OpeningRow
    chosen = select(row).where(
        row.council_id == council_id, row.until.is_(None), row.asked_at > moment
    )
    return [_loaded(one) for one in session.scalars(chosen.order_by(row.asked_at))]


def _loaded(row: OpeningRow) -> Opening:
    return Opening(
        case_id=row.case_id,
        member_id=row.member_id,
        organisation_id=row.organisation_id,
        asked_at=row.asked_at,
        second_id=row.second_id,
        meeting_id=row.meeting_id,
        until=row.until,
    )
