"""The end of lines of the register, as the daily job, the operator and the officer meet it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.audit.actions import Act
from casework.audit.asking import require_machine
from casework.audit.entry import Entry
from casework.audit.forgetting.claim import Horizons
from casework.audit.forgetting.ending import end_months, over
from casework.audit.forgetting.gateway import ForgettingGateway
from casework.audit.forgetting.ground import MonthKeys, Pass
from casework.audit.forgetting.policy import BLOCK, Terms, due_on
from casework.audit.forgetting.pruning import prunable, prune
from casework.audit.forgetting.redacting import due, redact
from casework.audit.ledger import Ledger
from casework.audit.ports import RegisterKeyring
from casework.clock import Clock
from casework.db.engine import Database, Scope
from casework.errors import StepRefused
from casework.identity import Principal, Reason
from casework.moments import from_micros

TermsOf = Callable[[UUID], Terms]
"""Council → the terms of its charters in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a register has forgotten, under which terms, and what comes next, by day.

    `lines` were ever written. A day is None while there is nothing to wait for.
    """

    terms: Terms
    lines: int
    horizons: Horizons
    parts_on: date | None
    who_on: date | None
    pruned_on: date | None


@dataclass(frozen=True, slots=True)
class Dues:
    """What a pass would do, or did: lines redacted, lines pruned, keys of months destroyed."""

    parts: int
    who: int
    pruned: int
    months: int


@dataclass(frozen=True, slots=True)
class RegisterForgetting:
    """Redacts and prunes the register of the principal's council under the charters in force."""

    database: Database
    ledger: Ledger
    keyring: RegisterKeyring
    months: MonthKeys
    terms: TermsOf
    clock: Clock

    def run(self, who: Principal) -> Dues:
        """Do all that is due, in short units of work; cut anywhere, the next pass goes on.

        Raises `AccessDenied` for a person, `StepRefused` when the clock stands before the
        register's newest line, `IntegrityFailure` for what contradicts itself, `Unavailable`
        when a key cannot be destroyed now.
        """
        run = self._pass(who)
        with run.looking() as gateway:
            self._check_clock(gateway)
            before = gateway.claim(run.keys).horizons
        redact(run)
        months = end_months(run)
        prune(run)
        with run.looking() as gateway:
            return _between(before, gateway.claim(run.keys).horizons, months)

    def preview(self, who: Principal) -> Dues:
        """Return what a pass would do now, for the operator and the job; recorded."""
        run = self._pass(who)
        with self.ledger.consult(who, Reason.OPERATION) as work:
            require_machine(work, Act.RETENTION_PREVIEWED)
            gateway = ForgettingGateway(work.session, who.council_id)
            claim = gateway.claim(run.keys)
            ahead = claim.horizons
            for one in due(run, gateway, claim):
                ahead = one.claimed(ahead)
            months = len(over(run, gateway, ahead))
            work.record(Entry(Act.RETENTION_PREVIEWED, detail={"register": True}))
        ahead = ahead._replace(first=prunable(ahead)[1])
        return _between(claim.horizons, ahead, months)

    def standing(self, council_id: UUID) -> Standing:
        """Return how far the register has forgotten; who may ask is settled, and told, before."""
        terms, keys = self.terms(council_id), self.keyring.of(council_id)
        with self.database.reading(Scope(council_id, whole=True)) as session:
            gateway = ForgettingGateway(session, council_id)
            horizons = gateway.believed(keys).horizons
            block = horizons.first + BLOCK - 1
            return Standing(
                terms=terms,
                lines=gateway.lines(),
                horizons=horizons,
                parts_on=_day(gateway.moment(horizons.parts), terms.searchable),
                who_on=_day(gateway.moment(horizons.who), terms.kept),
                pruned_on=_day(gateway.moment(block), terms.kept),
            )

    def _pass(self, who: Principal) -> Pass:
        return Pass(
            who=who,
            terms=self.terms(who.council_id),
            ledger=self.ledger,
            database=self.database,
            keys=self.keyring.of(who.council_id),
            months=self.months,
            clock=self.clock,
        )

    def _check_clock(self, gateway: ForgettingGateway) -> None:
        """Raise `StepRefused` on a day before that of the newest line: no clock to destroy by."""
        newest = gateway.moment(gateway.lines() - 1)
        if newest is not None and from_micros(newest).date() > self.clock.now().date():
            raise StepRefused("clock-behind-register", "CNIL 2021-122")


def _between(before: Horizons, after: Horizons, months: int) -> Dues:
    return Dues(
        parts=after.parts - before.parts,
        who=after.who - before.who,
        pruned=after.first - before.first,
        months=months,
    )


def _day(at: int | None, months: int) -> date | None:
    return None if at is None else due_on(at, months)
