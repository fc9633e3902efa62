"""A ceremony as its custodians live it: what is asked, one's card, and the last one opens."""

import hmac
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.audit.ledger import Ledger
from casework.audit.work import Work
from casework.crypto.agreement import AgreementKey
from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import (
    AccessDenied,
    IntegrityFailure,
    InvalidInput,
    SealBroken,
    StepRefused,
)
from casework.identity import Principal, Reason
from casework.keys.gateway import ceremonies
from casework.keys.recovery import cards, spelling
from casework.keys.recovery.acts import EscrowActs, subject_of
from casework.keys.recovery.escrows import Escrows, whose
from casework.keys.recovery.ports import Patience
from casework.keys.recovery.values import Ceremony, Custodian, Escrow, Kind
from casework.keys.service.breaking_glass import BreakingGlass
from casework.sentences import N_

FIELD = "card"
_WRONG = N_(
    "Cette carte n’est pas la vôtre, ou c’est celle d’une ancienne clé de secours. Vérifiez le "
    "nom et la date imprimés dessus."
)


class State(StrEnum):
    """How a ceremony stands after an answer."""

    WAITING = "waiting"
    DONE = "done"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Seen:
    """A ceremony as a custodian sees it: how many cards were shown, and whether theirs was."""

    ceremony: Ceremony
    escrow: Escrow
    given: int
    own_given: bool

    @property
    def missing(self) -> int:
        """How many cards it still waits for."""
        return max(0, self.escrow.threshold - self.given)


@dataclass(frozen=True, slots=True)
class CeremonyService:
    """Shows ceremonies to custodians and takes their cards, one after the other."""

    ledger: Ledger
    database: Database
    escrows: Escrows
    acts: EscrowActs
    glass: BreakingGlass
    patience: Patience
    entropy: Entropy

    def open_ones(self, who: Principal) -> list[Seen]:
        """Return what a custodian is asked now, the newest first."""
        with self.ledger.consult(who, Reason.DUTY) as work:
            escrow = self.escrows.active(work.session, who.council_id)
            if escrow is None or escrow.kept_by(who.member_id) is None:
                raise AccessDenied(Act.ESCROW_READ, "other-function")
            found = ceremonies.waiting(work.session, who.council_id, escrow.id, work.now)
            seen = [
                self._seen(work.session, self._checked(*one), escrow, who.member_id)
                for one in found
            ]
            work.record(Entry(Act.ESCROW_READ, detail={"asked": len(seen)}))
        return seen

    def see(self, who: Principal, ceremony_id: UUID) -> Seen:
        """Return one ceremony, to one of its custodians."""
        with self.ledger.consult(who, Reason.DUTY) as work:
            ceremony, escrow, _ = self._asked(work, who, ceremony_id)
            seen = self._seen(work.session, ceremony, escrow, who.member_id)
            work.record(Entry(Act.ESCROW_READ, detail=subject_of(ceremony)))
        return seen

    def answer(self, who: Principal, ceremony_id: UUID, typed: str) -> State:
        """Take a card; with the last one that is needed, do what was asked and forget the cards.

        Raises `InvalidInput` for a card that is not theirs, `StepRefused` for a ceremony that is
        over or an act that cannot be done, `TooManyAttempts`.
        """
        secret = spelling.read(typed, FIELD)
        with self.ledger.consult(who, Reason.DUTY) as work:
            ceremony, escrow, custodian = self._asked(work, who, ceremony_id)
            work.record(Entry(Act.ESCROW_READ, detail=subject_of(ceremony)))
        key = cards.key_of_card(whose(escrow), custodian.member_id, secret)
        with self.patience.counted(custodian.member_id):
            if AgreementKey.from_seed(key).public != custodian.public:
                self._note(who, ceremony, Act.ESCROW_ANSWERED, "wrong-card")
                raise InvalidInput({FIELD: [_WRONG]})
        try:
            return self._take(who, ceremony, custodian.place, key)
        except StepRefused as fault:
            self._note(who, ceremony, Act.ESCROW_ANSWERED, fault.reason)
            raise
        except IntegrityFailure:
            self._note(who, ceremony, Act.ESCROW_OPENED, "integrity")
            raise

    def forget(self, who: Principal) -> None:
        """Delete what cards gave to ceremonies that are over; the regular job calls it."""
        with self.database.writing(Scope(who.council_id, whole=True)) as session:
            ceremonies.forget_answers(session, who.council_id, self.glass.clock.now())

    def _take(self, who: Principal, asked: Ceremony, place: int, key: bytes) -> State:
        with self.ledger.begin(who, Reason.DUTY) as work:
            ceremony, escrow, _ = self._asked(work, who, asked.id, lock=True)
            if ceremony.over(work.now):
                raise StepRefused("ceremony-over")
            self._keep(work, ceremony, place, key)
            keys = self._given(work.session, ceremony)
            left = max(0, escrow.threshold - len(keys))
            detail = subject_of(ceremony) | {"place": place, "left": left}
            work.record(Entry(Act.ESCROW_ANSWERED, detail=detail))
            if left:
                return State.WAITING
            pair = self._opened(work, escrow, ceremony, keys)
            if pair is not None:
                self._do(work, escrow, ceremony, pair)
        if pair is None:
            return State.BROKEN
        if ceremony.subject.kind is Kind.EXCEPTION:
            self.glass.lend(escrow, ceremony, pair)
        return State.DONE

    def _keep(self, work: Work, ceremony: Ceremony, place: int, key: bytes) -> None:
        nonce = self.entropy.bytes(12)
        sealed = self.escrows.seals.keep_answer(ceremony, place, key, nonce)
        ceremonies.keep_answer(work.session, ceremony, place, sealed, work.now)

    def _given(self, session: Session, ceremony: Ceremony) -> dict[int, AgreementKey]:
        """Return the keys given to this very ceremony; what was put there by others is nothing."""
        found: dict[int, AgreementKey] = {}
        for place, sealed in ceremonies.answers(session, ceremony).items():
            try:
                key = self.escrows.seals.open_answer(ceremony, place, sealed)
            except SealBroken:
                continue
            found[place] = AgreementKey.from_seed(key)
        return found

    def _opened(
        self, work: Work, escrow: Escrow, ceremony: Ceremony, keys: dict[int, AgreementKey]
    ) -> AgreementKey | None:
        """Open the escrow; when these cards do not, another custodian's may still."""
        try:
            return self.escrows.open(work.session, escrow, keys)
        except SealBroken:
            detail = subject_of(ceremony) | {"code": "cards-do-not-open"}
            work.record(Entry(Act.ESCROW_OPENED, outcome=Outcome.FAILED, detail=detail))
            return None

    def _do(self, work: Work, escrow: Escrow, ceremony: Ceremony, pair: AgreementKey) -> None:
        asked, act = ceremony.subject, Act.ESCROW_OPENED
        if asked.kind is Kind.RECOVER:
            self.acts.recover(work, escrow, asked, pair)
        elif asked.kind is Kind.REHEARSAL:
            self.acts.rehearse(escrow, pair)
            act = Act.ESCROW_REHEARSED
        ceremonies.finish(work.session, ceremony, work.now)
        work.record(Entry(act, case_id=asked.case_id, detail=subject_of(ceremony)))

    def _asked(
        self, work: Work, who: Principal, ceremony_id: UUID, *, lock: bool = False
    ) -> tuple[Ceremony, Escrow, Custodian]:
        """Return a ceremony, its escrow and who of its custodians asks."""
        stored = ceremonies.one_of(work.session, who.council_id, ceremony_id, lock=lock)
        ceremony = self._checked(*stored) if stored else None
        escrow = (
            self.escrows.get(work.session, who.council_id, ceremony.escrow_id) if ceremony else None
        )
        custodian = escrow.kept_by(who.member_id) if escrow else None
        if ceremony is None or escrow is None or custodian is None:
            raise AccessDenied(Act.ESCROW_READ, "other-function", subject=str(ceremony_id))
        return ceremony, escrow, custodian

    def _checked(self, ceremony: Ceremony, seal: bytes) -> Ceremony:
        if not hmac.compare_digest(self.escrows.seals.ceremony(ceremony), seal):
            raise IntegrityFailure("a ceremony that nobody asked for")
        return ceremony

    def _seen(
        self, session: Session, ceremony: Ceremony, escrow: Escrow, member_id: UUID | None
    ) -> Seen:
        given = set() if ceremony.done_at else set(self._given(session, ceremony))
        own = escrow.kept_by(member_id)
        return Seen(ceremony, escrow, len(given), own is not None and own.place in given)

    def _note(self, who: Principal, ceremony: Ceremony, act: Act, code: str) -> None:
        outcome = Outcome.FAILED if act is Act.ESCROW_OPENED else Outcome.REFUSED
        with self.ledger.begin(who, Reason.DUTY) as work:
            detail = subject_of(ceremony) | {"code": code}
            work.record(Entry(act, outcome=outcome, detail=detail))
