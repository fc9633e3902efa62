"""Web sessions as values: the cookie's secret, the stages, and when one is over."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from casework.errors import AuditGap
from casework.identity import Principal, Reason
from casework.keys.session_seal import open_in_session

SECRET_BYTES: Final = 32
TOUCH_EVERY: Final = timedelta(minutes=1)
_HALF_LIFE: Final = timedelta(minutes=5)
_LABEL: Final = b"casework/sid/v1"


class Stage(StrEnum):
    """How far a session has come. Only an open one is anybody."""

    HALF = "half"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts: without a sign of life, and in all."""

    idle: timedelta = timedelta(minutes=20)
    absolute: timedelta = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A row of a session; `seed_sealed` opens with the cookie's secret only."""

    key: bytes
    account_id: UUID
    member_id: UUID
    stage: Stage
    reason: Reason
    opened_at: datetime
    seen_at: datetime
    verified_at: datetime | None = None
    seed_sealed: bytes | None = field(default=None, repr=False)
    seal: bytes | None = field(default=None, repr=False)

    def over(self, limits: Limits, now: datetime) -> bool:
        """Say whether it has ended by idleness, by age, or for want of a second factor."""
        if self.stage is Stage.HALF and now - self.opened_at >= _HALF_LIFE:
            return True
        # A locked session waits for its owner: only its age ends it.
        idle = self.stage is not Stage.LOCKED and now - self.seen_at >= limits.idle
        return idle or now - self.opened_at >= limits.absolute

    def locked(self, key: bytes) -> "StoredSession":
        """Return what remains of it once locked: whose it was, and no key at all."""
        return replace(self, key=key, stage=Stage.LOCKED, verified_at=None, seed_sealed=None)


class SessionKeys:
    """A member's own keys while the cookie's secret is at hand; opened when first asked for."""

    def __init__(self, secret: bytes, member_id: UUID, seed_sealed: bytes | None) -> None:
        """Hold what the cookie and its row say; nothing is opened yet."""
        self._secret = secret
        self._member_id = member_id
        self._seed_sealed = seed_sealed

    def seed(self) -> bytes:
        """Return the member's seed. Raises `SealBroken` if the row is not this cookie's."""
        if self._seed_sealed is None:
            raise AuditGap("a session without keys")
        return open_in_session(self._secret, self._member_id, self._seed_sealed)


@dataclass(frozen=True, slots=True)
class WebSession:
    """Whose session this is, for one request, and the way to the keys it holds."""

    principal: Principal
    reason: Reason
    name: str
    organisation: str
    opened_at: datetime
    ends_at: datetime
    secret: bytes = field(repr=False)

    def seed(self) -> bytes:
        """Return the member's seed. Raises `SealBroken` if the row is not this cookie's."""
        if self.principal.own_keys is None:
            raise AuditGap("a session without keys")
        return self.principal.own_keys.seed()


@dataclass(frozen=True, slots=True)
class CookieNames:
    """The cookies' names; the prefix makes browsers refuse them from anywhere but here."""

    secure: bool

    @property
    def session(self) -> str:
        """The cookie that leads to a session."""
        return "__Host-cw" if self.secure else "cw"

    @property
    def device(self) -> str:
        """The cookie of a browser that has signed in before."""
        return "__Host-cw-device" if self.secure else "cw-device"


def key_of(secret: bytes) -> bytes:
    """Return the key of a session's row: the table alone gives no cookie."""
    return hashlib.sha256(_LABEL + secret).digest()


def tag_of(key: bytes) -> str:
    """Return how the register names a session."""
    return key[:8].hex()


def cookie_of(secret: bytes) -> str:
    """Return the text of a cookie."""
    return urlsafe_b64encode(secret).decode().rstrip("=")


def secret_of(cookie: str | None) -> bytes | None:
    """Return the secret of a cookie, or None when the text is not one of ours."""
    try:
        secret = urlsafe_b64decode(f"{cookie or ''}=".encode())
    except (NotBase64, ValueError):
        return None
    return secret if len(secret) == SECRET_BYTES else None
