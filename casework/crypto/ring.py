"""The daily way to a compartment: its secret under the ring key of one organisation."""

from casework.crypto.aead import VersionedCipher


class RingKey:
    """Ring entries `01 | nonce 12 | AES-256-GCM(ring key, compartment secret)`.

    `info` is `grant_info(labels.RING, delivery)`, so an entry moved to another organisation,
    compartment or epoch does not open.
    """

    __slots__ = ("_cipher",)

    def __init__(self, raw: bytes) -> None:
        self._cipher = VersionedCipher(raw)

    def wrap(self, secret: bytes, info: bytes, nonce: bytes) -> bytes:
        """Seal a compartment secret under a nonce never used before with this key."""
        return self._cipher.seal(secret, info, nonce)

    def unwrap(self, entry: bytes, info: bytes) -> bytes:
        """Return the compartment secret; SealBroken if anything differs."""
        return self._cipher.open(entry, info)
