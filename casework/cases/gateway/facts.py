"""The facts of a case as SQL, for one case and for lists: built once, asked with `who_asks`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.gateway.excluding import kept_from
from casework.cases.gateway.opening import HEAD, head_from
from casework.cases.gateway.protecting import opened_to
from casework.cases.models import AdmissionRow, CaseRow, NamingRow
from casework.cases.procedures.steps import ARCHIVED, DECIDED, OUT_OF_REACH, CaseState
from casework.cases.values import CaseHead
from casework.charters.facts import CaseFacts, Fact
from casework.clock import local_day
from casework.db import sight
from casework.db.direct import Direct
from casework.db.engine import connection_of
from casework.db.types import Id, UtcDateTime
from casework.identity import Principal
from casework.partners.gateway import conditions as partners

Asker: TypeAlias = tuple[Principal, datetime]
"""Who asks, and when."""

_NO_UUID = UUID(int=0)


def find_case(
    session: Session, asker: Asker, case_id: UUID
) -> tuple[CaseHead, UUID, CaseFacts] | None:
    """Return the clear facts of a case, its charter and what ties whoever asks to it."""
    session.flush()
    row = _FIND.first(connection_of(session), {**asks(*asker), "case": case_id})
    if row is None:
        return None
    charter_id, *truths = row[len(HEAD) :]
    return head_from(row[: len(HEAD)]), charter_id, _facts(truths)


def find_row(
    session: Session, asker: Asker, case_id: UUID
) -> tuple[CaseRow, UUID, CaseFacts] | None:
    """Return the same with the row itself."""
    found: Any = session.execute(_FIND_ROW, {**asks(*asker), "case": case_id}).one_or_none()
    if found is None:
        return None
    row, charter_id, *truths = found
    return row, charter_id, _facts(truths)


def facts_of(
    session: Session, asker: Asker, ids: Collection[UUID]
) -> dict[UUID, tuple[UUID, CaseFacts]]:
    """Return the group of each of some cases, and what ties whoever asks to it."""
    if not ids:
        return {}
    chosen = select(CaseRow.id, CaseRow.group_id, *_COLUMNS.values()).where(
        CaseRow.council_id == asker[0].council_id, CaseRow.id.in_(ids)
    )
    found = session.execute(chosen.execution_options(**sight.CHARTER), asks(*asker))
    return {case_id: (group_id, _facts(truths)) for case_id, group_id, *truths in found}


def _facts(truths: Iterable[object]) -> CaseFacts:
    return CaseFacts(**dict(zip(_COLUMNS, map(bool, truths), strict=True)))


def who_asks(work: Work) -> dict[str, object]:
    """Return the parameters of every statement that holds facts of cases."""
    return asks(work.principal, work.now)


def asks(who: Principal, now: datetime) -> dict[str, object]:
    """Return the same of anybody, at a moment."""
    return {
        "council": who.council_id,
        "member": who.member_id or _NO_UUID,
        "organisation": who.organisation_id or _NO_UUID,
        "day": local_day(now),
        "now": now,
    }


_MEMBER = bindparam("member", type_=Id)
_ORGANISATION = bindparam("organisation", type_=Id)
_DAY = bindparam("day", type_=Date)
_COUNCIL = bindparam("council", type_=Id)
_NOW = bindparam("now", type_=UtcDateTime)


def in_states(states: Iterable[CaseState]) -> ColumnElement[bool]:
    """Return the condition that a case is in one of some states.

    An `IN` is written anew for each execution; this is written once.
    """
    return or_(False, *(CaseRow.state == state for state in sorted(states)))


def _admitted() -> ColumnElement[bool]:
    return exists().where(
        AdmissionRow.council_id == CaseRow.council_id,
        AdmissionRow.organisation_id == _ORGANISATION,
        AdmissionRow.case_id == CaseRow.id,
        AdmissionRow.from_on <= _DAY,
        or_(AdmissionRow.until_on.is_(None), AdmissionRow.until_on >= _DAY),
    )


def _named() -> ColumnElement[bool]:
    return exists().where(
        NamingRow.council_id == CaseRow.council_id,
        NamingRow.case_id == CaseRow.id,
        NamingRow.member_id == _MEMBER,
        NamingRow.from_on <= _DAY,
        or_(NamingRow.until_on.is_(None), NamingRow.until_on >= _DAY),
    )


EXCLUDED = CaseRow.id.in_(kept_from(_COUNCIL, (_MEMBER, _ORGANISATION)))
"""The condition that a personal link keeps a case from who asks."""

# Each fact of a case as an SQL expression over its row; built once, asked with `who_asks`.
_COLUMNS: Mapping[str, ColumnElement[bool]] = {
    Fact.EXCLUDED: EXCLUDED,
    Fact.ADMITTED: _admitted(),
    Fact.IN_TERRITORY: partners.territory_covers(CaseRow),
    Fact.SEALED: in_states(OUT_OF_REACH),
    Fact.RESTRICTED: in_states(ARCHIVED),
    Fact.NAMED: _named(),
    Fact.LEAD: and_(CaseRow.lead_id.is_not(None), CaseRow.lead_id == _MEMBER),
    Fact.REFERRER: CaseRow.referrer_id == _MEMBER,
    Fact.OWN_COMMUNE: partners.own_commune(CaseRow, _ORGANISATION),
    Fact.ON_AGENDA: CaseRow.agenda_of.is_not(None),
    Fact.IN_MEETING: CaseRow.in_meeting.is_(True),
    Fact.FOLLOWED: in_states(DECIDED),
    Fact.PROTECTED: and_(
        CaseRow.protected.is_(True), CaseRow.id.not_in(opened_to(_COUNCIL, _MEMBER, _NOW))
    ),
}

_THIS_CASE = and_(CaseRow.council_id == _COUNCIL, CaseRow.id == bindparam("case", type_=Id))
_WITH_FACTS = (partners.charter_of(CaseRow), *_COLUMNS.values())
_FIND = Direct(select(*HEAD, *_WITH_FACTS).where(_THIS_CASE).execution_options(**sight.CHARTER))
_FIND_ROW = select(CaseRow, *_WITH_FACTS).where(_THIS_CASE).execution_options(**sight.CHARTER)


def filter_columns() -> dict[str, ColumnElement[bool] | bool]:
    """Return the facts for lists, to ask with `who_asks`; those inside a case are false there."""
    columns: dict[str, ColumnElement[bool] | bool] = dict(_COLUMNS)
    return columns | {Fact.OWN_SERVICE: False, Fact.OWN_ACTION: False}
