"""Cases whose confided parts wait for a delivery, or stay with a body that is no longer named."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select, union
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.gateway.facts import in_states
from casework.cases.gateway.opening import head_of
from casework.cases.models import AdmissionRow, CaseRow, NamingRow
from casework.cases.procedures.steps import LIVING
from casework.cases.values import CaseHead
from casework.charters.vocabulary import CompartmentClass
from casework.charters.walls import CONFIDED
from casework.db import sight
from casework.errors import Conflict
from casework.keys.gateway.confided import has_part, holds_part
from casework.partners.gateway import conditions as partners

_SOCIAL: Final = CompartmentClass.SOCIAL


def unsettled(session: Session, council_id: UUID, day: date, most: int) -> list[UUID]:
    """Return some cases to look at: the charter then says what is to move, if anything.

    Only of the shared secret does a key wait for another than who names: whoever coordinates
    holds that of a measure, and hands it on while naming.
    """
    living = (CaseRow.council_id == council_id, in_states(LIVING))
    waiting = select(CaseRow.id).join(NamingRow, _of(NamingRow)).where(*living, _waits(day))
    staying = select(CaseRow.id).join(AdmissionRow, _of(AdmissionRow)).where(*living, _stays(day))
    found = union(waiting, staying).limit(most)
    return list(session.scalars(found.execution_options(**sight.CLEAR)))


def head_of_stray(work: Work, case_id: UUID) -> CaseHead:
    """Return the clear facts of a case to look at. Raises `Conflict` when it has just gone."""
    chosen = (CaseRow.council_id == work.principal.council_id, CaseRow.id == case_id)
    found = select(CaseRow).where(*chosen).execution_options(**sight.CLEAR)
    row = work.session.scalars(found).one_or_none()
    if row is None:
        raise Conflict
    return head_of(row)


def _of(table: Any) -> ColumnElement[bool]:
    return and_(table.council_id == CaseRow.council_id, table.case_id == CaseRow.id)


def _waits(day: date) -> ColumnElement[bool]:
    body, social = NamingRow.organisation_id, {_SOCIAL}
    return and_(
        _current(NamingRow, day),
        has_part(CaseRow, social),
        partners.of_sorts(CaseRow, body, CONFIDED[_SOCIAL]),
        ~holds_part(CaseRow, body, social),
    )


def _stays(day: date) -> ColumnElement[bool]:
    body, named = AdmissionRow.organisation_id, NamingRow
    still = exists().where(_of(named), named.organisation_id == body, _current(named, day))
    return and_(holds_part(CaseRow, body, CONFIDED), ~still, body != partners.coordinating(CaseRow))


def _current(named: type[NamingRow], day: date) -> ColumnElement[bool]:
    return or_(named.until_on.is_(None), named.until_on >= day)
