"""Making an account, handing it over with a one-time code, taking it back."""

from base64 import b32encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from casework.accounts.desk import Desk
from casework.accounts.door import Door
from casework.accounts.gateway import accounts, sessions, tokens
from casework.accounts.passwords import PasswordCheck
from casework.accounts.policy import plain_login, require_sound_login, require_sound_password
from casework.accounts.recovering import Recovering
from casework.accounts.seals import same
from casework.accounts.second_factor import SecondFactor
from casework.accounts.throttle import Attempt
from casework.accounts.totp import matching_step, provisioning_uri, spelled
from casework.accounts.values import Account, Activation, Client, Credentials, Enrolment, Proofs
from casework.audit.actions import Act
from casework.audit.entry import Detail, Entry
from casework.charters.policy import require_operator
from casework.entropy import new_id
from casework.errors import AccessDenied, InvalidInput, SignInRefused
from casework.identity import Principal, Reason
from casework.keys.member_keys import drop_recovery, keep_seal, seal_seed
from casework.partners import gateway as partners
from casework.sentences import N_

_CODE_BYTES: Final = 15
_CODE_LIFE: Final = timedelta(days=7)
_SEED_BYTES: Final = 32
_WRONG_CODE: Final = N_("Ce code ne convient pas : attendez le suivant et recopiez-le.")


@dataclass(frozen=True, slots=True)
class EnrolmentService:
    """The operator opens and resets accounts; their owner alone gives them a password."""

    desk: Desk
    door: Door
    passwords: PasswordCheck
    second: SecondFactor
    recovering: Recovering
    issuer: str

    def add_account(self, principal: Principal, member_id: UUID, login: str) -> Activation:
        """Make the account of a member; return the code to hand over, shown this once."""
        login = plain_login(login)
        require_sound_login(login)
        activation, digest = self._activation(new_id(self.desk.clock, self.desk.entropy), login)
        waiting = Account(
            activation.account_id, member_id, login, None, None, 0, digest, activation.until
        )
        with self.desk.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.ACCOUNT_ADDED)
            accounts.add_account(work.session, self.desk.council_id, waiting, work.now)
            detail: Detail = {"account": waiting.id, "member": member_id}
            work.record(Entry(Act.ACCOUNT_ADDED, detail=detail))
        return activation

    def reset(self, principal: Principal, member_id: UUID) -> Activation:
        """Take password, second factor, sessions and tokens away; return a new code.

        The seal of a printed recovery code stays: with it the member keeps drafts and keys, and
        without it they are lost with the password.
        """
        with self.desk.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.ACCOUNT_RESET)
            account = self._of(work.session, member_id, Act.ACCOUNT_RESET)
            activation, digest = self._activation(account.id, account.login)
            council_id, until = self.desk.council_id, activation.until
            accounts.set_activation(work.session, council_id, account.id, digest, until)
            work.digest("accounts", account.id, "totp_sealed", None)
            self._shut_out(work.session, member_id)
            detail: Detail = {"account": account.id, "member": member_id}
            work.record(Entry(Act.ACCOUNT_RESET, detail=detail))
        return activation

    def lock_member(self, principal: Principal, member_id: UUID) -> None:
        """Close the service to a member at once: sessions and tokens end."""
        with self.desk.ledger.begin(principal, Reason.OPERATION) as work:
            require_operator(principal, Act.MEMBER_LOCKED)
            if not partners.set_locked(work.session, self.desk.council_id, member_id, locked=True):
                raise AccessDenied(Act.MEMBER_LOCKED, "unknown", subject=str(member_id))
            self._shut_out(work.session, member_id)
            work.record(Entry(Act.MEMBER_LOCKED, detail={"member": member_id}))

    def propose(self, login: str, code: str, client: Client) -> Enrolment:
        """Check an activation code; return what the phone has to learn."""
        account = self._waiting(self.door.attempt(plain_login(login), client), code)
        secret = self.second.proposed(account)
        uri = provisioning_uri(secret, account.login, self.issuer)
        recoverable = self.recovering.possible(account.member_id)
        return Enrolment(account.login, uri, spelled(secret), recoverable)

    def activate(self, login: str, activation: str, proofs: Proofs, client: Client) -> None:
        """Give the account its password and second factor; the activation code is spent.

        Raises `InvalidInput` for a weak password or a wrong first code, `SignInRefused` for an
        activation code that is wrong, used or too old. A wrong recovery code is an invalid input.
        """
        attempt = self.door.attempt(plain_login(login), client)
        account = self._waiting(attempt, activation)
        require_sound_password(proofs.password, account.login)
        secret = self.second.proposed(account)
        step = matching_step(secret, proofs.code, self.desk.clock.now(), account.totp_step)
        if step is None:
            raise InvalidInput({"code": [_WRONG_CODE]})
        seed = self.recovering.seed(account, attempt, proofs.recovery)
        sealed = self.second.seal(account.id, secret, self.desk.entropy)
        verifier, unlock = self.passwords.set(proofs.password)
        self._keep(account, Credentials(verifier, sealed, step), unlock, seed)
        self.door.turnstile.succeeded(attempt)

    def _keep(
        self, account: Account, given: Credentials, unlock: bytes, recovered: bytes | None
    ) -> None:
        """Store what the owner chose, and the seed of their own keys under their password.

        A printed code has served, or opens what is no longer theirs: either way it ends here.
        """
        seed = recovered or self.desk.entropy.bytes(_SEED_BYTES)
        council_id, member_id = self.desk.council_id, account.member_id
        sealed = seal_seed(member_id, unlock, seed, self.desk.entropy)
        with self.desk.ledger.begin(self.desk.stranger, Reason.SIGN_IN) as work:
            held = accounts.account_by_id(work.session, council_id, account.id)
            if held is None or held.activation_digest != account.activation_digest:
                raise SignInRefused
            accounts.set_credentials(work.session, council_id, account.id, given)
            keep_seal(work.session, council_id, member_id, sealed)
            drop_recovery(work.session, council_id, member_id)
            work.digest("accounts", account.id, "totp_sealed", given.totp_sealed)
            if recovered is not None:
                work.record(Entry(Act.RECOVERY_USED, detail={"account": account.id}))
            work.record(Entry(Act.PASSWORD_SET, detail={"account": account.id}))

    def _waiting(self, attempt: Attempt, code: str) -> Account:
        """Return the account that waits for this very code; only wrong codes keep counting."""
        with self.door.counted(attempt, "activation"):
            account, right = self._holder_of(code, attempt.login)
            if account is None or not right:
                own_id = account.id if account else None
                self.door.refuse(attempt, "activation", "wrong", own_id)
        self.door.turnstile.take_back(attempt)
        return account

    def _holder_of(self, code: str, login: str) -> tuple[Account | None, bool]:
        with self.desk.database.reading(self.desk.scope) as session:
            account = accounts.account_by_login(session, self.desk.council_id, login)
        if account is None or account.activation_until is None:
            return account, False
        right = same(account.activation_digest, self._known_by(account.id, code))
        return account, right and self.desk.clock.now() < account.activation_until

    def _known_by(self, account_id: UUID, code: str) -> bytes:
        signs = "".join(sign for sign in code.upper() if sign.isalnum())
        return self.desk.seals.code(account_id, signs)

    def _of(self, session: Session, member_id: UUID, wanted: Act) -> Account:
        account = accounts.account_of(session, self.desk.council_id, member_id)
        if account is None:
            raise AccessDenied(wanted, "unknown", subject=str(member_id))
        return account

    def _shut_out(self, session: Session, member_id: UUID) -> None:
        council_id, now = self.desk.council_id, self.desk.clock.now()
        sessions.delete_sessions_of(session, council_id, member_id)
        tokens.revoke_all(session, council_id, member_id, now)

    def _activation(self, account_id: UUID, login: str) -> tuple[Activation, bytes]:
        text = b32encode(self.desk.entropy.bytes(_CODE_BYTES)).decode()
        code = "-".join(text[at : at + 4] for at in range(0, len(text), 4))
        until = self.desk.clock.now() + _CODE_LIFE
        return Activation(account_id, login, code, until), self._known_by(account_id, code)
