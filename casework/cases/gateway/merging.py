"""Cases merged into others, as stored: two columns, and no sealed value moves.

What is written here leaves the versions of cases as they are: taken back, the rows are as before.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select, update

from casework.audit.work import Work
from casework.cases.gateway.listing import CaseListing, ListedHeads
from casework.cases.merging import ceiling_of
from casework.cases.models import ActionRow, CaseRow
from casework.cases.values import CaseHead
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct
from casework.db import sight

_LIST = Wanted(CharterAct.LIST)
_AT_ONCE = {"synchronize_session": False, **sight.ADMITTED}


def merge(work: Work, kept: CaseHead, other: CaseHead) -> None:
    """Read `other` under `kept` from now on; both end on the earlier of their days."""
    ceiling = ceiling_of(kept.ceiling_on, [other.ceiling_on])
    _set(work, kept, unmerged_ceiling_on=_own(kept), ceiling_on=ceiling)
    for one in merged_into_case(work, kept.id):
        _set(work, one, ceiling_on=ceiling)
    _set(work, other, merged_into=kept.id, unmerged_ceiling_on=_own(other), ceiling_on=ceiling)


def unmerge(work: Work, kept: CaseHead | None, other: CaseHead) -> None:
    """Take that back: each has the day it had, unless others are still merged into it."""
    _set(work, other, merged_into=None, unmerged_ceiling_on=None, ceiling_on=_own(other))
    if kept is None:
        return
    rest = merged_into_case(work, kept.id)
    ceiling = ceiling_of(_own(kept), [_own(one) for one in rest])
    for one in rest:
        _set(work, one, ceiling_on=ceiling)
    _set(work, kept, unmerged_ceiling_on=_own(kept) if rest else None, ceiling_on=ceiling)


def merged_into_case(work: Work, case_id: UUID) -> Sequence[CaseRow]:
    """Return the cases merged into one, whoever acts."""
    chosen = (CaseRow.council_id == work.principal.council_id, CaseRow.merged_into == case_id)
    statement = select(CaseRow).where(*chosen).order_by(CaseRow.id)
    return work.session.scalars(statement.execution_options(**sight.CLEAR)).all()


def end_with(work: Work, case_id: UUID) -> list[UUID]:
    """Bring the cases merged into one to where it has just come, and return them."""
    others = merged_into_case(work, case_id)
    if not others:
        return []
    chosen = (CaseRow.council_id == work.principal.council_id, CaseRow.id == case_id)
    state = select(CaseRow.state).where(*chosen).execution_options(**sight.CLEAR)
    arrived = work.session.scalars(state).one()
    for other in others:
        other.state = arrived
    return [other.id for other in others]


def release(work: Work, case_ids: Sequence[UUID]) -> None:
    """Let go of the cases merged into some that are erased: they stand by themselves again."""
    chosen = (CaseRow.council_id == work.principal.council_id, CaseRow.merged_into.in_(case_ids))
    freed = update(CaseRow).where(*chosen).values(merged_into=None, unmerged_ceiling_on=None)
    work.session.execute(freed, execution_options=_AT_ONCE)


def has_open_actions(work: Work, case_id: UUID) -> bool:
    """Say whether something is still to be done on a case."""
    row = ActionRow
    mine = (row.council_id == work.principal.council_id, row.case_id == case_id)
    statement = select(exists().where(*mine, row.state == "open"))
    return bool(work.session.scalar(statement.execution_options(**sight.ADMITTED)))


def beside(work: Work, listing: CaseListing, head: CaseHead) -> ListedHeads:
    """Return the cases merged with one, those of them that this reader finds."""
    others = [CaseRow.merged_into == head.id]
    if head.merged_into is not None:
        others = [CaseRow.id == head.merged_into]
    return listing.found(work, _LIST, or_(*others), listing.visible(work, _LIST))


def _own(case: CaseHead | CaseRow) -> date:
    """Return the day that a case had by itself."""
    return case.unmerged_ceiling_on or case.ceiling_on


def _set(work: Work, case: CaseHead | CaseRow, **values: object) -> None:
    chosen = (CaseRow.council_id == work.principal.council_id, CaseRow.id == case.id)
    changed = update(CaseRow).where(*chosen).values(**values)
    work.session.execute(changed, execution_options=_AT_ONCE)
