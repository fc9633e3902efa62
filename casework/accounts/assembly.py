"""Builds the services of accounts from what the instance holds."""

from dataclasses import dataclass

from casework.accounts.desk import Desk
from casework.accounts.device import DeviceCookies
from casework.accounts.door import Door
from casework.accounts.enrolment import EnrolmentService
from casework.accounts.lane import Lane
from casework.accounts.opening import Opening
from casework.accounts.passwords import PasswordCheck
from casework.accounts.recovering import Recovering
from casework.accounts.second_factor import SecondFactor
from casework.accounts.service import AccountService
from casework.accounts.session_service import SessionService
from casework.accounts.sessions import Limits
from casework.accounts.tokens import TokenService
from casework.accounts.turnstile import Turnstile
from casework.crypto.passwords import Argon2Cost
from casework.crypto.secretbox import Box
from casework.keys.member_directory import MemberDirectory
from casework.keys.secrets import InstanceSecrets, SecretName


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """What the operator sets: the cost of a password, how many at once, how long a session."""

    cost: Argon2Cost
    places: int
    limits: Limits
    issuer: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """The four services of accounts."""

    signing_in: AccountService
    sessions: SessionService
    enrolment: EnrolmentService
    tokens: TokenService


def assemble(desk: Desk, secrets: InstanceSecrets, settings: AccountSettings) -> Accounts:
    """Wire the services; the secrets of the instance are unwrapped here."""
    proofs = secrets.of(SecretName.DEVICES)
    turnstile = Turnstile(desk.database, desk.council_id, desk.clock, proofs)
    door = Door(desk, turnstile, DeviceCookies(proofs))
    lane = Lane(settings.places)
    passwords = PasswordCheck(lane, settings.cost, desk.entropy, secrets)
    second = SecondFactor(Box(secrets.of(SecretName.ACCOUNTS)), proofs)
    opening = Opening(desk, MemberDirectory(secrets))
    return Accounts(
        AccountService(desk, door, passwords, second, opening, settings.limits),
        SessionService(desk, settings.limits),
        EnrolmentService(desk, door, passwords, second, Recovering(desk, door), settings.issuer),
        TokenService(desk),
    )
