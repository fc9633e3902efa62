"""Whose readings stay untold because they would tell who referred, as the databases know it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from casework.cases.values import TracedCase
from casework.clock import local_day
from casework.identity import Role
from casework.partners import gateway as partners
from casework.partners.gateway.seats import seats_of
from casework.readings.policy import Masked, Named


def masked_in(session: Session, council_id: UUID, case: TracedCase, now: datetime) -> Masked:
    """Return it for a case; `session` must reach the case and its group."""
    group = partners.group(session, council_id, case.group_id)
    seats = seats_of(session, council_id, group, local_day(now)) if group else []
    return Masked(
        referrer_id=case.referrer_id,
        coordinators=frozenset(one.member_id for one in seats if one.holds(Role.COORDINATOR)),
        named=tuple(Named(one.member_id, one.from_on, one.until_on) for one in case.namings),
    )
