"""A page of cases in one statement: clear facts, and the name's cipher text where it may open.

Pages go by key, never by offset; sealed columns are fetched for the rows shown alone.
"""

from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Select, and_, bindparam, select

from casework.audit.work import Work
from casework.cases.gateway.facts import in_states, who_asks
from casework.cases.gateway.filtering import Reach, article_of, rule_of, visible
from casework.cases.gateway.opening import HEAD, head_from
from casework.cases.models import CaseRow, PersonRow
from casework.cases.orders import Asked
from casework.cases.procedures.steps import CaseState
from casework.cases.values import CaseHead
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id

_LIST: Final = Wanted(CharterAct.LIST)
_IDENTITY: Final = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)
_KEPT: Final = 512


class Subject(NamedTuple):
    """The name of the person followed, still shut."""

    id: UUID
    compartment_id: UUID
    family_name_sealed: bytes | None
    given_name_sealed: bytes | None
    birth_date_sealed: bytes | None


class Found(NamedTuple):
    """A case of a page, the article that lists it, and its subject where one may name them."""

    head: CaseHead
    article: str
    subject: Subject | None


def read_page(work: Work, reach: Reach, asked: Asked) -> list[Found]:
    """Return a page of the cases one may list."""
    given = {"limit": asked.limit, "before": asked.before}
    statement = _page(reach, asked.states, after=asked.before is not None)
    rows = statement.all(connection_of(work.session), {**who_asks(work), **given})
    found: dict[UUID, Found] = {}
    for row in rows:
        head, (rule, *subject) = head_from(row[: len(HEAD)]), row[len(HEAD) :]
        named = None if subject[0] is None else Subject(*subject)
        found[head.id] = Found(head, article_of(reach, head.group_id, rule), named)
    return list(found.values())


@lru_cache(maxsize=_KEPT)
def _page(reach: Reach, states: frozenset[CaseState], *, after: bool) -> Direct:
    """Choose the page first: who may be named is asked of its rows alone."""
    page = _chosen(reach, states, after=after).subquery()
    of_page = and_(page.c.council_id == CaseRow.council_id, page.c.id == CaseRow.id)
    return Direct(
        select(*HEAD, rule_of(reach, _LIST).label("rule"), *_SUBJECT)
        .select_from(CaseRow)
        .join(page, of_page)
        .outerjoin(PersonRow, and_(IS_SUBJECT, visible(reach, _IDENTITY, _LIST, freely=True)))
        .order_by(CaseRow.id.desc())
        .execution_options(**sight.CHARTER)
    )


def _chosen(reach: Reach, states: frozenset[CaseState], *, after: bool) -> Select[UUID, UUID]:
    statement = (
        select(CaseRow.council_id, CaseRow.id)
        .where(CaseRow.council_id == bindparam("council", type_=Id), visible(reach, _LIST))
        .where(in_states(states))
        .order_by(CaseRow.id.desc())
        .limit(bindparam("limit", type_=Integer))
    )
    return statement.where(CaseRow.id < bindparam("before", type_=Id)) if after else statement


_SUBJECT: Final = tuple(getattr(PersonRow, name) for name in Subject._fields)
IS_SUBJECT: Final = and_(
    PersonRow.council_id == CaseRow.council_id,
    PersonRow.case_id == CaseRow.id,
    PersonRow.relation == "subject",
)
