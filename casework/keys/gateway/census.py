"""Counts keys by organisation, for the operator: who holds what, what is on its way."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from casework.keys.gateway import registry
from casework.keys.models import GrantRow, OrganisationKeyRow, OrganisationSealRow, RingRow


def versions(session: Session, council_id: UUID) -> dict[UUID, int]:
    """Return the newest published version of each organisation that is not revoked."""
    return registry.in_use(session, council_id, None)


def to_renew(session: Session, council_id: UUID) -> set[UUID]:
    """Return the organisations whose secret is to be drawn anew: somebody who held it is gone."""
    row = OrganisationKeyRow
    waiting = (row.council_id == council_id, row.revoked_at.is_(None), row.due_since.is_not(None))
    return set(session.scalars(select(row.organisation_id).where(*waiting)))


def holders(session: Session, council_id: UUID) -> dict[UUID, dict[int, set[str]]]:
    """Return, by organisation and version, who holds the secret."""
    row = OrganisationSealRow
    statement = select(row.organisation_id, row.version, row.holder)
    found: dict[UUID, dict[int, set[str]]] = {}
    for organisation_id, version, holder in session.execute(
        statement.where(row.council_id == council_id)
    ):
        found.setdefault(organisation_id, {}).setdefault(version, set()).add(holder)
    return found


def held(session: Session, council_id: UUID) -> dict[UUID, int]:
    """Return how many keys each ring holds."""
    return _counted(session, RingRow, council_id)


def pending(session: Session, council_id: UUID) -> dict[UUID, int]:
    """Return how many keys are on their way to each organisation."""
    return _counted(session, GrantRow, council_id)


def behind(session: Session, council_id: UUID, used: Mapping[UUID, int]) -> dict[UUID, int]:
    """Return how many keys of each ring wait under an older version than its organisation uses."""
    row = RingRow
    counted = select(row.organisation_id, row.version, func.count()).where(
        row.council_id == council_id
    )
    found: dict[UUID, int] = {}
    for own, version, keys in session.execute(counted.group_by(row.organisation_id, row.version)):
        if version < used.get(own, 0):
            found[own] = found.get(own, 0) + keys
    return found


def _counted(
    session: Session, table: type[RingRow | GrantRow], council_id: UUID
) -> dict[UUID, int]:
    return _by_organisation(session, _count_of(table, council_id))


def _count_of(table: type[RingRow | GrantRow], council_id: UUID) -> Select[*tuple[Any, ...]]:
    counted = select(table.organisation_id, func.count()).where(table.council_id == council_id)
    return counted.group_by(table.organisation_id)


def _by_organisation(session: Session, statement: Select[*tuple[Any, ...]]) -> dict[UUID, int]:
    return dict(session.execute(statement).all())
