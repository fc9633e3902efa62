"""Naming custodians, drawing cards, entrusting organisations' secrets; where all this stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.audit.ledger import Ledger
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.entropy import Entropy, new_id
from casework.errors import AccessDenied, InvalidInput, StepRefused
from casework.identity import Principal, PrincipalKind, Reason, require_fresh
from casework.keys import seals
from casework.keys.delivery import acting_organisation
from casework.keys.recovery import spelling
from casework.keys.recovery.enrolling import Enrolling
from casework.keys.recovery.escrows import Escrows
from casework.keys.recovery.ports import Roster
from casework.keys.recovery.values import MOST_CUSTODIANS, Custodian, Escrow
from casework.keys.values import CustodyKind
from casework.keys.words import fingerprint
from casework.sentences import N_

_FEWEST = 2
_BAD_COUNT = N_("De deux à sept gardiens, tous différents, et un seuil de deux au moins.")
_STRANGER = N_("Un gardien est un membre dont l’accès est ouvert.")


@dataclass(frozen=True, slots=True)
class EscrowStatus:
    """Where an escrow stands: cards drawn, organisations enrolled out of all."""

    escrow: Escrow
    drawn: int
    enrolled: frozenset[UUID]
    organisations: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Overview:
    """What a member sees of the escrows, and of their own organisation's part in them.

    `own_words` are the six words of the member's own key, empty where no session brought it.
    """

    active: Escrow | None
    awaiting: Escrow | None
    custody: CustodyKind
    enrolled: bool
    own_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EscrowService:
    """One method for each task of the operator and of whoever draws a card."""

    ledger: Ledger
    database: Database
    escrows: Escrows
    enrolling: Enrolling
    roster: Roster
    clock: Clock
    entropy: Entropy

    def create(self, who: Principal, threshold: int, members: Sequence[UUID]) -> UUID:
        """Name the custodians of a new escrow, who then draw their cards; return its id.

        One whose cards were still being drawn gives way. Raises `InvalidInput` for a count out
        of bounds or a member whose access is closed.
        """
        _require_operator(who, Act.ESCROW_FOUNDED)
        _require_sound(threshold, members)
        with self.ledger.begin(who, Reason.OPERATION) as work:
            if not set(members) <= set(self.roster(work.session, who.council_id)):
                raise InvalidInput({"custodian": [_STRANGER]})
            former = self.escrows.awaiting(work.session, who.council_id)
            if former is not None:
                self.escrows.retire(work.session, former, work.now)
            custodians = tuple(Custodian(at, one) for at, one in enumerate(members))
            own_id = new_id(self.clock, self.entropy)
            fresh = Escrow(who.council_id, own_id, threshold, custodians, work.now)
            self.escrows.keep(work.session, fresh)
            detail: Detail = {
                "step": "named",
                "escrow": own_id,
                "threshold": threshold,
                "custodians": len(custodians),
            }
            work.record(Entry(Act.ESCROW_FOUNDED, detail=detail))
        return own_id

    def draw(self, who: Principal, escrow_id: UUID) -> str:
        """Draw the card of whoever asks and return what is printed on it: this once.

        Until the last card is drawn one may draw again; the former card is then worth nothing.
        Raises `StepUpRequired` without a fresh second factor, `StepRefused` when it is too late.
        """
        require_fresh(who, self.clock.now())
        with self.ledger.begin(who, Reason.DUTY) as work:
            escrow = self.escrows.get(work.session, who.council_id, escrow_id, lock=True)
            custodian = escrow.kept_by(who.member_id) if escrow else None
            if escrow is None or custodian is None:
                raise AccessDenied(Act.ESCROW_DRAWN, "other-function", subject=str(escrow_id))
            if not escrow.awaits_cards:
                raise StepRefused("cards-drawn")
            secret = self.escrows.draw(work.session, escrow, custodian, work.now)
            detail: Detail = {"escrow": escrow_id, "place": custodian.place}
            work.record(Entry(Act.ESCROW_DRAWN, detail=detail))
            drawn = self.escrows.get(work.session, who.council_id, escrow_id)
            if drawn is not None and drawn.active:
                founded: Detail = {"step": "sealed", "escrow": escrow_id}
                work.record(Entry(Act.ESCROW_FOUNDED, detail=founded))
        return spelling.spelled(secret)

    def enrol_all(self, who: Principal) -> list[UUID]:
        """Entrust every secret that the service itself can open; return whose."""
        _require_operator(who, Act.HOLDER_ADMITTED)
        able = self._in_server_custody(who.council_id)
        for organisation_id in able:
            acting = replace(who, kind=PrincipalKind.SERVICE, organisation_id=organisation_id)
            with self.ledger.begin(acting, Reason.OPERATION) as work:
                self.enrolling.enrol(work, acting_organisation(work))
        return able

    def enrol_own(self, who: Principal) -> None:
        """Entrust the secret of a member's own organisation, which their session can open.

        Raises `StepUpRequired`, `Locked` when their keys do not open it, `StepRefused` without
        an active escrow.
        """
        require_fresh(who, self.clock.now())
        with self.ledger.begin(who, Reason.DUTY) as work:
            self.enrolling.enrol(work, acting_organisation(work))

    def overview(self, who: Principal) -> Overview:
        """Return where the escrows stand, for a member."""
        with self.ledger.consult(who, Reason.DUTY) as work:
            own = acting_organisation(work)
            active = self.escrows.active(work.session, who.council_id)
            enrolled = self.enrolling.enrolled(work.session, active) if active else set()
            seen = Overview(
                active,
                self.escrows.awaiting(work.session, who.council_id),
                self.enrolling.custody.kind_of(work.session, own.place),
                own.organisation_id in enrolled,
                _own_words(who),
            )
            work.record(Entry(Act.ESCROW_READ, detail={"task": "keys:overview"}))
        return seen

    def status(self, who: Principal) -> list[EscrowStatus]:
        """Return every escrow, the newest first: for the operator."""
        _require_operator(who, Act.ESCROW_READ)
        with self.ledger.consult(who, Reason.OPERATION) as work:
            known = self.escrows.all(work.session, who.council_id)
            bodies = self.enrolling.organisations(work.session, who.council_id)
            told = [
                EscrowStatus(
                    one,
                    sum(keeper.public is not None for keeper in one.custodians),
                    frozenset(self.enrolling.enrolled(work.session, one)),
                    frozenset(bodies),
                )
                for one in known
            ]
            work.record(Entry(Act.ESCROW_READ, detail={"task": "keys:escrow-status"}))
        return told

    def _in_server_custody(self, council_id: UUID) -> list[UUID]:
        custody = self.enrolling.custody
        with self.database.reading(Scope(council_id, whole=True)) as session:
            known = self.enrolling.organisations(session, council_id)
            return [
                one
                for one in sorted(known)
                if custody.kind_of(session, (council_id, one)) is CustodyKind.SERVER
            ]


def _own_words(who: Principal) -> tuple[str, ...]:
    if who.own_keys is None:
        return ()
    return fingerprint(seals.agreement_of(who.own_keys.seed()).public)


def _require_operator(who: Principal, wanted: Act) -> None:
    if who.kind is not PrincipalKind.OPERATOR:
        raise AccessDenied(wanted, "other-function")


def _require_sound(threshold: int, members: Sequence[UUID]) -> None:
    count = len(members)
    distinct = len(set(members)) == count
    if not (distinct and count <= MOST_CUSTODIANS and _FEWEST <= threshold <= count):
        raise InvalidInput({"custodian": [_BAD_COUNT]})
