"""Protected cases: marked by the coordination, opened by two for half an hour."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.cases.gateway import protecting as gateway
from casework.cases.gateway.admission import Admission, Admitted, Shown
from casework.cases.gateway.excluding import exclusions_of
from casework.cases.gateway.protecting import Protecting
from casework.cases.gateway.tracing import traced_case
from casework.cases.safeguards.policy import ASKED_FOR, OPEN_FOR, check_table, may_second, waits
from casework.cases.safeguards.values import Opening
from casework.cases.values import CaseHead, Naming
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.errors import AccessDenied, StepRefused
from casework.identity import Principal, Reason

_NAME: Final = Wanted(CharterAct.NAME)
_READ: Final = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)


@dataclass(frozen=True, slots=True)
class Door:
    """A protected case before it opens: what is known without a name, and who could say yes."""

    head: CaseHead
    namings: tuple[Naming, ...]
    away: frozenset[UUID]
    own: Opening | None
    may_name: bool


@dataclass(frozen=True, slots=True)
class ProtectionService:
    """Two people of two bodies, each of whom may read the case; both are in the leaf."""

    ledger: Ledger
    database: Database
    admission: Admission
    protecting: Protecting
    clock: Clock

    def protect(self, who: Principal, reason: Reason, case_id: UUID) -> None:
        """Let a case open with two people from now on; the coordination needs nobody for that."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _NAME)
            admitted.row.protected = True
            _record(work, admitted, Act.CASE_PROTECTED)

    def unprotect(self, who: Principal, reason: Reason, case_id: UUID) -> None:
        """End that; only while the case is open to the coordination with a second person."""
        with self.ledger.begin(who, reason) as work:
            admitted = self.admission.case(work, case_id, _NAME)
            if not admitted.may(_READ).allowed:
                raise AccessDenied(Act.CASE_UNPROTECTED, "protected", subject=str(case_id))
            admitted.row.protected = False
            self.protecting.close_all(work, case_id)
            _record(work, admitted, Act.CASE_UNPROTECTED)

    def door(self, who: Principal, reason: Reason, case_id: UUID) -> Door:
        """Return a protected case as it stands shut, for whoever could read it with another.

        Raises `AccessDenied` for anybody else, `StepRefused` for a case that is not protected.
        """
        with self.ledger.consult(who, reason) as work:
            shown = self._protected(work, case_id)
            session, council_id = work.session, who.council_id
            traced = traced_case(session, council_id, case_id)
            links = exclusions_of(session, council_id, [case_id])
            asked = gateway.of_cases(session, council_id, [case_id])
            detail: Detail = {"shown": 1}
            work.record(Entry(Act.OPENING_LISTED, cases=(case_id,), detail=detail))
        return Door(
            head=shown.row,
            namings=traced.namings if traced else (),
            away=frozenset(one.holder_id for one in links),
            own=next((one for one in asked if one.member_id == who.member_id), None),
            may_name=shown.may(_NAME).allowed,
        )

    def ask(self, who: Principal, reason: Reason, case_id: UUID) -> None:
        """Ask for a second person; whoever has it open already keeps it so."""
        with self.ledger.begin(who, reason) as work:
            shown = self._protected(work, case_id)
            if shown.facts.protected:
                self.protecting.ask(work, case_id)
            _record(work, shown, Act.OPENING_ASKED)

    def waiting(self, who: Principal) -> list[Opening]:
        """Return the questions that somebody can answer: ids and dates, nothing is opened."""
        with self.database.reading(Scope(who.council_id, who.organisation_id)) as session:
            now = self.clock.now()
            asked = gateway.asked_since(session, who.council_id, now - ASKED_FOR)
            known = [one for one in asked if may_second(one, who.member_id, who.organisation_id)]
            return [one for one in known if self.admission.opens(session, who, now, one.case_id)]

    def look(self, who: Principal, reason: Reason) -> list[tuple[Opening, CaseHead]]:
        """Return the same with their cases; looked at, hence recorded."""
        with self.ledger.consult(who, reason) as work:
            found = [
                (one, self.admission.if_opened(work, one.case_id).row) for one in self.waiting(who)
            ]
            cases = tuple(head.id for _, head in found)
            detail: Detail = {"shown": len(found)}
            work.record(Entry(Act.OPENING_LISTED, cases=cases, detail=detail))
        return found

    def grant(self, who: Principal, reason: Reason, case_id: UUID, member_id: UUID) -> None:
        """Say yes to the question of a member: the case is open to them for half an hour.

        Raises `AccessDenied` for who may not be the second person, `StepRefused` too late.
        """
        with self.ledger.begin(who, reason) as work:
            shown = self._protected(work, case_id)
            opening = gateway.one_of(work, case_id, member_id)
            if not may_second(opening, who.member_id, who.organisation_id):
                raise AccessDenied(Act.OPENING_GRANTED, "same-body", subject=str(case_id))
            if not waits(opening, work.now):
                raise StepRefused("opening-over")
            self.protecting.open(work, opening, work.now + OPEN_FOR)
            minutes = int(OPEN_FOR.total_seconds()) // 60
            _record(work, shown, Act.OPENING_GRANTED, {"member": member_id, "minutes": minutes})

    def open_at_table(
        self, work: Work, case_id: UUID, meeting_id: UUID, bodies: Collection[UUID]
    ) -> None:
        """Open a case to who conducts an open meeting: `bodies` are there, and count as two.

        Raises `AccessDenied` for a case that no open meeting has before it.
        """
        shown = self._protected(work, case_id)
        if not shown.facts.in_meeting:
            raise AccessDenied(Act.OPENING_GRANTED, "not-on-agenda", subject=str(case_id))
        check_table(bodies)
        self.protecting.open_at_table(work, case_id, meeting_id, work.now + OPEN_FOR)
        detail: Detail = {"meeting": meeting_id, "bodies": len(set(bodies))}
        _record(work, shown, Act.OPENING_GRANTED, detail)

    def _protected(self, work: Work, case_id: UUID) -> Shown:
        shown = self.admission.if_opened(work, case_id)
        if not shown.row.protected:
            raise StepRefused("not-protected")
        return shown


def _record(work: Work, case: Admitted | Shown, act: Act, detail: Detail | None = None) -> None:
    article = case.decision.article or None
    work.record(Entry(act, case_id=case.row.id, article=article, detail=detail or {}))
