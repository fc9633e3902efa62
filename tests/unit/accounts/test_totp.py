"""The second factor against the vectors of RFC 6238, its window and its replay."""

from datetime import UTC, datetime, timedelta

import pytest

from casework.accounts.totp import derive_secret, matching_step, provisioning_uri, spelled

SECRET = b"12345678901234567890"
STEP_30 = 30


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_the_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert matching_step(SECRET, code, now, 0) == seconds // STEP_30


def test_a_clock_half_a_minute_off_is_borne_and_no_more() -> None:
    code, shown = "050471", datetime.fromtimestamp(1111111111, UTC)
    for drift in (-30, 0, 30):
        assert matching_step(SECRET, code, shown + timedelta(seconds=drift), 0) is not None
    for drift in (-60, 60):
        assert matching_step(SECRET, code, shown + timedelta(seconds=drift), 0) is None


def test_a_code_is_taken_once_and_never_an_older_one() -> None:
    now = datetime.fromtimestamp(1111111111, UTC)
    step = matching_step(SECRET, "050471", now, 0)
    assert step is not None
    assert matching_step(SECRET, "050471", now, step) is None
    assert matching_step(SECRET, "050471", now, step + 1) is None


@pytest.mark.parametrize("typed", ["050 471", "050\u00a0471", " 050471 "])
def test_spaces_in_a_code_do_not_matter(typed: str) -> None:
    assert matching_step(SECRET, typed, datetime.fromtimestamp(1111111111, UTC), 0) is not None


@pytest.mark.parametrize("typed", ["", "05047", "0504710", "０５０４７１", "\ud800", "abcdef"])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert matching_step(SECRET, typed, datetime.fromtimestamp(1111111111, UTC), 0) is None


def test_the_secret_of_an_activation_depends_on_key_account_and_code() -> None:
    made = {
        derive_secret(bytes(32), b"a" * 16, b"c" * 32),
        derive_secret(b"k" * 32, b"a" * 16, b"c" * 32),
        derive_secret(bytes(32), b"b" * 16, b"c" * 32),
        derive_secret(bytes(32), b"a" * 16, b"d" * 32),
    }
    assert len(made) == 4
    assert {len(secret) for secret in made} == {20}


def test_the_qr_address_names_the_town_and_the_account() -> None:
    uri = provisioning_uri(SECRET, "anne", "Ville")
    assert uri.startswith("otpauth://totp/Ville:anne?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert spelled(SECRET).replace(" ", "") in uri
