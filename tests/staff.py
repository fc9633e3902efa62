"""Accounts in the invented town: members with a password and a phone, cheap to sign in."""

from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

from pyotp import TOTP
from sqlalchemy import select

from casework.accounts.assembly import Accounts, AccountSettings, assemble
from casework.accounts.sessions import Limits, WebSession
from casework.accounts.values import Client, Proofs, SignedIn
from casework.crypto.passwords import Argon2Cost
from casework.db.engine import Database
from casework.db.model import Model
from casework.identity import Principal, operator
from casework.partners.service import MemberService
from tests.town import COUNCIL, Town

MANDATES = Model.metadata.tables["mandates"]
PASSWORD = "une phrase assez longue"
OFFICE = Client("192.0.2.10")
ELSEWHERE = Client("198.51.100.7")


@dataclass
class Staff:
    """The services of accounts over a town, and the phone of each member."""

    town: Town
    accounts: Accounts
    phones: dict[str, TOTP] = field(default_factory=dict)

    @property
    def root(self) -> Principal:
        return operator(COUNCIL, "founder")

    def enrol(self, body: str) -> str:
        """Make and activate the account of the member of a body; return its identifier."""
        made = self.accounts.enrolment.add_account(self.root, self.town.members[body], body)
        self.activate(body, made.code)
        return body

    def activate(self, login: str, code: str, password: str = PASSWORD, recovery: str = "") -> None:
        proposed = self.accounts.enrolment.propose(login, code, OFFICE)
        self.learn(login, parse_qs(urlsplit(proposed.uri).query)["secret"][0])
        proofs = Proofs(password, self.code(login), recovery)
        self.accounts.enrolment.activate(login, code, proofs, OFFICE)
        self.wait(seconds=30)

    def learn(self, login: str, secret: str) -> None:
        """Let the member's phone learn the secret shown on the activation page."""
        self.phones[login] = TOTP(secret)

    def code(self, login: str) -> str:
        """Return what the phone shows now."""
        return self.phones[login].at(self.town.clock.now())

    def wait(self, **distance: float) -> None:
        self.town.clock.advance(**distance)

    def half(self, login: str, client: Client = OFFICE) -> bytes:
        return self.accounts.signing_in.sign_in(login, PASSWORD, client)

    def sign_in(self, login: str, client: Client = OFFICE) -> SignedIn:
        """Sign in whole, with the next code of the phone."""
        signed = self.prove(login, client)
        self.wait(seconds=30)
        return signed

    def prove(self, login: str, client: Client = OFFICE) -> SignedIn:
        """Do the same at once: the phone still shows the code that was just used."""
        half = self.half(login, client)
        return self.accounts.signing_in.verify_code(half, self.code(login), client)

    def session(self, login: str) -> WebSession:
        found = self.accounts.sessions.session_of(self.sign_in(login).secret)
        assert found is not None
        return found

    def end_mandates(self, body: str) -> None:
        """End every mandate of the member of a body."""
        runtime, member_id = self.town.runtime, self.town.members[body]
        people = MemberService(runtime.ledger, runtime.edges.clock, runtime.edges.entropy)
        with runtime.stores.main.engine.connect() as connection:
            found = connection.execute(
                select(MANDATES.c.id).where(MANDATES.c.member_id == member_id)
            )
            mandates = list(found.scalars())
        for mandate_id in mandates:
            people.end_mandate(self.root, mandate_id)

    def acts(self) -> list[str]:
        """Return the kinds of the leaves of the register, in order."""
        with self.town.runtime.stores.main.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT kind FROM audit_leaves ORDER BY seq")
            return [kind for (kind,) in found]


def employ(town: Town, database: Database | None = None) -> Staff:
    """Return the services of accounts of a town, with the cheapest Argon2.

    With its own connection to the `database` it is what another worker would be.
    """
    runtime = town.runtime
    desk = replace(runtime.desk, database=database or runtime.stores.main)
    settings = AccountSettings(Argon2Cost.for_tests(), 2, Limits(), "Ville inventée")
    accounts = assemble(desk, runtime.secrets, settings)
    return Staff(town, accounts, dict(town.extra.get("phones", {})))
