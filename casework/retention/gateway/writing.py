"""Saves holds, elimination lists, visas and certificates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, select, update

from casework.audit.work import Work
from casework.cases.forgetting import Gone
from casework.clock import Clock, local_day
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied
from casework.retention.models import (
    CertificateRow,
    EliminationItemRow,
    EliminationListRow,
    HoldRow,
)
from casework.retention.policy import ListState
from casework.retention.values import Certificate, NewHold


@dataclass(frozen=True, slots=True)
class RetentionWriting:
    """Works inside the unit of work of the task; ids come from clock and entropy."""

    clock: Clock
    entropy: Entropy

    def add_hold(self, work: Work, case_id: UUID, hold: NewHold) -> UUID:
        """Keep a new hold and return its id."""
        row_id = self.new_id()
        work.session.add(
            HoldRow(
                council_id=work.principal.council_id,
                id=row_id,
                case_id=case_id,
                reason=hold.reason,
                placed_by=work.principal.member_id,
                placed_on=local_day(work.now),
                until_on=hold.until_on,
            )
        )
        return row_id

    def hold(self, work: Work, hold_id: UUID) -> HoldRow:
        """Return a hold. Raises `AccessDenied` when there is none."""
        row = work.session.get(HoldRow, (work.principal.council_id, hold_id))
        if row is None:
            raise AccessDenied("hold", "no-such-hold", subject=str(hold_id))
        return row

    def new_list(self, work: Work) -> UUID:
        """Keep a new, empty elimination list and return its id."""
        row = EliminationListRow(
            council_id=work.principal.council_id,
            id=self.new_id(),
            listed_on=local_day(work.now),
            state=ListState.LISTED,
        )
        work.session.add(row)
        work.session.flush()
        return row.id

    def add_items(self, work: Work, list_id: UUID, gone: Iterable[Gone]) -> None:
        """Put sealed cases on a list."""
        work.session.add_all(
            EliminationItemRow(
                council_id=work.principal.council_id,
                id=self.new_id(),
                list_id=list_id,
                case_id=one.case_id,
                kind=one.kind,
                opened_year=one.opened_year,
                closed_on=one.closed_on,
            )
            for one in gone
        )

    def locked_list(self, work: Work, list_id: UUID) -> EliminationListRow:
        """Return a list that nobody else changes until the commit; `AccessDenied` if none."""
        place = (work.principal.council_id, list_id)
        row = work.session.get(EliminationListRow, place, with_for_update=True)
        if row is None:
            raise AccessDenied("visa", "no-such-list", subject=str(list_id))
        return row

    def lists_of(self, work: Work, case_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        """Return the list on which each case stands."""
        row = EliminationItemRow
        chosen = select(row.case_id, row.list_id).where(
            row.council_id == work.principal.council_id, row.case_id.in_(case_ids)
        )
        return dict(work.session.execute(chosen).all())

    def eliminate(self, work: Work, list_ids: Iterable[UUID]) -> None:
        """End the lists of which every case has its certificate."""
        work.session.flush()
        for list_id in sorted(set(list_ids)):
            row = self.locked_list(work, list_id)
            if not _uncertified(work, list_id):
                row.state = ListState.ELIMINATED

    def certify(self, work: Work, certificate: Certificate) -> None:
        """Keep what remains of an erased case."""
        work.session.add(
            CertificateRow(
                council_id=work.principal.council_id,
                id=certificate.id,
                case_id=certificate.case_id,
                kind=certificate.kind,
                list_id=certificate.list_id,
                compartments=certificate.compartments,
                erased_at=certificate.erased_at,
                backups_until=certificate.backups_until,
                leaf=certificate.leaf,
            )
        )

    def postpone(self, work: Work, case_ids: Sequence[UUID], last_day: date) -> None:
        """Move on the day after which no backup gives erased cases back."""
        row = CertificateRow
        chosen = (row.council_id == work.principal.council_id, row.case_id.in_(case_ids))
        later = update(row).where(*chosen, row.backups_until < last_day)
        work.session.execute(
            later.values(backups_until=last_day), execution_options={"synchronize_session": False}
        )

    def new_id(self) -> UUID:
        """Return a fresh id."""
        return new_id(self.clock, self.entropy)


def _uncertified(work: Work, list_id: UUID) -> int:
    certified = exists().where(
        CertificateRow.council_id == EliminationItemRow.council_id,
        CertificateRow.case_id == EliminationItemRow.case_id,
    )
    chosen = (
        EliminationItemRow.council_id == work.principal.council_id,
        EliminationItemRow.list_id == list_id,
        ~certified,
    )
    counted = select(func.count()).select_from(EliminationItemRow).where(*chosen)
    return work.session.scalar(counted) or 0
