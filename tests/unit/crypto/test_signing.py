import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.signing import SigningKey, verify
from casework.errors import SealBroken
from tests.unit.crypto.damage import every_damage

KEY = SigningKey.from_seed(b"s" * 32)


def test_a_signature_follows_rfc_8032_test_2() -> None:
    key = SigningKey.from_seed(
        bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    )
    assert key.public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert key.sign(b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


@given(st.binary(max_size=300), st.binary(min_size=1, max_size=10))
def test_a_signature_holds_for_its_message_only(message: bytes, more: bytes) -> None:
    signature = KEY.sign(message)
    verify(KEY.public, signature, message)
    with pytest.raises(SealBroken):
        verify(KEY.public, signature, message + more)


def test_no_spoilt_signature_verifies() -> None:
    for spoilt in every_damage(KEY.sign(b"message")):
        with pytest.raises(SealBroken):
            verify(KEY.public, spoilt, b"message")


def test_no_spoilt_public_key_verifies() -> None:
    signature = KEY.sign(b"message")
    for spoilt in every_damage(KEY.public):
        with pytest.raises(SealBroken):
            verify(spoilt, signature, b"message")


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_signing_seed_is_whole(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SigningKey.from_seed(bytes(size))
