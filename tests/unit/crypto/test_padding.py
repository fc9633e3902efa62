import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.padding import FILE, SHORT, TEXT, frame, pad, unframe, unpad
from casework.errors import SealBroken
from tests.unit.crypto.frozen import Vector, vectors

steps = st.sampled_from([SHORT, TEXT])


@pytest.mark.parametrize("case", vectors("padding"))
def test_padding_keeps_its_bytes(case: Vector) -> None:
    assert pad(case.raw("plaintext"), case["step"]) == case.raw("padded")
    assert unpad(case.raw("padded")) == case.raw("plaintext")


@pytest.mark.parametrize("step", [SHORT, TEXT])
def test_every_length_comes_back(step: int) -> None:
    for size in range(2 * step + 2):
        plaintext = b"\x80" * size
        assert unpad(pad(plaintext, step)) == plaintext


@given(st.binary(max_size=600), steps)
def test_a_padded_length_tells_only_a_number_of_steps(plaintext: bytes, step: int) -> None:
    padded = pad(plaintext, step)
    assert len(padded) == (len(plaintext) // step + 1) * step
    assert unpad(padded) == plaintext


@pytest.mark.parametrize(
    "malformed",
    [
        b"",
        b"\x80",
        b"a" * 31 + b"\x80\0",
        b"\0" * 32,
        b"a" * 32,
        b"a" * 30 + b"\x80\x01",
        b"\x80" + b"\0" * 287,
        b"a" * 31 + b"\x81",
    ],
)
def test_malformed_padding_is_never_returned_raw(malformed: bytes) -> None:
    with pytest.raises(SealBroken):
        unpad(malformed)


@given(st.binary(max_size=600))
def test_what_unpads_was_padded_by_us(padded: bytes) -> None:
    try:
        plaintext = unpad(padded)
    except SealBroken:
        return
    assert padded in {pad(plaintext, SHORT), pad(plaintext, TEXT)}


def test_only_our_two_steps_exist() -> None:
    with pytest.raises(KeyError):
        pad(b"", 16)


def test_a_framed_file_keeps_its_bytes() -> None:
    assert frame(b"abc") == bytes(7) + b"\x03abc" + bytes(FILE - 11)


@pytest.mark.parametrize("size", [0, 1, FILE - 9, FILE - 8, FILE - 7, 3 * FILE])
def test_a_framed_length_tells_only_a_number_of_steps(size: int) -> None:
    framed = frame(b"\xff" * size)
    assert len(framed) % FILE == 0
    assert size < len(framed) <= size + 8 + FILE
    assert unframe(framed) == b"\xff" * size


@pytest.mark.parametrize(
    "malformed",
    [
        b"",
        bytes(8),
        frame(b"abc")[:-1],
        frame(b"abc") + bytes(FILE),
        frame(b"abc")[:-1] + b"\x01",
        b"\xff" * FILE,
    ],
)
def test_a_malformed_frame_is_never_returned_raw(malformed: bytes) -> None:
    with pytest.raises(SealBroken):
        unframe(malformed)
