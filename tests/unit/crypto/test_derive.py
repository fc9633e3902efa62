from uuid import UUID

import pytest

from casework.crypto.derive import (
    commitment,
    committed_field_key,
    data_key,
    expand,
    extract,
    field_key,
    ring_field_key,
)
from casework.crypto.envelope import FieldKey, Place, open_text, seal_text
from casework.crypto.organisation import OrganisationKeys
from casework.crypto.padding import SHORT
from casework.errors import SealBroken
from tests.unit.crypto.frozen import Vector, vectors

SECRET, PEPPER, COMPARTMENT = b"s" * 32, b"p" * 32, UUID(int=3)
RINGS = OrganisationKeys.from_secret(b"o" * 32)


@pytest.mark.parametrize("case", vectors("data_key"))
def test_data_keys_and_commitments_keep_their_bytes(case: Vector) -> None:
    secret, pepper = case.raw("secret"), case.raw("pepper")
    dek = data_key(secret, pepper, case.id("compartment"), case["epoch"])
    assert dek == case.raw("data_key")
    assert commitment(dek) == case.raw("commitment")


def test_expanding_follows_rfc_5869_test_case_1() -> None:
    prk = bytes.fromhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
    okm = expand(prk, bytes.fromhex("f0f1f2f3f4f5f6f7f8f9"), 42)
    assert okm == bytes.fromhex(
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_extracting_follows_rfc_5869_test_case_1() -> None:
    salt, info = bytes.fromhex("000102030405060708090a0b0c"), bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    okm = extract(b"\x0b" * 22, salt, info)
    assert okm.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_secret_pepper_compartment_and_epoch_each_change_the_key() -> None:
    keys = {
        data_key(SECRET, PEPPER, COMPARTMENT, 1),
        data_key(b"t" * 32, PEPPER, COMPARTMENT, 1),
        data_key(SECRET, b"q" * 32, COMPARTMENT, 1),
        data_key(SECRET, PEPPER, UUID(int=4), 1),
        data_key(SECRET, PEPPER, COMPARTMENT, 2),
    }
    assert len(keys) == 5


def test_both_ways_to_a_field_key_open_the_same_values() -> None:
    dek = data_key(SECRET, PEPPER, COMPARTMENT, 4)
    place = Place(UUID(int=1), "persons", "name_sealed", UUID(int=2), COMPARTMENT, 4)
    made = field_key(SECRET, PEPPER, COMPARTMENT, 4)
    sealed = seal_text(made, "Zoé", place, bytes(12), SHORT)
    pinned, ring = commitment(dek), RINGS.ring_of(UUID(int=1), UUID(int=5))
    received = committed_field_key(SECRET, PEPPER, COMPARTMENT, 4, pinned)
    entry = ring.wrap(SECRET, (COMPARTMENT, 4), pinned, bytes(12))
    kept = ring_field_key(ring, entry, (COMPARTMENT, 4), PEPPER, pinned)
    for key in (received, kept, FieldKey(dek, 4)):
        assert open_text(key, sealed, place) == "Zoé"


@pytest.mark.parametrize("wrong", [b"", bytes(32), commitment(bytes(32))])
def test_a_secret_that_is_not_the_committed_one_gives_no_key(wrong: bytes) -> None:
    with pytest.raises(SealBroken):
        committed_field_key(SECRET, PEPPER, COMPARTMENT, 1, wrong)
    ring = RINGS.ring_of(UUID(int=1), UUID(int=5))
    entry = ring.wrap(SECRET, (COMPARTMENT, 1), wrong, bytes(12))
    with pytest.raises(SealBroken):
        ring_field_key(ring, entry, (COMPARTMENT, 1), PEPPER, wrong)


@pytest.mark.parametrize(("secret", "pepper"), [(b"", PEPPER), (SECRET, b""), (SECRET, b"p" * 16)])
def test_no_key_comes_from_half_a_secret_or_half_a_pepper(secret: bytes, pepper: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        data_key(secret, pepper, COMPARTMENT, 1)
