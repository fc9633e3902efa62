"""What a member is on a day, for sessions that ask it at each request."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from casework.charters import gateway as charters
from casework.charters.vocabulary import PartnerCategory
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id
from casework.partners.gateway.bodies import NAME, body_of_member
from casework.partners.gateway.groups import seat_in_group
from casework.partners.models import GroupRow, MandateRow, MemberRow, OrganisationRow
from casework.partners.policy import engaged
from casework.partners.values import MandateLine, Organisation, PersonName, Standing


def standing(session: Session, council_id: UUID, member_id: UUID, day: date) -> Standing | None:
    """Return what a member is on `day`, with mandates not over yet; None when there is no member.

    Two statements.
    """
    asked = {"council": council_id, "member": member_id, "day": day}
    rows = _STANDING.all(connection_of(session), asked)
    if not rows:
        return None
    civility, given, family, locked, body, body_name, category, commune, suspended_on, *_ = rows[0]
    bound = charters.engagements(session, council_id, (body, member_id), day)
    lines = [MandateLine(*row[-7:]) for row in rows if row.mandate is not None]
    return Standing(
        member_id=member_id,
        name=PersonName(civility, given, family),
        organisation=Organisation(body, body_name, PartnerCategory(category), commune),
        mandates=engaged(lines, bound, suspended=suspended_on is not None),
        signed_charters=bound.by_body,
        locked=locked,
    )


def _standing() -> Select[*tuple[Any, ...]]:
    body, mandate = OrganisationRow, MandateRow
    held = (mandate.role, mandate.group_id, mandate.from_on, mandate.until_on)
    group = (GroupRow.charter_id, GroupRow.kind)
    current = and_(
        mandate.council_id == MemberRow.council_id,
        mandate.member_id == MemberRow.id,
        mandate.until_on >= bindparam("day", type_=Date),
    )
    return (
        select(*NAME, MemberRow.locked, body.id, body.name, body.category, body.commune)
        .add_columns(body.suspended_on, mandate.id.label("mandate"), *held, *group)
        .join(body, body_of_member())
        .outerjoin(mandate, current)
        .outerjoin(GroupRow, seat_in_group())
        .where(MemberRow.council_id == bindparam("council", type_=Id))
        .where(MemberRow.id == bindparam("member", type_=Id))
        .order_by(mandate.id)
    )


# Each request waits for the answer.
_STANDING: Final = Direct(_standing())
