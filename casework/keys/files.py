"""A file under a secret of its own, which is sealed as any value of its compartment.

A new epoch moves the secret and leaves the file where it is; without the secret nothing opens.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from casework.crypto import stream
from casework.crypto.padding import frame, unframe
from casework.entropy import Entropy
from casework.errors import SealBroken
from casework.keys.cipher import Opened, Sealer
from casework.keys.values import Withheld

_SECRET: Final = 32


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file as it is stored, and the secret that opens it, which leaves here sealed alone."""

    id: UUID
    pieces: tuple[bytes, ...] = field(repr=False)
    _secret: bytes = field(repr=False)

    def key(self, sealer: Sealer, table: str, column: str) -> bytes:
        """Return the secret sealed for its place: a row that bears the id of the file."""
        return sealer.short(table, column, self.id, self._secret.hex())


def seal_file(file_id: UUID, content: bytes, entropy: Entropy) -> SealedFile:
    """Seal a file. No key of a compartment is needed yet, nor a transaction."""
    secret, salt = entropy.bytes(_SECRET), entropy.bytes(_SECRET)
    pieces = tuple(stream.encrypt(secret, file_id, salt, [frame(content)]))
    return SealedFile(file_id, pieces, secret)


def open_file(
    opened: Opened,
    compartment: UUID,
    cell: tuple[str, str, UUID],
    sealed: bytes,
    pieces: Iterable[bytes],
) -> bytes | Withheld:
    """Return a file whole, or why it stays shut; `cell` is where its secret was sealed.

    Nothing is returned before its end has proved that nothing was taken, moved or added.
    """
    secret = opened.text(compartment, cell, sealed)
    if isinstance(secret, Withheld):
        return secret
    try:
        return unframe(b"".join(stream.decrypt(bytes.fromhex(secret), cell[2], pieces)))
    except (SealBroken, ValueError):
        return Withheld("broken")
