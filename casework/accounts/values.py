"""Accounts, tokens and what one shows to be let in, as values."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from casework.crypto.passwords import Argon2Cost
from casework.identity import Principal, Reason
from casework.web.permissions import Permission


@dataclass(frozen=True, slots=True)
class Verifier:
    """What checks a password: a salt, the stored check, what the stretch cost.

    `version` is that of the server's part it was stretched under.
    """

    salt: bytes = field(repr=False)
    check: bytes = field(repr=False)
    cost: tuple[int, int, int]
    version: int

    def cost_under(self, current: Argon2Cost) -> Argon2Cost:
        """Return the cost to stretch with. Raises `Misconfigured` when stored under the floor."""
        return current if self.cost == parameters(current) else Argon2Cost(*self.cost)


@dataclass(frozen=True, slots=True)
class Account:
    """A member's way in; without a verifier it waits for its activation code."""

    id: UUID
    member_id: UUID
    login: str
    verifier: Verifier | None
    totp_sealed: bytes | None = field(repr=False)
    totp_step: int
    activation_digest: bytes | None = field(repr=False)
    activation_until: datetime | None


@dataclass(frozen=True, slots=True)
class Credentials:
    """What an activation leaves in an account."""

    verifier: Verifier
    totp_sealed: bytes = field(repr=False)
    totp_step: int


@dataclass(frozen=True, slots=True)
class Client:
    """Where somebody signs in from: an address, and the device cookie if it sent one."""

    network: str
    device: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that has just opened: its cookie's secret, and the cookie of the device."""

    secret: bytes = field(repr=False)
    principal: Principal
    reason: Reason
    device: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Activation:
    """A one-time code to hand over in person, and the moment it dies."""

    account_id: UUID
    login: str
    code: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the activation page shows: the address in the QR code, and the secret spelled out.

    `recoverable` when a printed recovery code of this member is still good.
    """

    login: str
    uri: str = field(repr=False)
    spelled: str = field(repr=False)
    recoverable: bool = False


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the owner of an account chooses and shows: a password, a first code of the phone.

    `recovery` is what they copied from their printed code, or nothing.
    """

    password: str = field(repr=False)
    code: str = field(repr=False)
    recovery: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A bearer token as stored; the token itself was shown once."""

    id: UUID
    member_id: UUID
    label: str
    scopes: frozenset[Permission]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    seal: bytes | None = field(default=None, repr=False)

    def valid(self, now: datetime) -> bool:
        """Say whether it may still be used."""
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Bearer:
    """A request made by a program in a person's name, and what it may exercise."""

    principal: Principal
    scopes: frozenset[Permission]


def parameters(cost: Argon2Cost) -> tuple[int, int, int]:
    """Return a cost as it is stored: KiB, passes, lanes."""
    return (cost.memory_kib, cost.passes, cost.lanes)
