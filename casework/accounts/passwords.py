"""Checks and sets passwords: one stretch in the lane, for a known account or for nobody alike."""

from dataclasses import dataclass, field
from typing import Final

from casework.accounts.lane import Lane
from casework.accounts.values import Account, Verifier, parameters
from casework.crypto.passwords import Argon2Cost, Stretched, stretch
from casework.entropy import Entropy

_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """`key` is the server's part of every password: a stolen table alone is no use."""

    lane: Lane
    cost: Argon2Cost
    entropy: Entropy
    key: bytes = field(repr=False)

    def unlock(self, account: Account | None, password: str) -> bytes | None:
        """Return the unlocking key when the password is right, else None.

        For an unknown account the same work is done for nothing. Raises `Unavailable` when the
        lane is full.
        """
        verifier = account.verifier if account else None
        shown = self._stretch(password, verifier or self._nobody())
        if verifier is None or not shown.matches(verifier.check):
            return None
        return shown.unlock

    def set(self, password: str) -> tuple[Verifier, bytes]:
        """Return the verifier of a new password and its unlocking key."""
        salt = self.entropy.bytes(_SALT_BYTES)
        blank = Verifier(salt, b"", parameters(self.cost))
        shown = self._stretch(password, blank)
        return Verifier(salt, shown.verifier, blank.cost), shown.unlock

    def outdated(self, verifier: Verifier) -> bool:
        """Say whether a password was stretched with another cost than today's."""
        return verifier.cost != parameters(self.cost)

    def _stretch(self, password: str, verifier: Verifier) -> Stretched:
        with self.lane.place():
            return stretch(password, verifier.salt, self.key, verifier.cost_under(self.cost))

    def _nobody(self) -> Verifier:
        return Verifier(bytes(_SALT_BYTES), b"", parameters(self.cost))
