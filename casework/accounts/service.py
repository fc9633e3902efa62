"""Signing in: a password opens half a session, the second factor opens the rest."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from casework.accounts.desk import Desk
from casework.accounts.door import Door
from casework.accounts.gateway import accounts, sessions
from casework.accounts.opening import Fresh, Opening, Renewal
from casework.accounts.passwords import PasswordCheck
from casework.accounts.policy import plain_login, require_words
from casework.accounts.second_factor import SecondFactor
from casework.accounts.sessions import Limits, Stage, StoredSession, WebSession, key_of
from casework.accounts.throttle import Attempt
from casework.accounts.values import Account, Client, SignedIn
from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.errors import NotSignedIn, SignInRefused
from casework.identity import Reason, Stated
from casework.keys.secrets import SecretName, newest_version


@dataclass(frozen=True, slots=True)
class AccountService:
    """How members prove who they are. Nobody is told what was wrong, only that it was refused."""

    desk: Desk
    door: Door
    passwords: PasswordCheck
    second: SecondFactor
    opening: Opening
    limits: Limits

    def sign_in(
        self, login: str, password: str, client: Client, replaces: bytes | None = None
    ) -> bytes:
        """Open half a session and return its cookie's secret; `replaces` is the cookie sent.

        Raises `SignInRefused`, `TooManyAttempts`, or `Unavailable` when too many sign in at once.
        """
        attempt = self.door.attempt(plain_login(login), client)
        with self.door.counted(attempt, "password"):
            account, newest = self._account(attempt.login)
            unlock = self.passwords.unlock(account, password, newest)
            if account is None or unlock is None:
                self.door.refuse(attempt, "password", "wrong", account.id if account else None)
            seed = self.opening.seed_of(account, unlock)
            if seed is None:
                self.door.refuse(attempt, "password", "locked", account.id)
            renewal = self._renewal(account, password, newest)
            half = self.opening.half(account, seed, renewal, replaces)
        self.door.turnstile.passed(attempt)
        return half

    def verify_code(
        self, secret: bytes, code: str, client: Client, given: Stated | None = None
    ) -> SignedIn:
        """Open the session whose half `secret` leads to; the cookie changes. Errors as above.

        `given` says why it is opened. Raises `NotSignedIn` when there is no such half, or it is too
        old; `InvalidInput` for a reason that is not theirs.
        """
        if given is not None and given.reason is Reason.OTHER:
            require_words(given.words)
        return self._confirm(secret, Stage.HALF, code, client, given)

    def step_up(self, session: WebSession, code: str, client: Client) -> SignedIn:
        """Prove again that it is the same person; the cookie changes, the session goes on."""
        return self._confirm(session.secret, Stage.OPEN, code, client, None)

    def _confirm(
        self, secret: bytes, stage: Stage, code: str, client: Client, given: Stated | None
    ) -> SignedIn:
        stored, account = self._stored(secret, stage)
        attempt = self.door.attempt(account.login, client)
        with self.door.counted(attempt, "code"):
            step = self.second.step(account, code, self.desk.clock.now())
            if step is None:
                self.door.refuse(attempt, "code", "wrong", account.id)
            fresh = self.opening.successor(stored, secret, given)
            signed = self._open(stored, fresh, step, attempt, given)
        self.door.turnstile.succeeded(attempt)
        return signed

    def _open(
        self,
        stored: StoredSession,
        fresh: Fresh,
        step: int,
        attempt: Attempt,
        given: Stated | None,
    ) -> SignedIn:
        """Change the cookie; a code that another request has just used is refused."""
        try:
            with self.desk.ledger.begin(fresh.principal, Reason.SIGN_IN) as work:
                self._spend(work.session, stored, step)
                self.desk.keep_session(work.session, fresh.stored)
                self.opening.publish(work.session, fresh)
                reason = fresh.stored.reason.value
                detail: Detail = {"step": "code", "account": stored.account_id, "reason": reason}
                words = self.desk.words_of(work, given) if given else {}
                work.record(Entry(Act.SESSION_OPENED, detail={**detail, **words}))
        except SignInRefused:
            self.door.refuse(attempt, "code", "replayed", stored.account_id)
        device = self.door.devices.issue(attempt.login, self.desk.entropy)
        return SignedIn(fresh.secret, fresh.principal, fresh.stored.reason, device)

    def _spend(self, session: Session, stored: StoredSession, step: int) -> None:
        council_id = self.desk.council_id
        unused = accounts.spend_step(session, council_id, stored.account_id, step)
        if not unused or not sessions.delete_session(session, council_id, stored.key):
            raise SignInRefused

    def _account(self, login: str) -> tuple[Account | None, int]:
        """Return an account, and the newest version of the server's part, as they are now."""
        council_id = self.desk.council_id
        with self.desk.database.reading(self.desk.scope) as session:
            newest = newest_version(session, council_id, SecretName.PASSWORDS)
            return accounts.account_by_login(session, council_id, login), newest

    def _renewal(self, account: Account, password: str, newest: int) -> Renewal | None:
        """Stretch anew a password whose cost, or server's part, is no longer today's."""
        if account.verifier is None or not self.passwords.outdated(account.verifier, newest):
            return None
        return Renewal(*self.passwords.set(password))

    def _stored(self, secret: bytes, stage: Stage) -> tuple[StoredSession, Account]:
        council_id, now = self.desk.council_id, self.desk.clock.now()
        with self.desk.database.reading(self.desk.scope) as session:
            stored = self.desk.session_by_key(session, key_of(secret))
            if stored is None or stored.stage is not stage or stored.over(self.limits, now):
                raise NotSignedIn
            account = accounts.account_by_id(session, council_id, stored.account_id)
        if account is None:
            raise NotSignedIn
        return stored, account
