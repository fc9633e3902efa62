"""Opening a case for a while to a member who is not named on it, and reviewing it afterwards.

Whoever calls has decided that the charter would let them read it if they were named.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.clock import Clock, local_day
from casework.db.engine import Database, Scope
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, InvalidInput, Locked, StepRefused
from casework.identity import Principal, Reason, Role, require_fresh
from casework.keys.delivery import acting_organisation
from casework.keys.gateway import exceptions as gateway
from casework.keys.gateway import holding, loans
from casework.keys.lending import lendable
from casework.keys.recovery.exceptions import Exceptions, opened
from casework.keys.recovery.ports import Kept, nothing_kept
from casework.keys.recovery.values import (
    LONGEST_LOAN,
    WHYS,
    Exceptional,
    Kind,
    Review,
    Subject,
    Verdict,
    Why,
)
from casework.keys.service.asking import AskingService
from casework.keys.service.lending import LendingService, acting_for
from casework.sentences import N_

KEPT: Final = timedelta(days=90)
"""How long the page shows them; the register tells it for as long as it is kept."""
_CHOOSE: Final = N_("Choisissez dans la liste.")


@dataclass(frozen=True, slots=True)
class SeenAccess:
    """An exceptional access as a page shows it; `to_review` by whoever looks."""

    access: Exceptional
    review: Review | None
    to_review: bool


@dataclass(frozen=True, slots=True)
class ExceptionService:
    """Opens at once where the service or the own body holds the keys, else asks custodians."""

    ledger: Ledger
    database: Database
    exceptions: Exceptions
    lending: LendingService
    asking: AskingService
    clock: Clock
    entropy: Entropy
    kept: Kept = nothing_kept

    def open(self, who: Principal, case_id: UUID, why: Why, lead_id: UUID | None) -> Exceptional:
        """Open a case to who asks, two hours at most, or put the question to the custodians.

        Raises `InvalidInput` for a reason of another list, `StepRefused` when nobody who could
        lend holds the case.
        """
        if why not in WHYS[Kind.EXCEPTION]:
            raise InvalidInput({"why": [_CHOOSE]})
        with self.ledger.begin(who, Reason.DUTY) as work:
            access, own = self._asked(work, case_id, why, lead_id)
            self.exceptions.keep(work.session, access)
            if own:
                opened(work, access)
            detail: Detail = {"access": access.id, "why": why.value}
            work.record(Entry(Act.ACCESS_ASKED, case_id=case_id, detail=detail))
        return access if own else self._lent(who, access)

    def review(self, who: Principal, access_id: UUID, verdict: Verdict) -> None:
        """Say whether an access was justified; the officer or a coordinator, never its reader.

        Raises `AccessDenied` for anybody else, `Conflict` when somebody has said it already.
        """
        found = [one for one in self.of(who) if one.access.id == access_id]
        if not found or not found[0].to_review:
            raise AccessDenied(Act.ACCESS_REVIEWED, "other-function", subject=str(access_id))
        access = found[0].access
        with self.ledger.begin(who, Reason.DUTY) as work:
            require_fresh(who, work.now)
            review = Review(_member(who), work.now, verdict)
            gateway.keep_review(work.session, (who.council_id, access_id), review)
            detail: Detail = {
                "access": access_id,
                "member": access.member_id,
                "verdict": verdict.value,
            }
            work.record(Entry(Act.ACCESS_REVIEWED, case_id=access.case_id, detail=detail))

    def look(self, who: Principal) -> list[SeenAccess]:
        """Return what `of` does; looked at, hence recorded."""
        with self.ledger.consult(who, Reason.DUTY) as work:
            found = self.of(who)
            work.record(Entry(Act.ACCESS_LISTED, detail={"accesses": len(found)}))
        return found

    def of(self, who: Principal) -> list[SeenAccess]:
        """Return the accesses of these days: to the officer all, to others those that concern them.

        A coordinator is concerned by cases that their own body holds, a lead by theirs; nobody by
        one that a personal link keeps from them.
        """
        since = self.clock.now() - KEPT
        with self.database.reading(Scope(who.council_id, whole=True)) as session:
            every = list(self.exceptions.checked(gateway.since(session, who.council_id, since)))
            away = self.kept(session, who, {one.case_id for one in every})
            found = [one for one in every if one.case_id not in away]
            said = gateway.reviews(session, who.council_id, [one.id for one in found])
            controlled = {one.id for one in found if self._controls(session, who, one)}
        return [
            SeenAccess(one, said.get(one.id), one.id in controlled and _due(who, one, said))
            for one in found
            if one.id in controlled or who.member_id in {one.member_id, one.lead_id}
        ]

    def of_case(self, council_id: UUID, case_id: UUID) -> list[SeenAccess]:
        """Return the accesses to a case: ids and dates, for whoever may read the case itself."""
        with self.database.reading(Scope(council_id, whole=True)) as session:
            found = list(self.exceptions.checked(gateway.of_case(session, council_id, case_id)))
            said = gateway.reviews(session, council_id, [one.id for one in found])
        return [SeenAccess(one, said.get(one.id), to_review=False) for one in found]

    def _controls(self, session: Session, who: Principal, access: Exceptional) -> bool:
        day = local_day(self.clock.now())
        if who.holds(Role.DPO, day):
            return True
        holders = loans.holders_of(session, who.council_id, access.case_id)
        return who.holds(Role.COORDINATOR, day) and who.organisation_id in holders

    def _asked(
        self, work: Work, case_id: UUID, why: Why, lead_id: UUID | None
    ) -> tuple[Exceptional, bool]:
        """Return what is asked, and whether the own body holds the keys: then it is open."""
        acting = acting_organisation(work)
        own = bool(lendable(holding.held_by_case(work.session, acting, case_id)))
        access = Exceptional(
            council_id=acting.council_id,
            id=new_id(self.clock, self.entropy),
            case_id=case_id,
            organisation_id=acting.organisation_id,
            member_id=_member(work.principal),
            why=why,
            lead_id=lead_id,
            asked_at=work.now,
            from_at=work.now if own else None,
            until=work.now + LONGEST_LOAN if own else None,
        )
        return access, own

    def _lent(self, who: Principal, access: Exceptional) -> Exceptional:
        """Let another body lend: one that the service acts for, else one that custodians open."""
        until = self.clock.now() + LONGEST_LOAN
        try:
            loan = self.lending.lend(who.council_id, access.case_id, access.organisation_id, until)
        except (StepRefused, Locked):
            return self._put_to_custodians(who, access)
        lent = replace(access, granter_id=loan.granter_id, from_at=loan.lent_at, until=loan.until)
        with self.ledger.begin(acting_for(who.council_id, loan.granter_id), Reason.DUTY) as work:
            self.exceptions.begin(work, lent)
        return lent

    def _put_to_custodians(self, who: Principal, access: Exceptional) -> Exceptional:
        minutes = int(LONGEST_LOAN.total_seconds()) // 60
        subject = Subject(
            Kind.EXCEPTION,
            access.why,
            case_id=access.case_id,
            borrower_id=access.organisation_id,
            minutes=minutes,
        )
        self.asking.exception_for(who, subject, access.id)
        return access


def _due(who: Principal, access: Exceptional, said: Mapping[UUID, Review]) -> bool:
    opened = access.until is not None and access.id not in said
    return opened and access.member_id != who.member_id


def _member(who: Principal) -> UUID:
    if who.member_id is None:
        raise AccessDenied(Act.ACCESS_ASKED, "not-signed-in")
    return who.member_id
