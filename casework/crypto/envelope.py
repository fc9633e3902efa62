"""A sealed field: `01 | alg | epoch u32 | nonce 12 | ciphertext | tag 16`, bound to its place."""

from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV

from casework.crypto import labels
from casework.crypto.aead import NONCE_BYTES, TAG_BYTES, require_key, require_nonce
from casework.crypto.encoding import lp, lp_part, u32, utf8
from casework.crypto.padding import pad, unpad
from casework.errors import Misconfigured, SealBroken

_VERSION: Final = 1
_ID_BYTES: Final = 16
_NO_ROW: Final = UUID(int=0)
_HEAD: Final = slice(6)
EPOCH: Final = slice(2, 6)
"""Where a sealed value says its epoch, as u32."""

_NONCE: Final = slice(6, 6 + NONCE_BYTES)
_BODY: Final = slice(6 + NONCE_BYTES, None)
OVERHEAD: Final = 6 + NONCE_BYTES + TAG_BYTES
"""Bytes a sealed field adds to its padded plaintext."""

Cipher = AESGCM | AESGCMSIV


class Algorithm(IntEnum):
    """The second byte of a sealed field. Published values never change."""

    AES_GCM = 1
    AES_GCM_SIV = 2


_USUAL: Final = Algorithm.AES_GCM
# By number: to hash a member of an enumeration costs more than to make a key.
_MARKS: Final = tuple(bytes((_VERSION, number)) for number in range(len(Algorithm) + 1))


class Place(NamedTuple):
    """Where a sealed value lives; it opens nowhere else."""

    instance: UUID
    table: str
    column: str
    row: UUID
    compartment: UUID
    epoch: int


def associated_data(place: Place) -> bytes:
    """Encode the place, authenticated with every sealed field."""
    before, after = _around_row(place)
    return before + place.row.bytes + after


def _around_row(place: Place) -> tuple[bytes, bytes]:
    # Only the row varies along a column: what frames it is built once per column.
    before = _before_row(place.instance.int, place.table, place.column)
    return before, lp_part(place.compartment, place.epoch)


@lru_cache
def _before_row(instance: int, table: str, column: str) -> bytes:
    # The same for a column of every compartment: a list opens fifty of them.
    names = table.encode("ascii"), column.encode("ascii")
    return lp(labels.FIELD, instance.to_bytes(16), *names) + u32(_ID_BYTES)


def _cipher(raw: bytes, algorithm: Algorithm) -> Cipher:
    if algorithm is _USUAL:
        return AESGCM(raw)
    try:
        return AESGCMSIV(raw)
    except UnsupportedAlgorithm:
        fault = "La bibliothèque OpenSSL de ce serveur n’offre pas AES-GCM-SIV."
        raise Misconfigured([fault]) from None


class FieldKey:
    """The data key of one epoch of one compartment. Seals with `algorithm`, opens all of them."""

    __slots__ = ("_cipher", "_head", "_raw", "epoch")

    def __init__(self, raw: bytes, epoch: int, algorithm: Algorithm = _USUAL) -> None:
        self._cipher = _cipher(require_key(raw), algorithm)
        self.epoch: Final = epoch
        self._raw = raw
        self._head = _MARKS[algorithm] + epoch.to_bytes(4)

    def at(self, instance: UUID, table: str, column: str, compartment: UUID) -> "ColumnKey":
        """Return this key held to one column of one compartment: the fast way along many rows."""
        return ColumnKey(self, Place(instance, table, column, _NO_ROW, compartment, self.epoch))

    def seal(self, plaintext: bytes, place: Place, nonce: bytes) -> bytes:
        """Seal `plaintext`, already padded, under a nonce never used before with this key."""
        return ColumnKey(self, place).seal(plaintext, place.row, nonce)

    def open(self, sealed: bytes, place: Place) -> bytes:
        """Return the padded plaintext; SealBroken if place, key or bytes differ."""
        return ColumnKey(self, place).open(sealed, place.row)

    def seal_bound(self, plaintext: bytes, associated: bytes, nonce: bytes) -> bytes:
        """Seal to an encoded place."""
        return (
            self._head + nonce + self._cipher.encrypt(require_nonce(nonce), plaintext, associated)
        )

    def open_bound(self, sealed: bytes, associated: bytes) -> bytes:
        """Open from an encoded place; SealBroken if anything differs."""
        ours = sealed[_HEAD] == self._head
        cipher = self._cipher if ours else self._cipher_of(sealed)
        try:
            return cipher.decrypt(sealed[_NONCE], sealed[_BODY], associated)
        except (InvalidTag, ValueError):  # ValueError: cut off within the nonce
            raise SealBroken from None

    def _cipher_of(self, sealed: bytes) -> Cipher:
        # Same version and epoch, another known algorithm: a value from before a change of it.
        known = {_MARKS[each] + self._head[2:]: each for each in Algorithm}
        algorithm = known.get(sealed[_HEAD])
        if algorithm is None:
            raise SealBroken
        return _cipher(self._raw, algorithm)


class CompartmentKey:
    """A field key held to its compartment: the way to many columns of few rows."""

    __slots__ = ("_after", "_instance", "_open")

    def __init__(self, key: FieldKey, instance: UUID, compartment: UUID) -> None:
        self._instance = instance.int
        self._after = lp_part(compartment, key.epoch)
        self._open = key.open_bound

    def open_text(self, sealed: bytes, table: str, column: str, row: UUID) -> str:
        """Return the text, whatever its step; SealBroken if anything differs."""
        before = _before_row(self._instance, table, column)
        return _text(self._open(sealed, before + row.int.to_bytes(16) + self._after))


class ColumnKey:
    """A field key held to one column: all of the place but the row is encoded once.

    `row.int.to_bytes(16)` is `row.bytes` without its call: this runs for every value shown.
    """

    __slots__ = ("_after", "_before", "_open", "_seal")

    def __init__(self, key: FieldKey, place: Place) -> None:
        if place.epoch != key.epoch:
            raise SealBroken
        self._before, self._after = _around_row(place)
        self._seal = key.seal_bound
        self._open = key.open_bound

    def seal(self, plaintext: bytes, row: UUID, nonce: bytes) -> bytes:
        """Seal `plaintext`, already padded, under a nonce never used before with this key."""
        return self._seal(plaintext, self._before + row.int.to_bytes(16) + self._after, nonce)

    def open(self, sealed: bytes, row: UUID) -> bytes:
        """Return the padded plaintext; SealBroken if row, column, key or bytes differ."""
        return self._open(sealed, self._before + row.int.to_bytes(16) + self._after)

    def seal_text(self, text: str, row: UUID, nonce: bytes, step: int) -> bytes:
        """Encode, pad to `step` and seal; InvalidInput for half a surrogate pair."""
        padded = pad(utf8(text), step)
        return self._seal(padded, self._before + row.int.to_bytes(16) + self._after, nonce)

    def open_text(self, sealed: bytes, row: UUID) -> str:
        """Return the text, whatever its step; SealBroken if anything differs."""
        return _text(self._open(sealed, self._before + row.int.to_bytes(16) + self._after))


def _text(padded: bytes) -> str:
    plaintext = unpad(padded)
    try:
        return plaintext.decode()
    except UnicodeDecodeError:
        pass  # raised below instead: the library's error carries the plaintext with it
    raise SealBroken


def seal_text(key: FieldKey, text: str, place: Place, nonce: bytes, step: int) -> bytes:
    """Seal one text as `ColumnKey.seal_text`, for a single row."""
    return ColumnKey(key, place).seal_text(text, place.row, nonce, step)


def open_text(key: FieldKey, sealed: bytes, place: Place) -> str:
    """Open one text as `ColumnKey.open_text`, for a single row."""
    return ColumnKey(key, place).open_text(sealed, place.row)
