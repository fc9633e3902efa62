"""What other gateways may ask of the partners' tables inside their own statements."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from casework.partners.models import GroupCommuneRow, GroupRow, OrganisationRow


def territory_covers(case: Any) -> ColumnElement[bool]:
    """Return the condition that the commune of a case is in the territory of its group."""
    return exists().where(
        GroupCommuneRow.council_id == case.council_id,
        GroupCommuneRow.group_id == case.group_id,
        GroupCommuneRow.commune == case.commune,
    )


def own_commune(case: Any, organisation_id: Any) -> ColumnElement[bool]:
    """Return the condition that a case is in the commune of an organisation."""
    return exists().where(
        OrganisationRow.council_id == case.council_id,
        OrganisationRow.id == organisation_id,
        OrganisationRow.commune == case.commune,
    )


def of_sorts(case: Any, organisation_id: Any, sorts: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that an organisation calls itself of one of some sorts."""
    return exists().where(
        OrganisationRow.council_id == case.council_id,
        OrganisationRow.id == organisation_id,
        OrganisationRow.category.in_(sorted(sorts)),
    )


def charter_of(case: Any) -> ColumnElement[UUID]:
    """Return the version of the charter in force in the group of a case."""
    return (
        select(GroupRow.charter_id)
        .where(GroupRow.council_id == case.council_id, GroupRow.id == case.group_id)
        .scalar_subquery()
    )


def coordinating(case: Any) -> ColumnElement[UUID]:
    """Return the organisation that coordinates the group of a case."""
    return (
        select(GroupRow.coordinating_id)
        .where(GroupRow.council_id == case.council_id, GroupRow.id == case.group_id)
        .scalar_subquery()
    )


def lock_group(session: Session, council_id: UUID, group_id: UUID) -> None:
    """Make others who count in this group wait until the commit."""
    chosen = and_(GroupRow.council_id == council_id, GroupRow.id == group_id)
    session.execute(select(GroupRow.id).where(chosen).with_for_update())
