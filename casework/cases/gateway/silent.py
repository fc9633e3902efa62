"""Cases that are not to be found by asking: whoever looks for somebody must learn nothing."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.cases.gateway.excluding import kept_from
from casework.cases.models import CaseRow
from casework.db import sight
from casework.identity import Principal


def silent_to(session: Session, who: Principal) -> frozenset[UUID]:
    """Return the cases protected from everybody alone, and those kept from `who`."""
    holders = [one for one in (who.member_id, who.organisation_id) if one is not None]
    protected = select(CaseRow.id).where(
        CaseRow.council_id == who.council_id, CaseRow.protected.is_(True)
    )
    kept = kept_from(who.council_id, holders)
    found = protected.union(kept).execution_options(**sight.CLEAR)
    return frozenset(session.scalars(found))
