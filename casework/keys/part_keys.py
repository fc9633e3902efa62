"""The register's own secrets: monthly part keys, subject tags, and the key that signs it."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final
from uuid import UUID

from casework.audit.checkpoint import origin_of
from casework.audit.leaf import PARTS
from casework.audit.ports import RegisterKeys
from casework.crypto.derive import expand
from casework.crypto.encoding import lp
from casework.crypto.lattice import LatticeKey
from casework.crypto.secretbox import Box
from casework.crypto.signing import SigningKey
from casework.entropy import Entropy
from casework.errors import Misconfigured
from casework.keys.keystore import KeyStore
from casework.keys.secrets import InstanceSecrets, SecretName

_TAG_LENGTH = 16
_KNOWN = 4096
_MARK: Final = b"casework/audit/note/v1"


@dataclass(frozen=True, slots=True)
class MonthlyParts:
    """Seals parts of leaves under the key of their calendar month, kept beside the peppers.

    Deleting a month's key ends its parts in every backup too; the leaves still verify.
    """

    keystore: KeyStore
    council_id: UUID
    entropy: Entropy
    _boxes: dict[int, Box] = field(default_factory=dict)

    def seal(self, at: datetime, tag: bytes, seq: int, plaintext: bytes) -> bytes:
        """Return one part of leaf `seq`, sealed."""
        box = self._box(month_of(at)) or self._new_box(month_of(at))
        return box.seal(plaintext, _context(tag, seq), self.entropy.bytes(12))

    def open(self, at: datetime, tag: bytes, seq: int, sealed: bytes) -> bytes | None:
        """Return the part, or None when its month is over for good.

        Raises `SealBroken` for a part of another leaf.
        """
        box = self._box(month_of(at))
        return None if box is None else box.open(sealed, _context(tag, seq))

    def _box(self, month: int) -> Box | None:
        if month not in self._boxes:
            secret = self.keystore.part_key(self.council_id, month)
            if secret is None:
                return None
            self._boxes[month] = Box(secret)
        return self._boxes[month]

    def _new_box(self, month: int) -> Box:
        secret = self.keystore.keep_part_key(self.council_id, month, self.entropy.bytes(32))
        self._boxes[month] = Box(secret)
        return self._boxes[month]


def month_of(at: datetime) -> int:
    """Return 202611 for any moment of November 2026 (UTC)."""
    return at.year * 100 + at.month


def _context(tag: bytes, seq: int) -> bytes:
    return (_FRAMED.get(tag) or _framed(tag)) + lp(seq.to_bytes(8, "big"))


def _framed(tag: bytes) -> bytes:
    return lp(b"casework/audit/part/v1", tag)


# What frames the parts of leaves, framed once: a verification opens each of them.
_FRAMED: Final = {tag: _framed(tag) for tag in PARTS}


class KeyedTags:
    """Names a case or a member in the register's index without showing which."""

    def __init__(self, secrets: InstanceSecrets) -> None:
        """Unwrap the key once: a list is found by fifty cases."""
        self._key = secrets.of(SecretName.SUBJECTS)
        self._known = lru_cache(_KNOWN)(self._computed)

    def tag(self, kind: str, subject_id: UUID) -> bytes:
        """Return sixteen bytes for (kind, id), the same each time."""
        return self._known(kind, subject_id)

    def _computed(self, kind: str, subject_id: UUID) -> bytes:
        message = lp(b"casework/audit/subject/v1", kind.encode(), subject_id.bytes)
        return hmac.digest(self._key, message, "sha256")[:_TAG_LENGTH]


class LogKey:
    """Signs checkpoints of one council's register."""

    def __init__(self, secrets: InstanceSecrets, council_id: UUID, *, twice: bool) -> None:
        """Unwrap the signing key once; raise `Misconfigured` without a second one to sign with."""
        self._secrets = secrets
        seed = secrets.of(SecretName.LOG)
        self._key, self._marking = SigningKey.from_seed(seed), expand(seed, _MARK)
        self.origin = origin_of(council_id)
        self.public = self._key.public
        self.twice = twice
        if twice and self.second is None:
            raise Misconfigured(["the second key of the register is missing: casework db upgrade"])

    @cached_property
    def second(self) -> LatticeKey | None:
        """The key of second lines; None for a council founded before there was one."""
        try:
            return LatticeKey.from_seed(self._secrets.of(SecretName.LOG_SECOND))
        except Misconfigured:
            return None

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of `message`."""
        return self._key.sign(message)

    def mark(self, note: str) -> bytes:
        """Return what tells a note signed here from all others: 32 bytes."""
        return hmac.digest(self._marking, note.encode(), "sha256")


class CouncilRegisterKeys:
    """The keys of the one council of an instance, made once per process."""

    def __init__(
        self,
        keystore: KeyStore,
        secrets: InstanceSecrets,
        council_id: UUID,
        entropy: Entropy,
        *,
        twice: bool = False,
    ) -> None:
        """Unwrap what the register of `council_id` needs; `twice` says how it is signed."""
        self._council_id = council_id
        self._keys = RegisterKeys(
            parts=MonthlyParts(keystore, council_id, entropy),
            tags=KeyedTags(secrets),
            signer=LogKey(secrets, council_id, twice=twice),
        )

    def of(self, council_id: UUID) -> RegisterKeys:
        """Return them. Raises `Misconfigured` for a council this instance does not serve."""
        if council_id != self._council_id:
            raise Misconfigured(["this instance serves another council"])
        return self._keys
