"""The second factor of an account: sealed at rest, checked, and never taken twice."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from casework.accounts.totp import derive_secret, matching_step
from casework.accounts.values import Account
from casework.crypto.encoding import lp
from casework.crypto.secretbox import Box
from casework.entropy import Entropy


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """`box` seals the secrets; `key` makes the secret of an activation."""

    box: Box = field(repr=False)
    key: bytes = field(repr=False)

    def step(self, account: Account, code: str, now: datetime) -> int | None:
        """Return the half minute that `code` belongs to, if it may still be used."""
        if account.totp_sealed is None:
            return None
        secret = self.box.open(account.totp_sealed, _context(account.id))
        return matching_step(secret, code, now, account.totp_step)

    def proposed(self, account: Account) -> bytes:
        """Return the secret that the activation now open would give."""
        return derive_secret(self.key, account.id.bytes, account.activation_digest or b"")

    def seal(self, account_id: UUID, secret: bytes, entropy: Entropy) -> bytes:
        """Return the secret as an account keeps it."""
        return self.box.seal(secret, _context(account_id), entropy.bytes(12))


def _context(account_id: UUID) -> bytes:
    return lp(b"casework/accounts/totp/v1", account_id.bytes)
