"""Loads and saves signatures and undertakings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Date,
    Integer,
    Select,
    bindparam,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from casework.charters.engagement import Engagements, Signature
from casework.charters.models import SignatureRow, UndertakingRow
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A member's engagement to a charter, until a day (included)."""

    charter_id: UUID
    member_id: UUID
    signed_at: datetime
    until_on: date


def sign(session: Session, council_id: UUID, signature: Signature) -> None:
    """Keep, or renew, the signature of an organisation."""
    session.merge(
        SignatureRow(
            council_id=council_id,
            charter_id=signature.charter_id,
            organisation_id=signature.organisation_id,
            signed_on=signature.signed_on,
            until_on=signature.until_on,
        )
    )
    session.flush()


def undertake(session: Session, council_id: UUID, undertaking: Undertaking) -> None:
    """Keep, or renew, the undertaking of a member."""
    session.merge(
        UndertakingRow(
            council_id=council_id,
            charter_id=undertaking.charter_id,
            member_id=undertaking.member_id,
            signed_at=undertaking.signed_at,
            until_on=undertaking.until_on,
        )
    )
    session.flush()


def undertakings_of(session: Session, council_id: UUID, member_id: UUID) -> dict[UUID, date]:
    """Return the last day of each undertaking of a member, by charter."""
    row = UndertakingRow
    statement = select(row.charter_id, row.until_on).where(
        row.council_id == council_id, row.member_id == member_id
    )
    return dict(session.execute(statement).all())


def signatures_of(session: Session, council_id: UUID, charter_id: UUID) -> list[Signature]:
    """Return every signature of a text, those over too."""
    row = SignatureRow
    columns = (row.charter_id, row.organisation_id, row.signed_on, row.until_on)
    mine = (row.council_id == council_id, row.charter_id == charter_id)
    found = session.execute(select(*columns).where(*mine).order_by(row.signed_on))
    return [
        Signature(charter_id=text, organisation_id=body, signed_on=signed, until_on=until)
        for text, body, signed, until in found
    ]


def signed_on(session: Session, council_id: UUID, charter_id: UUID, day: date) -> frozenset[UUID]:
    """Return the organisations whose signature of a text binds them on `day`."""
    found = signatures_of(session, council_id, charter_id)
    return frozenset(one.organisation_id for one in found if one.until_on >= day)


def signatures_of_body(
    session: Session, council_id: UUID, organisation_id: UUID
) -> dict[UUID, date]:
    """Return the last day of each signature of an organisation, by charter."""
    row = SignatureRow
    statement = select(row.charter_id, row.until_on).where(
        row.council_id == council_id, row.organisation_id == organisation_id
    )
    return dict(session.execute(statement).all())


def undertakings_ending(
    session: Session, council_id: UUID, between: tuple[date, date]
) -> list[tuple[UUID, UUID, date]]:
    """Return (charter, member, last day) of each undertaking that ends in between."""
    row = UndertakingRow
    ending = select(row.charter_id, row.member_id, row.until_on).where(
        row.council_id == council_id, row.until_on.between(*between)
    )
    return [(charter_id, one, until) for charter_id, one, until in session.execute(ending)]


def signatures_ending(
    session: Session, council_id: UUID, between: tuple[date, date]
) -> list[tuple[UUID, UUID, date]]:
    """Return (charter, organisation, last day) of each signature that ends in between."""
    row = SignatureRow
    ending = select(row.charter_id, row.organisation_id, row.until_on).where(
        row.council_id == council_id, row.until_on.between(*between)
    )
    return [(charter_id, one, until) for charter_id, one, until in session.execute(ending)]


def engagements(
    session: Session, council_id: UUID, parties: tuple[UUID, UUID], day: date
) -> Engagements:
    """Return what binds (organisation, member) on `day`, in one statement."""
    organisation_id, member_id = parties
    asked = {"council": council_id, "body": organisation_id, "person": member_id, "day": day}
    found = _ENGAGEMENTS.all(connection_of(session), asked)
    sides = [frozenset(charter for side, charter in found if side == which) for which in (0, 1)]
    return Engagements(*sides)


def parties_to(
    session: Session, council_id: UUID, charter_id: UUID, day: date
) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Return the organisations and the members whom a charter binds on `day`."""
    connection = connection_of(session)
    asked = {"council": council_id, "charter": charter_id, "day": day}
    bodies, persons = (one.all(connection, asked) for one in (_BODIES, _PERSONS))
    return frozenset(one for (one,) in bodies), frozenset(one for (one,) in persons)


def _engagements() -> CompoundSelect[int, UUID]:
    body, person, day = SignatureRow, UndertakingRow, bindparam("day", type_=Date)
    council = bindparam("council", type_=Id)
    by_body = select(literal_column("0", Integer), body.charter_id).where(
        body.council_id == council,
        body.organisation_id == bindparam("body", type_=Id),
        body.signed_on <= day,
        body.until_on >= day,
    )
    by_person = select(literal_column("1", Integer), person.charter_id).where(
        person.council_id == council,
        person.member_id == bindparam("person", type_=Id),
        person.until_on >= day,
    )
    return union_all(by_body, by_person)


def _bodies() -> Select[UUID]:
    row, day = SignatureRow, bindparam("day", type_=Date)
    mine = (
        row.council_id == bindparam("council", type_=Id),
        row.charter_id == bindparam("charter", type_=Id),
    )
    return select(row.organisation_id).where(*mine, row.signed_on <= day, row.until_on >= day)


def _persons() -> Select[UUID]:
    row = UndertakingRow
    return select(row.member_id).where(
        row.council_id == bindparam("council", type_=Id),
        row.charter_id == bindparam("charter", type_=Id),
        row.until_on >= bindparam("day", type_=Date),
    )


_BODIES: Final = Direct(_bodies())
_PERSONS: Final = Direct(_persons())
# Each request waits for the answer.
_ENGAGEMENTS: Final = Direct(_engagements())
