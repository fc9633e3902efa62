"""The offline verifier's own Ed25519 against RFC 8032 and against `cryptography`."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.crypto.signing import SigningKey, verify
from casework.errors import SealBroken
from tests.offline import VERIFIER, loaded

OFFLINE = loaded(VERIFIER)
# RFC 8032, 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
            "1cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
            "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
            "984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
SIGNER = SigningKey.from_seed(bytes(range(32)))
KEY = OFFLINE.PublicKey(SIGNER.public)


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_signatures_of_the_rfc_are_good(public: str, message: str, signature: str) -> None:
    key = OFFLINE.PublicKey(bytes.fromhex(public))
    assert key.signed(bytes.fromhex(signature), bytes.fromhex(message))
    assert not key.signed(bytes.fromhex(signature), bytes.fromhex(message) + b"\0")


def by_the_library(signature: bytes, message: bytes) -> bool:
    try:
        verify(SIGNER.public, signature, message)
    except SealBroken:
        return False
    return True


@settings(max_examples=40)
@given(st.binary(max_size=200), st.integers(0, 511))
def test_it_agrees_with_the_library_on_every_flipped_bit(message: bytes, bit: int) -> None:
    good = SIGNER.sign(message)
    flipped = bytearray(good)
    flipped[bit // 8] ^= 1 << bit % 8
    assert KEY.signed(good, message)
    assert not KEY.signed(bytes(flipped), message)
    assert not by_the_library(bytes(flipped), message)


def test_a_signature_has_one_spelling() -> None:
    """A scalar beyond the order of the group would verify again: RFC 8032, 5.1.7."""
    good = SIGNER.sign(b"once")
    scalar = int.from_bytes(good[32:], "little") + OFFLINE.ORDER
    twin = good[:32] + scalar.to_bytes(32, "little")
    assert not KEY.signed(twin, b"once")
    assert not by_the_library(twin, b"once")
    for length in (0, 63, 65):
        assert not KEY.signed((good * 2)[:length], b"once")


SMALL = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
]
NO_POINTS = [
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0200000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "00",
]


@pytest.mark.parametrize("public", [*SMALL, *NO_POINTS])
def test_a_key_that_anybody_could_sign_with_is_no_key(public: str) -> None:
    with pytest.raises(ValueError, match=r"curve|order"):
        OFFLINE.PublicKey(bytes.fromhex(public))
