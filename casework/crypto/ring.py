"""The daily way to a compartment: its secret under the ring key of one organisation."""

from typing import Final
from uuid import UUID

from casework.crypto import labels
from casework.crypto.aead import VersionedCipher
from casework.crypto.encoding import Part, lp_part, u32
from casework.crypto.grant import around_part

_DIGEST: Final = 32
_DIGEST_HEAD: Final = u32(_DIGEST)


class RingKey:
    """Ring entries `01 | nonce 12 | AES-256-GCM(ring key, compartment secret)`.

    `info` is `grant_info(labels.RING, delivery)`, so an entry moved to another organisation,
    compartment or epoch does not open.
    """

    __slots__ = ("_cipher",)

    def __init__(self, raw: bytes) -> None:
        self._cipher = VersionedCipher(raw)

    def at(self, instance: UUID, organisation: UUID, kid: bytes) -> "OwnRing":
        """Return this key held to its organisation: the fast way along many entries."""
        return OwnRing(self._cipher, around_part(labels.RING, instance, organisation, kid))

    def wrap(self, secret: bytes, info: bytes, nonce: bytes) -> bytes:
        """Seal a compartment secret under a nonce never used before with this key."""
        return self._cipher.seal(secret, info, nonce)

    def unwrap(self, entry: bytes, info: bytes) -> bytes:
        """Return the compartment secret; SealBroken if anything differs."""
        return self._cipher.open(entry, info)


class OwnRing:
    """A ring key held to its organisation: all of an entry's place but the part is encoded once."""

    __slots__ = ("_after", "_before", "_open", "_seal")

    def __init__(self, cipher: VersionedCipher, around: tuple[bytes, bytes]) -> None:
        """Made by `RingKey.at`."""
        self._before, self._after = around
        self._open = cipher.open
        self._seal = cipher.seal

    def wrap(self, secret: bytes, part: Part, dek_commit: bytes, nonce: bytes) -> bytes:
        """Seal a compartment secret under a nonce never used before with this key."""
        return self._seal(secret, self._info(lp_part(*part), dek_commit), nonce)

    def unwrap(self, entry: bytes, part: Part, dek_commit: bytes) -> bytes:
        """Return the compartment secret; SealBroken if anything differs."""
        return self._open(entry, self._info(lp_part(*part), dek_commit))

    def unwrap_framed(self, entry: bytes, framed: bytes, dek_commit: bytes) -> bytes:
        """Do the same for a part that is framed already (`lp_part`)."""
        return self._open(entry, self._info(framed, dek_commit))

    def _info(self, framed: bytes, dek_commit: bytes) -> bytes:
        head = _DIGEST_HEAD if len(dek_commit) == _DIGEST else u32(len(dek_commit))
        return self._before + framed + self._after + head + dek_commit
