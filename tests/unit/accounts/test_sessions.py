"""Web sessions as values, and the seal of a seed under a cookie."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.accounts.sessions import (
    CookieNames,
    Limits,
    Stage,
    StoredSession,
    cookie_of,
    key_of,
    secret_of,
    tag_of,
)
from casework.errors import SealBroken
from casework.identity import Reason
from casework.keys.session_seal import open_in_session, seal_for_session
from tests.fakes import CountingEntropy

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SECRET, OTHER = bytes(range(32)), bytes(32)
MEMBER, SOMEBODY = UUID(int=1), UUID(int=2)
SEED = b"s" * 32


def stored(stage: Stage = Stage.OPEN) -> StoredSession:
    return StoredSession(key_of(SECRET), UUID(int=3), MEMBER, stage, Reason.DUTY, NOW, NOW)


def test_a_seed_opens_with_its_cookie_and_for_its_member_only() -> None:
    sealed = seal_for_session(SECRET, MEMBER, SEED, CountingEntropy())
    assert open_in_session(SECRET, MEMBER, sealed) == SEED
    for secret, member in ((OTHER, MEMBER), (SECRET, SOMEBODY), (key_of(SECRET), MEMBER)):
        with pytest.raises(SealBroken):
            open_in_session(secret, member, sealed)


def test_every_byte_of_a_sealed_seed_counts() -> None:
    sealed = seal_for_session(SECRET, MEMBER, SEED, CountingEntropy())
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(SealBroken):
            open_in_session(SECRET, MEMBER, bytes(altered))


def test_the_key_of_a_row_is_frozen() -> None:
    assert key_of(SECRET).hex() == (
        "468f2317926ca1377e50ff604399406d72a8e36cb37251936c8a1879e03e3b89"
    )
    assert tag_of(key_of(SECRET)) == key_of(SECRET).hex()[:16]


@given(st.binary(min_size=32, max_size=32))
def test_a_cookie_gives_its_secret_back(secret: bytes) -> None:
    assert secret_of(cookie_of(secret)) == secret


@pytest.mark.parametrize("text", [None, "", "é", "A", "A" * 42, "A" * 44, "A" * 4000, "\ud800"])
def test_what_is_no_cookie_of_ours_leads_nowhere(text: str | None) -> None:
    assert secret_of(text) is None


def test_a_session_ends_by_idleness_and_by_age() -> None:
    limits = Limits()
    assert not stored().over(limits, NOW + timedelta(minutes=19, seconds=59))
    assert stored().over(limits, NOW + timedelta(minutes=20))
    seen = replace(stored(), seen_at=NOW + timedelta(hours=9, minutes=59))
    assert not seen.over(limits, NOW + timedelta(hours=9, minutes=59))
    assert seen.over(limits, NOW + timedelta(hours=10))


def test_a_locked_session_waits_for_its_owner_but_not_for_ever() -> None:
    locked = stored().locked(key_of(OTHER))
    assert (locked.stage, locked.seed_sealed, locked.verified_at) == (Stage.LOCKED, None, None)
    assert not locked.over(Limits(), NOW + timedelta(hours=9))
    assert locked.over(Limits(), NOW + timedelta(hours=10))


def test_half_a_session_has_five_minutes() -> None:
    assert not stored(Stage.HALF).over(Limits(), NOW + timedelta(minutes=4, seconds=59))
    assert stored(Stage.HALF).over(Limits(), NOW + timedelta(minutes=5))


def test_the_names_of_cookies_bind_them_to_this_host() -> None:
    assert CookieNames(secure=True).session == "__Host-cw"
    assert CookieNames(secure=True).device == "__Host-cw-device"


def test_a_session_never_shows_its_keys() -> None:
    shown = repr(replace(stored(), seed_sealed=b"sealed bytes"))
    assert "sealed bytes" not in shown
