"""The life of a text: listed, read, compared, approved by two, scheduled, withdrawn."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.charters import gateway
from casework.charters.gateway import Version
from casework.charters.lifecycle import (
    TAKEN_BY,
    Approval,
    VersionState,
    VersionStep,
    approved_by_two,
    check_step,
    function_left,
)
from casework.charters.policy import may_follow
from casework.charters.readiness import check_day, check_ready
from casework.charters.service.entering import Entering
from casework.charters.service.sheets import Sheets, effects_on
from casework.charters.service.values import Comparison, VersionLine, VersionSheet
from casework.clock import local_day
from casework.errors import AccessDenied, InputRefused
from casework.identity import Principal, Reason, require_fresh
from casework.sentences import N_

_ACTS: Final = {
    VersionStep.COMPARE: Act.CHARTER_COMPARED,
    VersionStep.APPROVE: Act.CHARTER_APPROVED,
    VersionStep.SCHEDULE: Act.CHARTER_SCHEDULED,
    VersionStep.WITHDRAW: Act.CHARTER_WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class VersionService:
    """One method for each task; each is one unit of work with its leaf."""

    ledger: Ledger
    entering: Entering
    sheets: Sheets

    def every(self, who: Principal) -> list[VersionLine]:
        """Return every text, the newest first, with the groups under it."""
        with self.ledger.consult(who, Reason.DUTY) as work:
            _require_follower(work)
            council_id, house = who.council_id, self.entering.neighbours
            groups = house.groups(work.session, council_id)
            found = [
                VersionLine(
                    version,
                    self.sheets.charter(work, version).title,
                    tuple(one.name for one in groups if one.charter_id == version.id),
                )
                for version in reversed(gateway.versions(work.session, council_id))
            ]
            work.record(Entry(Act.CHARTER_READ, detail={"charters": len(found)}))
        return found

    def read(self, who: Principal, charter_id: UUID) -> VersionSheet:
        """Return one text with all that is known of it, and what it changes in its words."""
        with self.ledger.consult(who, Reason.DUTY) as work:
            _require_follower(work)
            version = gateway.version(work.session, who.council_id, charter_id)
            if version is None:
                raise AccessDenied(Act.CHARTER_READ, "unknown", subject=str(charter_id))
            sheet = self.sheets.of(work, version)
            work.record(Entry(Act.CHARTER_READ, detail={"charter": charter_id}))
        return sheet

    def compare(self, who: Principal, charter_id: UUID) -> Comparison:
        """Lay a draft beside the text in force, in words and in today's cases, counted.

        The line is written first; who approves has then seen what they approve.
        """
        with self.ledger.begin(who, Reason.DUTY) as work:
            version = self._step(work, charter_id, VersionStep.COMPARE)
            if version.state is VersionState.DRAFT:
                compared = {"state": VersionState.COMPARED.value, "compared_at": work.now}
                gateway.advance(work.session, who.council_id, charter_id, **compared)
                version = self._known(work, charter_id)
            sheet = self.sheets.of(work, version)
            before = self.sheets.before(work, sheet)
            bodies = self.entering.neighbours.bodies(work.session, who.council_id)
            _record(work, VersionStep.COMPARE, charter_id)
        groups = self.entering.neighbours.live(
            who.council_id, sheet.version.replaces_id or charter_id, local_day(work.now)
        )
        told = effects_on(groups, before, sheet, bodies, local_day(work.now))
        return Comparison(sheet, tuple(told), {one.id: one.name for one in bodies})

    def approve(self, who: Principal, charter_id: UUID) -> VersionState:
        """Approve a text, with a fresh second factor; return where it stands now.

        Raises `InputRefused` for a second approval by the same person or in the same function.
        """
        with self.ledger.begin(who, Reason.DUTY) as work:
            version = self._step(work, charter_id, VersionStep.APPROVE)
            require_fresh(who, work.now)
            council_id, member_id = who.council_id, who.member_id
            if member_id is None:
                raise AccessDenied(Act.CHARTER_APPROVED, "not-signed-in")
            given = gateway.approvals_of(work.session, council_id, charter_id)
            functions = self.sheets.functions(work, version)
            function = function_left(functions, given, member_id, Act.CHARTER_APPROVED)
            approval = Approval(member_id, function, work.now)
            gateway.approve(work.session, council_id, charter_id, approval)
            state = version.state
            if approved_by_two([*given, approval]):
                state = VersionState.APPROVED
                gateway.advance(work.session, council_id, charter_id, state=state.value)
            _record(work, VersionStep.APPROVE, charter_id, function=function.value)
        return state

    def schedule(self, who: Principal, charter_id: UUID, day: date) -> VersionState:
        """Choose the day on which an approved and signed text comes into force; today, at once."""
        with self.ledger.begin(who, Reason.DUTY) as work:
            version = self._step(work, charter_id, VersionStep.SCHEDULE)
            require_fresh(who, work.now)
            today = local_day(work.now)
            check_day(day, today)
            if day == today:
                self.entering.enter(work, version)
                return VersionState.IN_FORCE
            ready = self.entering.readiness(work.session, who.council_id, version, day)
            check_ready(replace(ready, meeting_open=False), Act.CHARTER_SCHEDULED)
            gateway.advance(work.session, who.council_id, charter_id, enters_on=day)
            _record(work, VersionStep.SCHEDULE, charter_id, on=day.isoformat())
        return VersionState.APPROVED

    def withdraw(self, who: Principal, charter_id: UUID) -> None:
        """Put an end to a draft; its text stays readable."""
        with self.ledger.begin(who, Reason.DUTY) as work:
            self._step(work, charter_id, VersionStep.WITHDRAW)
            ended = {"state": VersionState.WITHDRAWN.value, "ended_on": local_day(work.now)}
            gateway.advance(work.session, who.council_id, charter_id, **ended)
            _record(work, VersionStep.WITHDRAW, charter_id)

    def _step(self, work: Work, charter_id: UUID, step: VersionStep) -> Version:
        """Return a text, held, with which this person may take a step now."""
        version = self._known(work, charter_id)
        if not self.sheets.functions(work, version) & TAKEN_BY[step]:
            raise AccessDenied(_ACTS[step], "other-function", subject=str(charter_id))
        check_step(version.state, step, _ACTS[step])
        former = self.sheets.former(work, version)
        stale = former is None or former.state is not VersionState.IN_FORCE
        if stale and step is not VersionStep.WITHDRAW:
            said = N_("Le texte qu’il devait remplacer n’est plus en vigueur : retirez ce projet.")
            raise InputRefused({"charter": [said]}, _ACTS[step], "former-ended")
        return version

    def _known(self, work: Work, charter_id: UUID) -> Version:
        version = gateway.locked(work.session, work.principal.council_id, charter_id)
        if version is None:
            raise AccessDenied(Act.CHARTER_READ, "unknown", subject=str(charter_id))
        return version


def _require_follower(work: Work) -> None:
    if not may_follow(work.principal, local_day(work.now)):
        raise AccessDenied(Act.CHARTER_READ, "other-function")


def _record(work: Work, step: VersionStep, charter_id: UUID, **more: int | str) -> None:
    detail: Detail = {"charter": charter_id, **more}
    work.record(Entry(_ACTS[step], detail=detail))
