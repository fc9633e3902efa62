from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.agreement import AgreementKey, HybridKey
from casework.crypto.hpke import kid, unwrap, wrap
from casework.errors import SealBroken
from tests.unit.crypto.damage import every_cut, every_damage, every_flip
from tests.unit.crypto.frozen import Vector, vectors

SECRET, INFO = b"s" * 32, b"to whom, of what"
FROM_SEED: dict[int, Callable[[bytes], AgreementKey | HybridKey]] = {
    1: AgreementKey.from_seed,
    2: HybridKey.from_seed,
}
SUITES = sorted(FROM_SEED)


@pytest.mark.parametrize("case", vectors("grant"))
def test_a_grant_of_long_ago_still_opens(case: Vector) -> None:
    key = FROM_SEED[case["suite"]](case.raw("seed"))
    assert key.public == case.raw("public")
    assert kid(key.public) == case.raw("kid")
    assert unwrap(case.raw("grant"), key, case.raw("info")) == case.raw("secret")


@given(st.binary(max_size=64), st.binary(max_size=200), st.sampled_from(SUITES))
def test_a_secret_comes_back_to_its_recipient(secret: bytes, info: bytes, suite: int) -> None:
    key = FROM_SEED[suite](b"r" * 32)
    sealed = wrap(secret, key.public, info, suite)
    assert sealed[:18] == bytes((1, suite)) + kid(key.public)
    assert unwrap(sealed, key, info) == secret


def test_an_x25519_grant_has_98_bytes_and_a_hybrid_one_1186() -> None:
    sizes = [len(wrap(SECRET, FROM_SEED[s](b"r" * 32).public, INFO, s)) for s in SUITES]
    assert sizes == [98, 1186]


def test_no_spoilt_byte_of_a_grant_opens() -> None:
    key = AgreementKey.from_seed(b"r" * 32)
    for spoilt in every_damage(wrap(SECRET, key.public, INFO)):
        with pytest.raises(SealBroken):
            unwrap(spoilt, key, INFO)


@pytest.mark.parametrize("spoil", [every_flip, every_cut])
def test_no_spoilt_byte_of_a_hybrid_grant_opens(
    spoil: Callable[[bytes], Iterator[bytes]],
) -> None:
    key = HybridKey.from_seed(b"r" * 32)
    for spoilt in spoil(wrap(SECRET, key.public, INFO, suite=2)):
        with pytest.raises(SealBroken):
            unwrap(spoilt, key, INFO)


@pytest.mark.parametrize("suite", SUITES)
def test_a_grant_opens_neither_for_another_nor_under_other_terms(suite: int) -> None:
    mine, other = (FROM_SEED[suite](seed * 32) for seed in (b"r", b"o"))
    sealed = wrap(SECRET, mine.public, INFO, suite)
    relabelled = sealed[:2] + kid(other.public) + sealed[18:]
    for blob, key, info in (
        (sealed, other, INFO),
        (relabelled, other, INFO),
        (sealed, mine, INFO + b"!"),
        (sealed, mine, b""),
    ):
        with pytest.raises(SealBroken):
            unwrap(blob, key, info)


def test_a_grant_of_one_suite_does_not_open_as_the_other() -> None:
    sealed = wrap(SECRET, AgreementKey.from_seed(b"r" * 32).public, INFO)
    hybrid = HybridKey.from_seed(b"r" * 32)
    for blob in (sealed, bytes((1, 2)) + kid(hybrid.public) + sealed[18:]):
        with pytest.raises(SealBroken):
            unwrap(blob, hybrid, INFO)


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("size", [0, 31, 32, 33, 1184, 1216])
def test_nothing_is_wrapped_for_a_key_nobody_holds(suite: int, size: int) -> None:
    with pytest.raises(SealBroken):
        wrap(SECRET, bytes(size), INFO, suite)


def test_an_unknown_suite_wraps_nothing() -> None:
    with pytest.raises(KeyError):
        wrap(SECRET, AgreementKey.from_seed(b"r" * 32).public, INFO, suite=3)


def test_the_same_secret_wrapped_twice_gives_different_bytes() -> None:
    key = AgreementKey.from_seed(b"r" * 32)
    assert wrap(SECRET, key.public, INFO) != wrap(SECRET, key.public, INFO)
