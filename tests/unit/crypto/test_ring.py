from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto import labels
from casework.crypto.encoding import Part
from casework.crypto.grant import Delivery, grant_info
from casework.crypto.organisation import OrganisationKeys
from casework.crypto.ring import OwnRing, RingKey
from casework.errors import SealBroken
from tests.unit.crypto.damage import every_damage
from tests.unit.crypto.frozen import Vector, vectors

SECRET, NONCE = b"s" * 32, bytes(range(12))
MINE, OTHER = (OrganisationKeys.from_secret(seed * 32) for seed in (b"m", b"o"))
DELIVERY = Delivery(UUID(int=1), UUID(int=2), 3, UUID(int=4), MINE.kid, b"c" * 32)
INFO = grant_info(labels.RING, DELIVERY)


@pytest.mark.parametrize("case", vectors("ring"))
def test_the_ring_format_keeps_its_bytes(case: Vector) -> None:
    keys = OrganisationKeys.from_secret(case.raw("organisation_secret"))
    instance, compartment = case.id("instance"), case.id("compartment")
    organisation, commit = case.id("organisation"), case.raw("dek_commit")
    delivery = Delivery(instance, compartment, case["epoch"], organisation, keys.kid, commit)
    info = grant_info(labels.RING, delivery)
    assert info == case.raw("info")
    assert keys.ring.wrap(case.raw("secret"), info, case.raw("nonce")) == case.raw("entry")
    assert keys.ring.unwrap(case.raw("entry"), info) == case.raw("secret")
    own, part = keys.ring_of(instance, organisation), (compartment, case["epoch"])
    assert own.wrap(case.raw("secret"), part, commit, case.raw("nonce")) == case.raw("entry")
    assert own.unwrap(case.raw("entry"), part, commit) == case.raw("secret")


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.binary(max_size=64))
def test_a_secret_comes_back_from_the_ring(raw: bytes, info: bytes, secret: bytes) -> None:
    ring = RingKey(raw)
    assert ring.unwrap(ring.wrap(secret, info, NONCE), info) == secret


def test_a_ring_from_another_organisation_does_not_open() -> None:
    with pytest.raises(SealBroken):
        OTHER.ring.unwrap(MINE.ring.wrap(SECRET, INFO, NONCE), INFO)


@pytest.mark.parametrize(
    "delivery",
    [
        DELIVERY._replace(instance=UUID(int=9)),
        DELIVERY._replace(compartment=UUID(int=9)),
        DELIVERY._replace(epoch=4),
        DELIVERY._replace(organisation=UUID(int=9)),
        DELIVERY._replace(kid=OTHER.kid),
        DELIVERY._replace(dek_commit=b"x" * 32),
    ],
)
def test_a_ring_entry_opens_for_no_other_delivery(delivery: Delivery) -> None:
    entry = MINE.ring.wrap(SECRET, INFO, NONCE)
    with pytest.raises(SealBroken):
        MINE.ring.unwrap(entry, grant_info(labels.RING, delivery))


@pytest.mark.parametrize(
    ("own", "part", "pinned"),
    [
        (MINE.ring_of(UUID(int=9), UUID(int=4)), (UUID(int=2), 3), b"c" * 32),
        (MINE.ring_of(UUID(int=1), UUID(int=9)), (UUID(int=2), 3), b"c" * 32),
        (OTHER.ring_of(UUID(int=1), UUID(int=4)), (UUID(int=2), 3), b"c" * 32),
        (MINE.ring_of(UUID(int=1), UUID(int=4)), (UUID(int=9), 3), b"c" * 32),
        (MINE.ring_of(UUID(int=1), UUID(int=4)), (UUID(int=2), 4), b"c" * 32),
        (MINE.ring_of(UUID(int=1), UUID(int=4)), (UUID(int=2), 3), b"x" * 32),
    ],
)
def test_the_fast_way_refuses_what_the_plain_one_refuses(
    own: OwnRing, part: Part, pinned: bytes
) -> None:
    with pytest.raises(SealBroken):
        own.unwrap(MINE.ring.wrap(SECRET, INFO, NONCE), part, pinned)


def test_a_ring_entry_is_not_a_grant() -> None:
    entry = MINE.ring.wrap(SECRET, INFO, NONCE)
    with pytest.raises(SealBroken):
        MINE.ring.unwrap(entry, grant_info(labels.GRANT, DELIVERY))


def test_no_spoilt_byte_of_a_ring_entry_opens() -> None:
    for spoilt in every_damage(MINE.ring.wrap(SECRET, INFO, NONCE)):
        with pytest.raises(SealBroken):
            MINE.ring.unwrap(spoilt, INFO)


@pytest.mark.parametrize("size", [0, 8, 11, 13])
def test_a_ring_takes_only_nonces_of_twelve_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="12 bytes"):
        MINE.ring.wrap(SECRET, INFO, bytes(size))
