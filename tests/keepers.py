"""Custodians of an escrow in the invented town, each with their card; and a body that forgot."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import text

from casework.accounts.sessions import WebSession
from casework.crypto.organisation import OrganisationKeys
from casework.db.engine import Scope
from casework.identity import Principal, operator
from casework.keys import seals
from casework.keys.gateway import sealing
from casework.keys.recovery.assembly import Recovery
from casework.keys.recovery.values import Escrow, Kind, Subject, Why
from casework.keys.service.ceremonies import State
from casework.keys.values import Acting
from tests.postgres import broken_into
from tests.staff import Staff
from tests.town import COUNCIL, Town

CUSTODIANS = ("coordination", "school", "dpo")
BODY = "street_work"


@dataclass
class Keepers:
    """The services of recovery over a town, and what is printed on each card."""

    staff: Staff
    cards: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, WebSession] = field(default_factory=dict)
    escrow_id: UUID | None = None

    @property
    def town(self) -> Town:
        return self.staff.town

    @property
    def recovery(self) -> Recovery:
        return self.town.runtime.recovery

    @property
    def root(self) -> Principal:
        return operator(COUNCIL, "founder")

    def who(self, body: str) -> Principal:
        """Return a member signed in for real; the session is opened anew when it is over."""
        if body not in self.staff.phones:
            self.staff.enrol(body)
        self.sessions[body] = self.staff.session(body)
        return self.sessions[body].principal

    def found(self, threshold: int = 2, custodians: tuple[str, ...] = CUSTODIANS) -> UUID:
        """Name custodians and draw every card."""
        members = [self.town.members[one] for one in custodians]
        self.escrow_id = self.recovery.escrows.create(self.root, threshold, members)
        for one in custodians:
            self.cards[one] = self.recovery.escrows.draw(self.who(one), self.escrow_id)
        return self.escrow_id

    def escrow(self) -> Escrow:
        """Return the escrow, checked."""
        assert self.escrow_id is not None
        with self.town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
            found = self.recovery.escrows_kept.get(session, COUNCIL, self.escrow_id)
        assert found is not None
        return found

    def to_members(self, body: str = BODY) -> Principal:
        """Hand a body's secret to its own member, and let the KEK open it no more."""
        who = self.who(body)
        assert who.own_keys is not None
        acting, seed = Acting(COUNCIL, self.town.bodies[body]), who.own_keys.seed()
        secret = self.town.runtime.custody.secret_of(acting, 1)
        holder, public = seals.member_holder(self.town.members[body]), seals.agreement_of(seed)
        sealed = seals.seal_to_holder(acting, 1, holder, public.public, secret)
        with self.town.runtime.stores.main.writing(Scope(COUNCIL, whole=True)) as session:
            sealing.add(session, acting.place, 1, holder, (sealed, None))
            sealing.remove(session, acting.place, holder=seals.KEK_HOLDER)
        self.forget_kept()
        self.publish(body)
        return who

    def forget_kept(self) -> None:
        """Let the process forget what the KEK opened before."""
        self.staff.wait(minutes=16)

    def publish(self, body: str) -> None:
        """Publish the key of a member, as signing in does."""
        who = self.who(body)
        assert who.own_keys is not None
        place, now = (COUNCIL, self.town.members[body]), self.town.clock.now()
        with self.town.runtime.stores.main.writing(Scope(COUNCIL)) as session:
            self.town.runtime.member_directory.publish(session, place, who.own_keys.seed(), now)

    def forget_password(self, body: str = BODY, recovery: str = "") -> None:
        """Reset a member, who takes the account over again, with or without a printed code."""
        made = self.staff.accounts.enrolment.reset(self.root, self.town.members[body])
        self.staff.activate(body, made.code, recovery=recovery)
        self.publish(body)

    def opens(self, body: str = BODY) -> bool:
        """Say whether a member opens their body's secret in a session of today."""
        who = self.who(body)
        acting = Acting(COUNCIL, self.town.bodies[body], who.member_id, who.own_keys)
        own = self.town.runtime.custody.keys_of(acting, 1)
        return isinstance(own, OrganisationKeys)

    def ask(self, by: str = "coordination", body: str = BODY) -> UUID:
        """Ask that a body's key be given back to its member."""
        asking = self.recovery.asking
        return asking.recover(self.who(by), self.town.members[body], Why.FORGOTTEN)

    def lend(self, case_id: UUID, borrower: str, minutes: int = 60) -> UUID:
        """Ask, as the operator, that the body lend a case."""
        subject = Subject(
            Kind.EXCEPTION,
            Why.DANGER,
            organisation_id=self.town.bodies[BODY],
            case_id=case_id,
            borrower_id=self.town.bodies[borrower],
            minutes=minutes,
        )
        return self.recovery.asking.exception(self.root, subject)

    def answer(self, body: str, ceremony_id: UUID, card: str | None = None) -> State:
        """Let a custodian type their card, or another."""
        typed = card or self.cards[body]
        return self.recovery.ceremonies.answer(self.who(body), ceremony_id, typed)

    def change(self, statement: str, **values: object) -> None:
        """Write in the database as whoever administers it."""
        with (
            broken_into(self.town.runtime.stores.main) as owned,
            owned.engine.begin() as connection,
        ):
            connection.execute(text(statement), values)

    def count(self, table: str) -> int:
        """Count rows, as whoever administers the database."""
        with (
            broken_into(self.town.runtime.stores.main) as owned,
            owned.engine.connect() as connection,
        ):
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    def outcomes(self, act: str) -> list[str]:
        """Return how an act ended, each time, as the register says."""
        statement = text("SELECT outcome FROM audit_leaves WHERE kind = :act ORDER BY seq")
        with self.town.runtime.stores.main.engine.connect() as connection:
            return list(connection.execute(statement, {"act": act}).scalars())
