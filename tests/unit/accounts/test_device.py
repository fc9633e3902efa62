"""The cookie of a known device."""

from casework.accounts.device import DeviceCookies
from tests.fakes import CountingEntropy

COOKIES = DeviceCookies(bytes(32))


def test_a_device_is_known_for_the_account_it_signed_in_as() -> None:
    cookie = COOKIES.issue("anne", CountingEntropy())
    assert COOKIES.device_of(cookie, "anne") is not None
    assert COOKIES.device_of(cookie, "paul") is None
    assert DeviceCookies(b"k" * 32).device_of(cookie, "anne") is None


def test_each_browser_has_its_own_name() -> None:
    entropy = CountingEntropy()
    names = {COOKIES.device_of(COOKIES.issue("anne", entropy), "anne") for _ in range(3)}
    assert len(names) == 3


def test_a_cookie_that_is_none_names_no_device() -> None:
    for cookie in (None, "", "é", "AAAA", "A" * 64, "\ud800"):
        assert COOKIES.device_of(cookie, "anne") is None
