"""Attachments: a header `01 | file id 16 | salt 32`, then STREAM chunks of 1 MiB.

Each nonce is `counter u64 | 000000 | last`, so a chunk lost, moved or cut off does not open.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.crypto import labels
from casework.crypto.aead import TAG_BYTES, require_key
from casework.crypto.derive import extract
from casework.errors import SealBroken

CHUNK: Final = 1 << 20
"""Bytes of clear text in every chunk but the last."""

_VERSION: Final = b"\x01"
_SALT_BYTES: Final = 32
_SALT_AT: Final = 17
_HEADER: Final = _SALT_AT + _SALT_BYTES


def encrypt(dek: bytes, file_id: UUID, salt: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sealed file. `salt` is 32 bytes never used before."""
    if len(salt) != _SALT_BYTES:
        raise ValueError("the salt of a file is 32 bytes")
    header = _VERSION + file_id.bytes + salt
    return chain([header], _sealed(_file_cipher(dek, header), header, chunks))


def _sealed(cipher: AESGCM, header: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    for nonce, block in _blocks(chunks, CHUNK):
        yield cipher.encrypt(nonce, block, header)


def decrypt(dek: bytes, file_id: UUID, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the clear text of file `file_id`; SealBroken as soon as anything differs.

    What was yielded is authentic, but only the end of the iterator proves it whole.
    """
    source = iter(chunks)
    start = _at_least(_HEADER, source)
    header = start[:_HEADER]
    if header[:_SALT_AT] != _VERSION + file_id.bytes:
        raise SealBroken
    cipher = _file_cipher(dek, header)
    for nonce, block in _blocks(chain([start[_HEADER:]], source), CHUNK + TAG_BYTES):
        try:
            yield cipher.decrypt(nonce, block, header)
        except InvalidTag:
            raise SealBroken from None


def _file_cipher(dek: bytes, header: bytes) -> AESGCM:
    file_id, salt = header[1:_SALT_AT], header[_SALT_AT:]
    return AESGCM(extract(require_key(dek), salt, labels.FILE + file_id))


def _at_least(count: int, source: Iterator[bytes]) -> bytes:
    taken = b""
    while len(taken) < count:
        try:
            taken += next(source)
        except StopIteration:
            raise SealBroken from None
    return taken


def _blocks(chunks: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """Cut into (nonce, block); the last block, full or not, is known only when all is read."""
    waiting, counter = bytearray(), 0
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > size:
            yield _nonce(counter, last=False), bytes(waiting[:size])
            del waiting[:size]
            counter += 1
    yield _nonce(counter, last=True), bytes(waiting)


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(8, "big") + bytes((0, 0, 0, last))
