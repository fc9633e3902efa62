from dataclasses import replace
from uuid import UUID

import pytest

from casework.errors import SealBroken
from casework.keys import seals
from casework.keys.values import Acting
from tests.fakes import CountingEntropy

COUNCIL, BODY, MEMBER, OTHER = (UUID(int=n) for n in range(1, 5))
ACTING = Acting(COUNCIL, BODY, MEMBER)
SECRET = bytes(range(32))
HOLDER = seals.member_holder(MEMBER)
OWN = seals.agreement_of(b"\x01" * 32)


def test_a_holder_opens_what_was_sealed_to_them() -> None:
    sealed = seals.seal_to_holder(ACTING, 3, HOLDER, OWN.public, SECRET)
    assert sealed[:6] == b"\x01\x02\x00\x00\x00\x03"
    assert seals.open_as_holder(ACTING, 3, HOLDER, OWN, sealed) == SECRET


@pytest.mark.parametrize(
    ("acting", "version", "holder", "seed"),
    [
        (replace(ACTING, organisation_id=OTHER), 3, HOLDER, b"\x01"),
        (replace(ACTING, council_id=OTHER), 3, HOLDER, b"\x01"),
        (ACTING, 4, HOLDER, b"\x01"),
        (ACTING, 3, seals.member_holder(OTHER), b"\x01"),
        (ACTING, 3, HOLDER, b"\x02"),
    ],
)
def test_a_seal_opens_for_its_holder_in_its_place_alone(
    acting: Acting, version: int, holder: str, seed: bytes
) -> None:
    sealed = seals.seal_to_holder(ACTING, 3, HOLDER, OWN.public, SECRET)
    with pytest.raises(SealBroken):
        seals.open_as_holder(acting, version, holder, seals.agreement_of(seed * 32), sealed)


def test_no_spoilt_byte_of_a_seal_opens() -> None:
    sealed = seals.seal_to_holder(ACTING, 3, HOLDER, OWN.public, SECRET)
    for at in range(len(sealed)):
        spoilt = sealed[:at] + bytes((sealed[at] ^ 1,)) + sealed[at + 1 :]
        with pytest.raises(SealBroken):
            seals.open_as_holder(ACTING, 3, HOLDER, OWN, spoilt)


def test_a_pin_changes_with_secret_place_holder_and_key() -> None:
    public = CountingEntropy().bytes(32)
    pins = {
        seals.pin_of(SECRET, ACTING, HOLDER, public),
        seals.pin_of(bytes(32), ACTING, HOLDER, public),
        seals.pin_of(SECRET, replace(ACTING, organisation_id=OTHER), HOLDER, public),
        seals.pin_of(SECRET, ACTING, seals.member_holder(OTHER), public),
        seals.pin_of(SECRET, ACTING, HOLDER, bytes(32)),
    }
    assert len(pins) == 5


def test_the_bytes_of_a_pin_and_of_a_members_key_keep_their_value() -> None:
    assert OWN.public.hex() == "ee7aec96b95757b18d3c98b548d573ae8f97362efb6545dfb07e65f3de9e4913"
    assert (
        seals.pin_of(SECRET, ACTING, HOLDER, bytes(32)).hex()
        == "0e923fb9b4f4daffa1bd9e8baaec1a52b21c39dc7ecee8acf1756c82f6f73ac0"
    )
