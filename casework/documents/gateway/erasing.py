"""The end of the documents of cases that are erased."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from casework.audit.work import Work
from casework.db import sight
from casework.documents.gateway import PIECE, PIECES, SEALED, TABLE
from casework.documents.models import DocumentPieceRow, DocumentRow


def forget(work: Work, case_ids: Sequence[UUID]) -> None:
    """Delete the documents of cases, and tell the trail that each sealed value is gone."""
    for row_id in _of(work, DocumentPieceRow, case_ids):
        work.digest(PIECES, row_id, PIECE, None)
    for row_id in _of(work, DocumentRow, case_ids):
        for column in SEALED:
            work.digest(TABLE, row_id, column.name, None)
    for table in (DocumentPieceRow, DocumentRow):
        mine = delete(table).where(*_chosen(work, table, case_ids))
        options = {"synchronize_session": False, **sight.SHUT}
        work.session.execute(mine, execution_options=options)


def _of(work: Work, table: Any, case_ids: Sequence[UUID]) -> list[UUID]:
    mine = select(table.id).where(*_chosen(work, table, case_ids))
    return list(work.session.scalars(mine.execution_options(**sight.SHUT)))


def _chosen(work: Work, table: Any, case_ids: Sequence[UUID]) -> tuple[Any, Any]:
    return table.council_id == work.principal.council_id, table.case_id.in_(case_ids)
