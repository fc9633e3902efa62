"""What stands in clear around cases, for whoever controls readings without reading: dates, ids."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.cases.models import CaseRow, NamingRow
from casework.db import sight


class Around(NamedTuple):
    """When a case was referred and closed, and who leads it."""

    case_id: UUID
    referred_on: date
    closed_on: date | None
    lead_id: UUID | None


class Named(NamedTuple):
    """Who is, or was, named on a case, and from when until when."""

    case_id: UUID
    member_id: UUID
    from_on: date
    until_on: date | None


def around(session: Session, council_id: UUID, ids: Collection[UUID]) -> Iterator[Around]:
    """Give the dates of some cases; erased ones are absent."""
    row = CaseRow
    columns = (row.id, row.referred_on, row.closed_on, row.lead_id)
    chosen = select(*columns).where(row.council_id == council_id, row.id.in_(ids))
    return map(Around._make, session.execute(chosen.execution_options(**sight.CLEAR)))


def named(session: Session, council_id: UUID, ids: Collection[UUID]) -> Iterator[Named]:
    """Give the namings of some cases, those that ended too."""
    row = NamingRow
    columns = (row.case_id, row.member_id, row.from_on, row.until_on)
    chosen = select(*columns).where(row.council_id == council_id, row.case_id.in_(ids))
    return map(Named._make, session.execute(chosen.execution_options(**sight.CLEAR)))
