"""Secrets of the instance itself: one table, each wrapped by the KEK for its own purpose."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from casework.db.engine import Database, Scope
from casework.entropy import Entropy
from casework.errors import Misconfigured
from casework.keys.models import InstanceSecretRow
from casework.keys.provider import KekProvider


class SecretName(StrEnum):
    """What each secret is for. One purpose, one secret."""

    ACCOUNTS = "accounts"
    CURSORS = "cursors"
    DEVICES = "devices"
    ESCROW = "escrow"
    FORMS = "forms"
    LOG = "log"
    MEMBERS = "members"
    PASSWORDS = "passwords"
    REGISTRAR = "registrar"
    SESSIONS = "sessions"
    REPEATS = "repeats"
    SUBJECTS = "subjects"


class InstanceSecrets:
    """Unwraps each secret once per process."""

    def __init__(self, database: Database, provider: KekProvider, council_id: UUID) -> None:
        """Read the secrets of `council_id` from `database` through `provider`."""
        self._database = database
        self._provider = provider
        self._council_id = council_id
        self._known: dict[SecretName, bytes] = {}

    def of(self, name: SecretName) -> bytes:
        """Return 32 bytes. Raises `Misconfigured` when the instance was not set up."""
        if name not in self._known:
            self._known[name] = self._provider.unwrap(self._wrapped(name), _context(name))
        return self._known[name]

    def _wrapped(self, name: SecretName) -> bytes:
        with self._database.reading(Scope(self._council_id)) as session:
            row = session.get(InstanceSecretRow, (self._council_id, name.value))
            if row is None:
                raise Misconfigured([f"the instance secret {name} is missing"])
            return row.wrapped


def create_secrets(
    session: Session, provider: KekProvider, council_id: UUID, entropy: Entropy
) -> None:
    """Draw every secret of a new council."""
    for name in SecretName:
        wrapped = provider.wrap(entropy.bytes(32), _context(name))
        session.add(InstanceSecretRow(council_id=council_id, name=name.value, wrapped=wrapped))


def _context(name: SecretName) -> bytes:
    return b"casework/instance-secret/v1/" + name.value.encode()
