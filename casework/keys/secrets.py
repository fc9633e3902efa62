"""Secrets of the instance itself: one table, each wrapped by the KEK for its own purpose.

A secret that is rotated has versions, each a row: `passwords`, then `passwords.2`.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from casework.db.engine import Database, Scope
from casework.db.types import Id
from casework.entropy import Entropy
from casework.errors import Misconfigured
from casework.keys.kek.provider import KekProvider
from casework.keys.models import InstanceSecretRow

_FIRST: Final = 1


class SecretName(StrEnum):
    """What each secret is for. One purpose, one secret."""

    ACCOUNTS = "accounts"
    CURSORS = "cursors"
    DECOYS = "decoys"
    DEVICES = "devices"
    ESCROW = "escrow"
    FORMS = "forms"
    HOLDERS = "holders"
    LOG = "log"
    MEMBERS = "members"
    PASSWORDS = "passwords"
    REGISTRAR = "registrar"
    SESSIONS = "sessions"
    REPEATS = "repeats"
    SUBJECTS = "subjects"
    LOG_SECOND = "log-second"
    PRESENCE_FOLLOWUP = "presence-followup"
    PRESENCE_FAMILY_COUNCIL = "presence-family-council"
    PRESENCE_REMINDER = "presence-reminder"


class InstanceSecrets:
    """Unwraps each secret once per process."""

    def __init__(self, database: Database, provider: KekProvider, council_id: UUID) -> None:
        """Read the secrets of `council_id` from `database` through `provider`."""
        self._database = database
        self._provider = provider
        self._council_id = council_id
        self._known: dict[str, bytes] = {}

    def of(self, name: SecretName, version: int = _FIRST) -> bytes:
        """Return 32 bytes. Raises `Misconfigured` when the instance was not set up."""
        row = _row_name(name, version)
        if row not in self._known:
            self._known[row] = self._provider.unwrap(self._wrapped(row), secret_context(row))
        return self._known[row]

    def newest(self, name: SecretName) -> int:
        """Return the newest version of a secret, as the database has it now."""
        with self._database.reading(Scope(self._council_id)) as session:
            return newest_version(session, self._council_id, name)

    def draw(self, session: Session, name: SecretName, version: int, entropy: Entropy) -> None:
        """Add a version of a secret. Raises `Conflict` on commit when another was faster."""
        row = _row_name(name, version)
        wrapped = self._provider.wrap(entropy.bytes(32), secret_context(row))
        session.add(InstanceSecretRow(council_id=self._council_id, name=row, wrapped=wrapped))
        session.flush()

    def _wrapped(self, row: str) -> bytes:
        with self._database.reading(Scope(self._council_id)) as session:
            found = session.get(InstanceSecretRow, (self._council_id, row))
            if found is None:
                raise Misconfigured([f"the instance secret {row} is missing"])
            return found.wrapped


# Drawn anew where they are missing: nothing is lost by it. Of any other, a missing one is lost.
_CAME_LATER: Final = (
    SecretName.DECOYS,
    SecretName.ESCROW,
    SecretName.MEMBERS,
    SecretName.HOLDERS,
    SecretName.LOG_SECOND,
    SecretName.PRESENCE_FOLLOWUP,
    SecretName.PRESENCE_FAMILY_COUNCIL,
    SecretName.PRESENCE_REMINDER,
)


def create_secrets(
    session: Session, provider: KekProvider, council_id: UUID, entropy: Entropy
) -> None:
    """Draw every secret of a new council."""
    for name in SecretName:
        _draw(session, provider, (council_id, name), entropy)


def complete_secrets(
    session: Session,
    provider: KekProvider,
    council_id: UUID,
    entropy: Entropy,
    lost: Collection[SecretName] = (),
) -> None:
    """Draw the secrets that a council founded by an older version lacks, but those it had."""
    for name in _CAME_LATER:
        if name in lost:
            continue
        if session.get(InstanceSecretRow, (council_id, name.value)) is None:
            _draw(session, provider, (council_id, name), entropy)


def _draw(
    session: Session, provider: KekProvider, place: tuple[UUID, SecretName], entropy: Entropy
) -> None:
    council_id, name = place
    wrapped = provider.wrap(entropy.bytes(32), secret_context(name.value))
    session.add(InstanceSecretRow(council_id=council_id, name=name.value, wrapped=wrapped))


def versions_of(session: Session, council_id: UUID, name: SecretName) -> list[int]:
    """Return the versions of a secret that are still kept, the oldest first."""
    given = {"council": council_id, "first": name.value, "later": f"{name.value}.%"}
    session.flush()
    rows = session.connection().execute(_VERSIONS, given).scalars()
    return sorted(int(one.partition(".")[2] or _FIRST) for one in rows)


def newest_version(session: Session, council_id: UUID, name: SecretName) -> int:
    """Return the newest version of a secret."""
    return max(versions_of(session, council_id, name), default=_FIRST)


def forget_version(session: Session, council_id: UUID, name: SecretName, version: int) -> None:
    """Remove a version of a secret, for good."""
    row, own = InstanceSecretRow, _row_name(name, version)
    session.execute(delete(row).where(row.council_id == council_id, row.name == own))


def wrapped_secrets(session: Session, council_id: UUID) -> dict[str, bytes]:
    """Return every secret as the KEK wrapped it, by the name of its row."""
    row = InstanceSecretRow
    chosen = select(row.name, row.wrapped).where(row.council_id == council_id).order_by(row.name)
    return dict(session.execute(chosen).all())


def swap_secret(
    session: Session, council_id: UUID, row_name: str, before: bytes, after: bytes
) -> bool:
    """Replace a wrap unless somebody did meanwhile; say whether it was replaced."""
    row = InstanceSecretRow
    chosen = (row.council_id == council_id, row.name == row_name, row.wrapped == before)
    changed = update(row).where(*chosen).values(wrapped=after).returning(row.name)
    return session.execute(changed).first() is not None


def secret_context(row_name: str) -> bytes:
    """Return what the wrap of a row is bound to."""
    return b"casework/instance-secret/v1/" + row_name.encode()


# Built once: it is asked at each sign-in.
_VERSIONS: Final = select(InstanceSecretRow.name).where(
    InstanceSecretRow.council_id == bindparam("council", type_=Id),
    or_(
        InstanceSecretRow.name == bindparam("first"),
        InstanceSecretRow.name.like(bindparam("later")),
    ),
)


def _row_name(name: SecretName, version: int) -> str:
    return name.value if version == _FIRST else f"{name.value}.{version}"
