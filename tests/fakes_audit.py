"""Register keys for tests: the real seals and signatures, under keys made from a fixed seed."""

import hashlib
import hmac
from datetime import datetime
from struct import pack
from uuid import UUID

from casework.audit.checkpoint import origin_of
from casework.audit.ports import RegisterKeys
from casework.crypto.lattice import LatticeKey
from casework.crypto.secretbox import Box
from casework.crypto.signing import SigningKey
from tests.fakes import CountingEntropy


def _derived(council_id: UUID, label: str) -> bytes:
    return hashlib.sha256(f"{label}/{council_id}".encode()).digest()


class MonthlyParts:
    """Seals parts with one key a month; `destroyed` months no longer open."""

    def __init__(self, council_id: UUID) -> None:
        self._council_id = council_id
        self._boxes: dict[str, Box] = {}
        self.destroyed: set[str] = set()

    def seal(self, at: datetime, tag: bytes, seq: int, plaintext: bytes) -> bytes:
        context = self._context(tag, seq)
        nonce = hashlib.sha256(context).digest()[:12]
        return self._box(at).seal(plaintext, context, nonce)

    def open(self, at: datetime, tag: bytes, seq: int, sealed: bytes) -> bytes | None:
        if f"{at:%Y-%m}" in self.destroyed:
            return None
        return self._box(at).open(sealed, self._context(tag, seq))

    def _context(self, tag: bytes, seq: int) -> bytes:
        return self._council_id.bytes + tag + pack(">Q", seq)

    def _box(self, at: datetime) -> Box:
        month = f"{at.year}-{at.month:02}"
        if month not in self._boxes:
            self._boxes[month] = Box(_derived(self._council_id, month))
        return self._boxes[month]


class KeyedTags:
    """Blind tags by HMAC."""

    def __init__(self, council_id: UUID) -> None:
        self._key = _derived(council_id, "tags")

    def tag(self, kind: str, subject_id: UUID) -> bytes:
        message = kind.encode() + subject_id.bytes
        return hmac.digest(self._key, message, "sha256")[:16]


class SeededSigner:
    """An Ed25519 key made from the council's id; another `generation` is another key.

    With `twice` it signs with ML-DSA-44 as well.
    """

    def __init__(self, council_id: UUID, generation: int = 0, *, twice: bool = False) -> None:
        self._key = SigningKey.from_seed(_derived(council_id, f"signer{generation}"))
        self._marking = _derived(council_id, f"marking{generation}")
        second = LatticeKey.from_seed(_derived(council_id, f"second{generation}"))
        self.origin = origin_of(council_id)
        self.public = self._key.public
        self.twice = twice
        self.second = second if twice else None

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    def mark(self, note: str) -> bytes:
        return hmac.digest(self._marking, note.encode(), "sha256")


class SeededKeyring:
    """The keys of any council, the same in every process."""

    def __init__(self) -> None:
        self._made: dict[UUID, RegisterKeys] = {}

    def of(self, council_id: UUID) -> RegisterKeys:
        if council_id not in self._made:
            self._made[council_id] = RegisterKeys(
                MonthlyParts(council_id), KeyedTags(council_id), SeededSigner(council_id)
            )
        return self._made[council_id]


def id_of(name: str) -> UUID:
    """Return an id that is always the same for a name of the invented world."""
    return UUID(bytes=CountingEntropy(int.from_bytes(name.encode())).bytes(16), version=4)
