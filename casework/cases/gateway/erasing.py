"""The end of a case's rows. Sealed values go with their keys; what remains says nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.work import Work
from casework.cases.gateway.content import CONTENT, sealed_columns
from casework.cases.gateway.merging import release
from casework.cases.models import AdmissionRow, CaseRow, NamingRow
from casework.cases.safeguards.models import CaseReasonRow, ExclusionRow, OpeningRow
from casework.db import sight
from casework.keys.erasure import Erasure

_TIES: Final = (AdmissionRow, CaseReasonRow, ExclusionRow, NamingRow, OpeningRow)


@dataclass(frozen=True, slots=True)
class Erased:
    """A case of which nothing is left: what its certificate may say."""

    case_id: UUID
    group_id: UUID
    kind: str
    compartments: int


@dataclass(frozen=True, slots=True)
class CaseErasing:
    """Erases cases in three steps, each of which can be repeated: begin, destroy, confirm.

    `forgotten` is told which cases begin to die, before their rows go. `content` are the tables
    with sealed values of a case, those of packages above as well.
    """

    erasure: Erasure
    forgotten: Callable[[UUID, Sequence[UUID]], None] = lambda *_: None
    content: tuple[Any, ...] = CONTENT

    def begin(self, work: Work, case_ids: Sequence[UUID]) -> list[UUID]:
        """Take every key from every ring, delete the content, and return the compartments."""
        dying = self.erasure.begin(work, case_ids)
        self.forgotten(work.principal.council_id, case_ids)
        _delete_content(work, self.content, case_ids)
        detail = {"cases": len(case_ids), "compartments": len(dying)}
        work.record(Entry(Act.CASE_ERASED, cases=tuple(case_ids), detail=detail))
        return dying

    def destroy(self, council_id: UUID, dying: Sequence[UUID]) -> None:
        """Destroy the peppers, once `begin` is committed: from here on nothing opens."""
        self.erasure.destroy(council_id, dying)

    def unfinished(self, council_id: UUID) -> dict[UUID, list[UUID]]:
        """Return cases whose erasure began and was not confirmed, with their compartments."""
        return self.erasure.unfinished(council_id)

    def returned(self, council_id: UUID) -> list[UUID]:
        """Return erased cases that an old database brought back."""
        return self.erasure.returned(council_id)

    def revived(self, council_id: UUID) -> dict[UUID, list[UUID]]:
        """Return, by case, what is erased and of which an old key store brought peppers back."""
        return self.erasure.revived(council_id)

    def confirm(self, work: Work, dying: Mapping[UUID, Sequence[UUID]]) -> list[Erased]:
        """Remove the last rows of cases whose peppers are gone.

        Leaves out those that another sweep is confirming, and those with a part whose key still
        lives. Content is deleted once more: somebody may have been writing when it began.
        """
        rows = _locked(work, dying)
        alive = self.erasure.unknown(work, {row.id: dying[row.id] for row in rows})
        gone = [_erased(row, dying[row.id]) for row in rows if row.id not in alive]
        case_ids = [one.case_id for one in gone]
        _delete_content(work, self.content, case_ids)
        for table in _TIES:
            _delete(work, table, table.case_id.in_(case_ids))
        release(work, case_ids)
        self.erasure.confirm(work, {one: dying[one] for one in case_ids})
        _delete(work, CaseRow, CaseRow.id.in_(case_ids))
        return gone


def _erased(row: CaseRow, compartments: Sequence[UUID]) -> Erased:
    return Erased(row.id, row.group_id, row.kind, len(compartments))


def _locked(work: Work, case_ids: Mapping[UUID, object]) -> Sequence[CaseRow]:
    chosen = (CaseRow.council_id == work.principal.council_id, CaseRow.id.in_(list(case_ids)))
    statement = select(CaseRow).where(*chosen).order_by(CaseRow.id)
    locked = statement.with_for_update(skip_locked=True)
    return work.session.scalars(locked.execution_options(**sight.CLEAR)).all()


def _delete_content(work: Work, content: tuple[Any, ...], case_ids: Sequence[UUID]) -> None:
    """Delete every row with a sealed value, and tell the trail that each value is gone."""
    for table in content:
        chosen, sealed = table.case_id.in_(case_ids), sealed_columns(table)
        held = [one.is_not(None).label(one.name) for one in sealed]
        statement = select(table.id, *held).where(
            table.council_id == work.principal.council_id, chosen
        )
        shut = statement.execution_options(**sight.SHUT)
        for row_id, *present in work.session.execute(shut):
            for column, is_held in zip(sealed, present, strict=True):
                if is_held:
                    work.digest(table.__tablename__, row_id, column.name, None)
        _delete(work, table, chosen)


def _delete(work: Work, table: Any, chosen: Any) -> None:
    mine = delete(table).where(table.council_id == work.principal.council_id, chosen)
    work.session.execute(mine, execution_options={"synchronize_session": False, **sight.SHUT})
