"""Asking for an opening: what, for whom, why; by a custodian or by the operator."""

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, InvalidInput, StepRefused
from casework.identity import Principal, PrincipalKind, Reason
from casework.keys.gateway import ceremonies, holding, loans
from casework.keys.lending import lendable
from casework.keys.recovery.acts import subject_of
from casework.keys.recovery.escrows import Escrows
from casework.keys.recovery.values import (
    CEREMONY_LIFE,
    LONGEST_LOAN,
    WHYS,
    Ceremony,
    Escrow,
    Kind,
    Subject,
    Why,
)
from casework.keys.recovery.waiting import WaitingMember, WaitingRoom
from casework.keys.values import Acting
from casework.sentences import N_

_NOT_THIS_REASON = N_("Choisissez dans la liste.")
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class AskingService:
    """Puts a question to the custodians. It opens nothing, and lasts half an hour."""

    ledger: Ledger
    database: Database
    escrows: Escrows
    room: WaitingRoom
    clock: Clock
    entropy: Entropy

    def waiting(self, who: Principal) -> list[WaitingMember]:
        """Return the members who could be given their organisation's key back."""
        with self.ledger.consult(who, reason_of(who)) as work:
            escrow = self._for(work, who)
            found = self.room.of(work.session, escrow)
            work.record(Entry(Act.ESCROW_READ, detail={"waiting": len(found)}))
        return found

    def rehearsal(self, who: Principal) -> UUID:
        """Ask for a rehearsal; return the ceremony."""
        return self._ask(who, Subject(Kind.REHEARSAL, Why.EXERCISE))

    def recover(self, who: Principal, member_id: UUID, why: Why) -> UUID:
        """Ask that a waiting member be given their organisation's key; return the ceremony.

        Raises `StepRefused` when that member does not wait.
        """
        return self._ask(who, Subject(Kind.RECOVER, why, member_id=member_id))

    def exception(self, who: Principal, asked: Subject) -> UUID:
        """Ask that a case be lent to another organisation, two hours at most; return the ceremony.

        Raises `StepRefused` when the organisation that should lend has nothing to lend, or has
        not entrusted its key.
        """
        return self._ask(who, replace(asked, kind=Kind.EXCEPTION))

    def exception_for(self, who: Principal, asked: Subject, access_id: UUID) -> None:
        """Ask, for a member whom the charter would let read, that a case be lent to their body.

        The ceremony has the id of the access. Raises `StepRefused` without an escrow, or when no
        body that entrusted its key holds the case.
        """
        with self.ledger.begin(who, Reason.DUTY) as work:
            escrow = self.escrows.active(work.session, who.council_id)
            if escrow is None:
                raise StepRefused("nothing-to-lend")
            settled = replace(asked, organisation_id=self._granter(escrow, asked))
            self._put(work, escrow, settled, access_id)

    def _granter(self, escrow: Escrow, asked: Subject) -> UUID:
        """Return a body that entrusted its key and holds the case; who asks sees no such row."""
        if asked.case_id is None:
            raise StepRefused("nothing-to-lend")
        with self.database.reading(Scope(escrow.council_id, whole=True)) as session:
            holders = loans.holders_of(session, escrow.council_id, asked.case_id)
            entrusted = self.room.enrolling.enrolled(session, escrow)
        able = sorted(holders & set(entrusted) - {asked.borrower_id})
        if not able:
            raise StepRefused("nothing-to-lend")
        return able[0]

    def _ask(self, who: Principal, asked: Subject) -> UUID:
        if asked.why not in WHYS[asked.kind]:
            raise InvalidInput({"why": [_NOT_THIS_REASON]})
        with self.ledger.begin(who, reason_of(who)) as work:
            escrow = self._for(work, who)
            subject = self._settled(work.session, escrow, asked)
            ceremony_id = new_id(self.clock, self.entropy)
            self._put(work, escrow, subject, ceremony_id)
        return ceremony_id

    def _put(self, work: Work, escrow: Escrow, subject: Subject, ceremony_id: UUID) -> None:
        ceremony = Ceremony(
            council_id=escrow.council_id,
            id=ceremony_id,
            escrow_id=escrow.id,
            subject=subject,
            asked_by=work.principal.member_id,
            asked_at=work.now,
            ends_at=work.now + CEREMONY_LIFE,
        )
        ceremonies.add(work.session, ceremony, self.escrows.seals.ceremony(ceremony))
        detail = subject_of(ceremony)
        work.record(Entry(Act.ESCROW_ASKED, case_id=subject.case_id, detail=detail))

    def _for(self, work: Work, who: Principal) -> Escrow:
        """Return the active escrow. Raises `AccessDenied` for whoever may not ask."""
        escrow = self.escrows.active(work.session, who.council_id)
        if escrow is None and who.kind is PrincipalKind.OPERATOR:
            raise StepRefused("no-escrow")
        keeps = escrow is not None and escrow.kept_by(who.member_id) is not None
        if escrow is None or not (keeps or who.kind is PrincipalKind.OPERATOR):
            raise AccessDenied(Act.ESCROW_ASKED, "other-function")
        return escrow

    def _settled(self, session: Session, escrow: Escrow, asked: Subject) -> Subject:
        """Complete what is asked with what must not change until the last card."""
        if asked.kind is Kind.RECOVER:
            member_id = asked.member_id
            found = self.room.find(session, escrow, member_id) if member_id else None
            if found is None:
                raise StepRefused("not-waiting")
            return replace(asked, organisation_id=found.organisation_id, member_public=found.public)
        if asked.kind is Kind.EXCEPTION:
            self._require_lendable(session, escrow, asked)
        return asked

    def _require_lendable(self, session: Session, escrow: Escrow, asked: Subject) -> None:
        granter, case_id = asked.organisation_id, asked.case_id
        if granter is None or case_id is None or asked.borrower_id in {None, granter}:
            raise StepRefused("nothing-to-lend")
        if not 0 < asked.minutes * _MINUTE <= LONGEST_LOAN.total_seconds():
            raise StepRefused("loan-too-long")
        if granter not in self.room.enrolling.enrolled(session, escrow):
            raise StepRefused("not-enrolled")
        if not lendable(holding.held_by_case(session, Acting(escrow.council_id, granter), case_id)):
            raise StepRefused("nothing-to-lend")


def reason_of(who: Principal) -> Reason:
    """Return why a ceremony is looked at: operators run the service, custodians keep cards."""
    return Reason.OPERATION if who.kind is PrincipalKind.OPERATOR else Reason.DUTY
