"""Loads and saves the council and its communes."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.partners.models import CommuneRow, CouncilRecordRow


def add_council(session: Session, council_id: UUID, name: str, now: datetime) -> None:
    """Found the council that this instance serves."""
    session.add(CouncilRecordRow(council_id=council_id, name=name, created_at=now))


def councils(session: Session) -> list[UUID]:
    """Return the councils founded in this database: one, or none yet."""
    return list(session.scalars(select(CouncilRecordRow.council_id)))


def council_name(session: Session, council_id: UUID) -> str:
    """Return the name under which a council was founded."""
    row = CouncilRecordRow
    return session.scalar(select(row.name).where(row.council_id == council_id)) or ""


def name_communes(session: Session, council_id: UUID, names: Mapping[str, str]) -> None:
    """Keep, or correct, names of communes by INSEE code."""
    for code, name in names.items():
        session.merge(CommuneRow(council_id=council_id, commune=code, name=name))


def communes(session: Session, council_id: UUID) -> dict[str, str]:
    """Return the names of the council's communes by INSEE code."""
    row = CommuneRow
    statement = select(row.commune, row.name).where(row.council_id == council_id)
    return dict(session.execute(statement.order_by(row.name)).all())
