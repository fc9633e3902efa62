"""Checks and sets passwords: one stretch in the lane, for a known account or for nobody alike."""

from dataclasses import dataclass, replace
from typing import Final

from casework.accounts.lane import Lane
from casework.accounts.values import Account, Verifier, parameters
from casework.crypto.passwords import Argon2Cost, Stretched, stretch
from casework.entropy import Entropy
from casework.keys.secrets import InstanceSecrets, SecretName

_SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """`secrets` hold the server's part of every password: a stolen table alone is no use."""

    lane: Lane
    cost: Argon2Cost
    entropy: Entropy
    secrets: InstanceSecrets

    def unlock(self, account: Account | None, password: str, newest: int) -> bytes | None:
        """Return the unlocking key when the password is right, else None.

        For an unknown account the same work is done for nothing, under the `newest` version.
        Raises `Unavailable` when the lane is full.
        """
        verifier = account.verifier if account else None
        nobody = Verifier(bytes(_SALT_BYTES), b"", parameters(self.cost), newest)
        shown = self._stretch(password, verifier or nobody)
        if verifier is None or not shown.matches(verifier.check):
            return None
        return shown.unlock

    def set(self, password: str) -> tuple[Verifier, bytes]:
        """Return the verifier of a new password and its unlocking key."""
        # As it is now: another process may have drawn a version since this one started.
        newest = self.secrets.newest(SecretName.PASSWORDS)
        salt = self.entropy.bytes(_SALT_BYTES)
        blank = Verifier(salt, b"", parameters(self.cost), newest)
        shown = self._stretch(password, blank)
        return replace(blank, check=shown.verifier), shown.unlock

    def outdated(self, verifier: Verifier, newest: int) -> bool:
        """Say whether a password was stretched with another cost or version than today's."""
        return (verifier.cost, verifier.version) != (parameters(self.cost), newest)

    def _stretch(self, password: str, verifier: Verifier) -> Stretched:
        key = self.secrets.of(SecretName.PASSWORDS, verifier.version)
        cost = verifier.cost_under(self.cost)
        return self.lane.run(lambda: stretch(password, verifier.salt, key, cost))
