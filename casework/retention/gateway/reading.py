"""Reads holds, elimination lists and certificates: counts, years and ids."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.charters.vocabulary import CaseKind
from casework.clock import local_day
from casework.retention.models import (
    CertificateRow,
    EliminationItemRow,
    EliminationListRow,
    HoldRow,
)
from casework.retention.policy import HoldReason, ListState
from casework.retention.values import Certificate, EliminationList, Hold, ListLine, folded


class HoldBook:
    """The holds, for those who are about to end a case."""

    def held(self, work: Work, case_id: UUID) -> bool:
        """Say whether a hold on the case runs today."""
        council_id, day = work.principal.council_id, local_day(work.now)
        running = select(HoldRow.id).where(
            HoldRow.council_id == council_id,
            HoldRow.case_id == case_id,
            HoldRow.lifted_on.is_(None),
            HoldRow.until_on >= day,
        )
        return work.session.scalars(running.limit(1)).first() is not None


def holds(session: Session, council_id: UUID, day: date) -> list[Hold]:
    """Return the holds in force on a day, those that end first in front."""
    row = HoldRow
    chosen = select(row).where(row.council_id == council_id, row.lifted_on.is_(None))
    found = session.scalars(chosen.where(row.until_on >= day).order_by(row.until_on, row.id))
    return [
        Hold(
            one.id, one.case_id, HoldReason(one.reason), one.placed_by, one.placed_on, one.until_on
        )
        for one in found
    ]


def lists(session: Session, council_id: UUID, limit: int) -> list[EliminationList]:
    """Return elimination lists, newest first."""
    row = EliminationListRow
    chosen = select(row).where(row.council_id == council_id)
    found = session.scalars(chosen.order_by(row.listed_on.desc(), row.id.desc()).limit(limit)).all()
    lines = _lines(session, council_id, [one.id for one in found])
    return [
        EliminationList(
            one.id,
            one.listed_on,
            ListState(one.state),
            one.visa_on,
            one.visa_by,
            one.visa_reference,
            lines.get(one.id, ()),
        )
        for one in found
    ]


def count_of(session: Session, council_id: UUID, list_id: UUID) -> int:
    """Return how many cases a list has."""
    return sum(line.count for line in _lines(session, council_id, [list_id]).get(list_id, ()))


def _lines(
    session: Session, council_id: UUID, list_ids: Sequence[UUID]
) -> dict[UUID, tuple[ListLine, ...]]:
    row = EliminationItemRow
    chosen = select(row.list_id, row.kind, row.opened_year, row.closed_on).where(
        row.council_id == council_id, row.list_id.in_(list_ids)
    )
    found: dict[UUID, list[tuple[CaseKind, int, int]]] = {}
    for list_id, kind, opened_year, closed_on in session.execute(chosen):
        found.setdefault(list_id, []).append((CaseKind(kind), opened_year, closed_on.year))
    return {list_id: folded(lines) for list_id, lines in found.items()}


def certificates(
    session: Session, council_id: UUID, before: UUID | None, limit: int
) -> list[Certificate]:
    """Return certificates, newest first, those before an id."""
    row = CertificateRow
    chosen = select(row).where(row.council_id == council_id)
    if before is not None:
        chosen = chosen.where(row.id < before)
    found = session.scalars(chosen.order_by(row.id.desc()).limit(limit))
    return [
        Certificate(
            one.id,
            one.case_id,
            CaseKind(one.kind),
            one.list_id,
            one.compartments,
            one.erased_at,
            one.backups_until,
            one.leaf,
        )
        for one in found
    ]


def count_certificates(session: Session, council_id: UUID) -> int:
    """Return how many cases were erased."""
    chosen = select(func.count()).where(CertificateRow.council_id == council_id)
    return session.scalar(chosen) or 0
