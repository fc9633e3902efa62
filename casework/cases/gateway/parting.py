"""An organisation that no longer takes part: in one case, or in any."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Update, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from casework.audit.work import Work
from casework.cases.gateway.excluding import puts_out
from casework.cases.gateway.facts import in_states
from casework.cases.models import AdmissionRow, CaseRow, NamingRow
from casework.cases.procedures.steps import REACHABLE
from casework.clock import local_day
from casework.db import sight
from casework.errors import Conflict, Locked
from casework.keys.withdrawing import Withdrawing
from casework.partners.gateway import conditions as partners
from casework.partners.leaving import Leaver


@dataclass(frozen=True, slots=True)
class CaseParting:
    """Ends admissions, and takes the keys of the shared parts with them.

    A body stays while it referred the case or coordinates it, while one of its members is named,
    or leads; a personal link puts it out in any case, unless it coordinates. What it kept for
    itself stays its own: named again, it finds its notes.
    """

    withdrawing: Withdrawing

    def part(self, work: Work, case_id: UUID, organisation_id: UUID) -> int | None:
        """End the admission of an organisation that nothing holds any more; count the parts.

        None when it stays. While others wait for a key that it handed them, it keeps its own, and
        the regular job tries again.
        """
        council_id = work.principal.council_id
        pair = and_(CaseRow.id == case_id, AdmissionRow.organisation_id == organisation_id)
        work.session.flush()
        if not work.session.execute(_gone(council_id, local_day(work.now), pair)).first():
            return None
        try:
            taken = self.withdrawing.from_case(work, organisation_id, case_id)
        except Locked:
            return None
        if not work.session.execute(_gone(council_id, local_day(work.now), pair)).first():
            # Named again while we waited for the keys.
            raise Conflict
        _end_admissions(work, AdmissionRow.case_id == case_id, organisation_id)
        return len(taken)

    def put_out(self, work: Work, case_id: UUID, organisation_id: UUID) -> None:
        """End every naming of an organisation on a case, and its admission with them."""
        _end_namings(
            work,
            and_(NamingRow.case_id == case_id, NamingRow.organisation_id == organisation_id),
        )
        self.part(work, case_id, organisation_id)

    def leave(self, work: Work, leaver: Leaver) -> Mapping[str, int]:
        """End every naming and admission of an organisation; count the cases that it led."""
        organisation_id = leaver.organisation_id
        led = _led_by(work, leaver.members)
        _end_namings(work, NamingRow.organisation_id == organisation_id)
        cases = _end_admissions(work, AdmissionRow.until_on.is_(None), organisation_id)
        return {"cases": cases, "led": led}

    def leave_alone(self, work: Work, leaver: Leaver) -> Mapping[str, int]:
        """End the namings of members whose organisation stays; count them, and the cases they led.

        Where nobody else of it is named, the regular job then takes its keys.
        """
        led = _led_by(work, leaver.members)
        return {"named": _end_namings(work, NamingRow.member_id.in_(leaver.members)), "led": led}


def gone(session: Session, council_id: UUID, day: date, most: int) -> list[tuple[UUID, UUID]]:
    """Return some (case, organisation) pairs that nothing holds together any more."""
    every = AdmissionRow.case_id.is_not(None)
    found = session.execute(_gone(council_id, day, every).limit(most))
    return [(case_id, organisation_id) for case_id, organisation_id in found]


def _gone(council_id: UUID, day: date, chosen: ColumnElement[bool]) -> Any:
    named, lead = NamingRow, aliased(NamingRow)
    stays = exists().where(
        named.council_id == CaseRow.council_id,
        named.case_id == CaseRow.id,
        named.organisation_id == AdmissionRow.organisation_id,
        or_(named.until_on.is_(None), named.until_on >= day),
    )
    leads = exists().where(
        lead.council_id == CaseRow.council_id,
        lead.case_id == CaseRow.id,
        lead.member_id == CaseRow.lead_id,
        lead.organisation_id == AdmissionRow.organisation_id,
    )
    referred = AdmissionRow.organisation_id == CaseRow.referrer_organisation_id
    same = and_(AdmissionRow.council_id == CaseRow.council_id, AdmissionRow.case_id == CaseRow.id)
    return (
        select(AdmissionRow.case_id, AdmissionRow.organisation_id)
        .join(CaseRow, same)
        .where(CaseRow.council_id == council_id, AdmissionRow.until_on.is_(None), chosen)
        .where(in_states(REACHABLE), or_(puts_out(AdmissionRow), and_(~stays, ~leads, ~referred)))
        .where(AdmissionRow.organisation_id != partners.coordinating(CaseRow))
        .order_by(AdmissionRow.case_id, AdmissionRow.organisation_id)
        .execution_options(**sight.CLEAR)
    )


def _end_admissions(work: Work, chosen: ColumnElement[bool], organisation_id: UUID) -> int:
    theirs = (
        AdmissionRow.council_id == work.principal.council_id,
        AdmissionRow.organisation_id == organisation_id,
    )
    yesterday = local_day(work.now) - timedelta(days=1)
    ended = update(AdmissionRow).where(*theirs, chosen).values(until_on=yesterday)
    return _changed(work, ended)


def _end_namings(work: Work, chosen: ColumnElement[bool]) -> int:
    yesterday = local_day(work.now) - timedelta(days=1)
    running = or_(NamingRow.until_on.is_(None), NamingRow.until_on > yesterday)
    theirs = (NamingRow.council_id == work.principal.council_id, chosen, running)
    ended = update(NamingRow).where(*theirs).values(until_on=yesterday)
    return _changed(work, ended)


def _changed(work: Work, ended: Update) -> int:
    return work.session.connection().execute(ended.execution_options(**sight.CLEAR)).rowcount


def _led_by(work: Work, members: Collection[UUID]) -> int:
    leads = (in_states(REACHABLE), CaseRow.lead_id.in_(members))
    mine = (CaseRow.council_id == work.principal.council_id, *leads)
    counted = select(func.count()).select_from(CaseRow).where(*mine)
    return work.session.scalar(counted.execution_options(**sight.CLEAR)) or 0
