"""Before anything: which row, which facts, what the charter answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from casework.audit.work import Work
from casework.cases.models import AdmissionRow, CaseRow, NamingRow
from casework.cases.procedures.steps import CaseState
from casework.charters.charter import Charter
from casework.charters.decision import decide, demand
from casework.charters.facts import NO_CASE, CaseFacts, Fact, Standing, standing_of
from casework.charters.outcome import Decision, Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.clock import local_day
from casework.db.types import Id
from casework.errors import AccessDenied
from casework.identity import Principal
from casework.keys.lending import NEVER_LENT
from casework.keys.recovery.values import Exceptional
from casework.partners.gateway import conditions as partners

_NO_UUID = UUID(int=0)
_AS_IF_NAMED = {"admitted": True, "named": True}


class Charters(Protocol):
    """Finds the charter in force for a group, compiled."""

    def of_group(self, session: Session, council_id: UUID, group_id: UUID) -> Charter:
        """Return it. Raises `AccessDenied` for a group nobody knows."""
        ...

    def of_version(self, session: Session, council_id: UUID, charter_id: UUID) -> Charter:
        """Return a version by its id."""
        ...


@dataclass(frozen=True, slots=True)
class Admitted:
    """A case somebody may do something with, and why."""

    row: CaseRow
    charter: Charter
    standing: Standing
    facts: CaseFacts
    decision: Decision
    exceptional: Exceptional | None = None

    def may(self, wanted: Wanted, **changed: bool) -> Decision:
        """Answer a further question about the same case; `changed` facts concern its object.

        An exceptional access stands for a naming where it reads, and never for the rest.
        """
        if self.exceptional is not None and _lendable(wanted):
            changed = {**changed, **_AS_IF_NAMED}
        return decide(self.charter, self.standing, wanted, changed_facts(self.facts, **changed))


@dataclass(frozen=True, slots=True)
class Admission:
    """Asks the charter, with facts read in the same transaction."""

    charters: Charters
    exceptions: Callable[[Work, UUID], Exceptional | None] = lambda *_: None

    def group(
        self, work: Work, group_id: UUID, wanted: Wanted, facts: CaseFacts = NO_CASE
    ) -> Charter:
        """Return the charter of a group in which `wanted` is allowed, or raise `AccessDenied`."""
        who = work.principal
        charter = self.charters.of_group(work.session, who.council_id, group_id)
        demand(charter, standing_in(who, group_id, work), wanted, facts, str(group_id))
        return charter

    def case(self, work: Work, case_id: UUID, wanted: Wanted, **tied: bool) -> Admitted:
        """Return a case with which `wanted` is allowed; `tied` facts concern its object.

        Raises `AccessDenied` alike when there is none, and when the charter or a wall refuses.
        """
        return self._admitted(work.session, (work.principal, work.now), case_id, wanted, **tied)

    def reading(self, work: Work, case_id: UUID, wanted: Wanted) -> Admitted:
        """Return a case that may be read, or that an exceptional access opens for now.

        Raises as `case`.
        """
        try:
            return self.case(work, case_id, wanted)
        except AccessDenied:
            access = self.exceptions(work, case_id)
            if access is None or not _lendable(wanted):
                raise
        admitted = self.case(work, case_id, wanted, **_AS_IF_NAMED)
        return replace(admitted, facts=usual_facts(work, case_id), exceptional=access)

    def reads(self, session: Session, who: Principal, now: datetime, case_id: UUID) -> bool:
        """Say whether somebody reads a case without any exception."""
        wanted = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)
        return self._is_admitted(session, (who, now), case_id, wanted)

    def lists(self, session: Session, who: Principal, now: datetime, case_id: UUID) -> bool:
        """Say whether somebody finds a case in their lists."""
        return self._is_admitted(session, (who, now), case_id, Wanted(CharterAct.LIST))

    def if_named(self, session: Session, who: Principal, now: datetime, case_id: UUID) -> CaseRow:
        """Return a case that somebody could read if they were named on it.

        `session` sees rows that theirs may not. Raises as `case`.
        """
        wanted = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)
        return self._admitted(session, (who, now), case_id, wanted, **_AS_IF_NAMED).row

    def _is_admitted(
        self, session: Session, asker: tuple[Principal, datetime], case_id: UUID, wanted: Wanted
    ) -> bool:
        try:
            self._admitted(session, asker, case_id, wanted)
        except AccessDenied:
            return False
        return True

    def _admitted(
        self,
        session: Session,
        asker: tuple[Principal, datetime],
        case_id: UUID,
        wanted: Wanted,
        **tied: bool,
    ) -> Admitted:
        found = _find(session, asker, case_id)
        if found is None:
            raise AccessDenied(str(wanted), "no-such-case", subject=str(case_id))
        row, charter_id, facts = found
        facts = changed_facts(facts, **tied)
        charter = self.charters.of_version(session, row.council_id, charter_id)
        standing = standing_on(asker[0], row.group_id, local_day(asker[1]))
        decision = demand(charter, standing, wanted, facts, str(case_id))
        return Admitted(row, charter, standing, facts, decision)


def standing_in(who: Principal, group_id: UUID, work: Work) -> Standing:
    """Return what a principal is in a group today."""
    return standing_on(who, group_id, local_day(work.now))


def standing_on(who: Principal, group_id: UUID, day: date) -> Standing:
    """Return what a principal is in a group on a day."""
    mandate = who.mandate(group_id, day)
    signed = mandate.signed if mandate else False
    return standing_of(who, group_id, day, charter_signed=signed)


def usual_facts(work: Work, case_id: UUID) -> CaseFacts:
    """Return the facts of a case without any exception."""
    found = _find(work.session, (work.principal, work.now), case_id)
    return NO_CASE if found is None else found[2]


def _lendable(wanted: Wanted) -> bool:
    return wanted.act is CharterAct.READ and wanted.class_ not in NEVER_LENT


def _find(
    session: Session, asker: tuple[Principal, datetime], case_id: UUID
) -> tuple[CaseRow, UUID, CaseFacts] | None:
    asked = {**_asks(*asker), "case": case_id}
    found = session.execute(_FIND, asked).one_or_none()
    if found is None:
        return None
    row, charter_id, *truths = found
    return row, charter_id, CaseFacts(**dict(zip(_COLUMNS, map(bool, truths), strict=True)))


def who_asks(work: Work) -> dict[str, object]:
    """Return the parameters of every statement that holds facts of cases."""
    return _asks(work.principal, work.now)


def _asks(who: Principal, now: datetime) -> dict[str, object]:
    return {
        "council": who.council_id,
        "member": who.member_id or _NO_UUID,
        "organisation": who.organisation_id or _NO_UUID,
        "day": local_day(now),
    }


_MEMBER = bindparam("member", type_=Id)
_ORGANISATION = bindparam("organisation", type_=Id)
_DAY = bindparam("day", type_=Date)
_OUT_OF_REACH = (CaseState.SEALED, CaseState.ERASED, CaseState.REFUSED, CaseState.REDIRECTED)
_ARCHIVED = (CaseState.CLOSED, CaseState.RESTRICTED)


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


# Each fact of a case as an SQL expression over its row; built once, asked with `who_asks`.
_COLUMNS: Mapping[str, ColumnElement[bool]] = {
    Fact.ADMITTED: _admitted(),
    Fact.IN_TERRITORY: partners.territory_covers(CaseRow),
    Fact.SEALED: in_states(_OUT_OF_REACH),
    Fact.RESTRICTED: in_states(_ARCHIVED),
    Fact.NAMED: _named(),
    Fact.LEAD: and_(CaseRow.lead_id.is_not(None), CaseRow.lead_id == _MEMBER),
    Fact.REFERRER: CaseRow.referrer_id == _MEMBER,
    Fact.OWN_COMMUNE: partners.own_commune(CaseRow, _ORGANISATION),
    Fact.ON_AGENDA: CaseRow.agenda_of.is_not(None),
    Fact.IN_MEETING: CaseRow.in_meeting.is_(True),
    Fact.FOLLOWED: CaseRow.state == CaseState.FOLLOWED,
}

_FIND = select(CaseRow, partners.charter_of(CaseRow), *_COLUMNS.values()).where(
    CaseRow.council_id == bindparam("council", type_=Id), CaseRow.id == bindparam("case", type_=Id)
)


def filter_columns() -> dict[str, ColumnElement[bool] | bool]:
    """Return the facts for lists, to ask with `who_asks`; those inside a case are false there."""
    columns: dict[str, ColumnElement[bool] | bool] = dict(_COLUMNS)
    return columns | {Fact.EXCLUDED: False, Fact.OWN_SERVICE: False, Fact.OWN_ACTION: False}


_OBJECT_FACTS = (
    "excluded", "admitted", "in_territory", "sealed", "restricted", "named", "lead", "referrer",
    "own_service", "own_action", "own_commune", "on_agenda", "in_meeting", "followed",
)  # fmt: skip


def changed_facts(facts: CaseFacts, **changed: bool) -> CaseFacts:
    """Return the same facts but for those of the object at hand."""
    if not any(changed.values()):
        return facts
    known = {name: getattr(facts, name) for name in _OBJECT_FACTS}
    return CaseFacts(**{**known, **changed})
