"""How far somebody reaches in a group, in numbers: by the very filter of their lists."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from casework.cases.gateway.facts import Asker, asks, filter_columns, in_states
from casework.cases.models import CaseRow, NamingRow
from casework.cases.procedures.steps import REACHABLE
from casework.charters.charter import Charter
from casework.charters.explain import Question
from casework.charters.facts import Fact, Standing
from casework.charters.sqlfilter import Truth, sql_filter
from casework.db import sight

_UNTOLD: Final[Mapping[str, Truth]] = {Fact.REFERRER: False}


def count_granted(
    session: Session,
    asker: Asker,
    group: tuple[UUID, Charter, Standing],
    asked: Sequence[Question],
    *,
    blind: bool,
) -> list[int]:
    """Return in how many cases of a group each question is answered by yes.

    `blind` counts as if the one asked about had referred none of them.
    """
    group_id, charter, standing = group
    truths = {**filter_columns(), **standing.truths(), **(_UNTOLD if blind else {})}
    clauses = [
        sql_filter(charter, one.wanted.act, one.wanted.class_, {**truths, **one.facts})
        for one in asked
    ]
    statement = select(*(func.count().filter(one) for one in clauses)).where(
        CaseRow.council_id == asker[0].council_id,
        CaseRow.group_id == group_id,
        in_states(REACHABLE),
    )
    counted = statement.execution_options(**sight.CHARTER)
    return list(session.execute(counted, asks(*asker)).one())


def is_named_body(session: Session, council_id: UUID, case_id: UUID, organisation_id: UUID) -> bool:
    """Say whether the group ever named somebody of an organisation on a case."""
    named = NamingRow
    mine = and_(
        named.council_id == council_id,
        named.case_id == case_id,
        named.organisation_id == organisation_id,
    )
    return bool(session.scalar(select(exists().where(mine)).execution_options(**sight.CLEAR)))
