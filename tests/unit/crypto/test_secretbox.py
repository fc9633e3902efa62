import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.ring import RingKey
from casework.crypto.secretbox import Box
from casework.errors import SealBroken
from tests.unit.crypto.damage import every_damage
from tests.unit.crypto.frozen import Vector, vectors

RAW, NONCE = bytes(range(32)), bytes(range(12))


@pytest.mark.parametrize("case", vectors("box"))
def test_the_box_format_keeps_its_bytes(case: Vector) -> None:
    box, context, sealed = Box(case.raw("raw")), case.raw("context"), case.raw("sealed")
    assert box.seal(case.raw("plaintext"), context, case.raw("nonce")) == sealed
    assert box.open(sealed, context) == case.raw("plaintext")


@given(st.binary(max_size=300), st.binary(max_size=60))
def test_a_boxed_secret_comes_back_in_its_context(plaintext: bytes, context: bytes) -> None:
    sealed = Box(RAW).seal(plaintext, context, NONCE)
    assert Box(RAW).open(sealed, context) == plaintext
    with pytest.raises(SealBroken):
        Box(RAW).open(sealed, context + b"!")


def test_no_spoilt_byte_of_a_box_opens() -> None:
    for spoilt in every_damage(Box(RAW).seal(b"secret", b"context", NONCE)):
        with pytest.raises(SealBroken):
            Box(RAW).open(spoilt, b"context")


def test_another_key_opens_no_box() -> None:
    with pytest.raises(SealBroken):
        Box(bytes(32)).open(Box(RAW).seal(b"secret", b"context", NONCE), b"context")


def test_a_box_is_not_a_ring_entry_even_under_the_same_key() -> None:
    with pytest.raises(SealBroken):
        RingKey(RAW).unwrap(Box(RAW).seal(b"secret", b"context", NONCE), b"context")


@pytest.mark.parametrize("size", [0, 8, 11, 13])
def test_a_box_takes_only_nonces_of_twelve_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="12 bytes"):
        Box(RAW).seal(b"", b"", bytes(size))
