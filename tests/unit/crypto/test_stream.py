from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.stream import CHUNK, decrypt, encrypt
from casework.errors import SealBroken
from tests.unit.crypto.damage import every_damage
from tests.unit.crypto.frozen import Vector, vectors

DEK, FILE, SALT = b"d" * 32, UUID(int=7), b"s" * 32
HEADER, SEALED_CHUNK = 49, CHUNK + 16
LONG = bytes(range(251)) * (2 * CHUNK // 251 + 1)


def cut(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def sealed_file(content: bytes, dek: bytes = DEK, file_id: UUID = FILE) -> bytes:
    return b"".join(encrypt(dek, file_id, SALT, [content]))


def opened(sealed: bytes, dek: bytes = DEK, file_id: UUID = FILE) -> bytes:
    return b"".join(decrypt(dek, file_id, [sealed]))


@pytest.mark.parametrize("case", vectors("file"))
def test_the_file_format_keeps_its_bytes(case: Vector) -> None:
    content = (bytes(range(251)) * (case["size"] // 251 + 1))[: case["size"]]
    dek, file_id = case.raw("dek"), case.id("file_id")
    sealed = b"".join(encrypt(dek, file_id, case.raw("salt"), [content]))
    assert sealed[:80] == case.raw("start")
    assert len(sealed) == case["sealed_size"]
    assert sha256(sealed).digest() == case.raw("digest")
    assert opened(sealed, dek, file_id) == content


@given(st.binary(max_size=400), st.integers(1, 90), st.integers(1, 90))
def test_a_file_does_not_depend_on_how_it_arrives(content: bytes, one: int, two: int) -> None:
    sealed = sealed_file(content)
    assert b"".join(encrypt(DEK, FILE, SALT, cut(content, one))) == sealed
    assert b"".join(decrypt(DEK, FILE, cut(sealed, two))) == content


@pytest.mark.parametrize("size", [CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
def test_sizes_around_a_chunk_come_back(size: int) -> None:
    sealed = b"".join(encrypt(DEK, FILE, SALT, cut(LONG[:size], 300_000)))
    assert b"".join(decrypt(DEK, FILE, cut(sealed, 300_000))) == LONG[:size]


def test_no_spoilt_byte_of_a_file_opens() -> None:
    for spoilt in every_damage(sealed_file(b"a short attachment")):
        with pytest.raises(SealBroken):
            opened(spoilt)


def test_a_file_cut_between_two_chunks_does_not_end_well() -> None:
    sealed = sealed_file(LONG[: 2 * CHUNK])
    for chunks in (0, 1):
        with pytest.raises(SealBroken):
            opened(sealed[: HEADER + chunks * SEALED_CHUNK])


def test_chunks_cannot_be_exchanged_repeated_or_dropped() -> None:
    sealed = sealed_file(LONG[: 2 * CHUNK + 9])
    header, body = sealed[:HEADER], sealed[HEADER:]
    first, second, last = cut(body, SEALED_CHUNK)
    for forged in (
        second + first + last,
        first + first + second + last,
        first + last,
        last,
        first + second + last + last,
    ):
        with pytest.raises(SealBroken):
            opened(header + forged)


def test_a_file_opens_neither_as_another_file_nor_under_another_key() -> None:
    sealed = sealed_file(b"content")
    with pytest.raises(SealBroken):
        opened(sealed, file_id=UUID(int=8))
    with pytest.raises(SealBroken):
        opened(sealed, dek=b"e" * 32)


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_the_salt_of_a_file_is_whole(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        encrypt(DEK, FILE, bytes(size), [])


def test_a_file_is_read_only_as_it_is_asked_for() -> None:
    arrived = []

    def arriving() -> Iterator[bytes]:
        for number in range(5):
            arrived.append(number)
            yield bytes(CHUNK)

    source = encrypt(DEK, FILE, SALT, arriving())
    next(source)
    next(source)
    assert len(arrived) == 2
