import pytest

from casework.crypto.passwords import Argon2Cost, stretch
from casework.errors import InvalidInput, Misconfigured
from tests.unit.crypto.frozen import Vector, vectors

SALT, KEY, CHEAP = b"s" * 16, b"k" * 32, Argon2Cost.for_tests()
MINE = stretch("Mot de passe", SALT, KEY, CHEAP)


@pytest.mark.parametrize("case", vectors("password"))
def test_stretched_passwords_keep_their_bytes(case: Vector) -> None:
    cost = Argon2Cost(case["memory_kib"], case["passes"], case["lanes"])
    stretched = stretch(case["password"], case.raw("salt"), case.raw("password_key"), cost)
    assert stretched.verifier == case.raw("verifier")
    assert stretched.unlock == case.raw("unlock")
    assert stretched.matches(case.raw("verifier"))


def test_password_salt_key_and_cost_each_change_both_outputs() -> None:
    others = [
        MINE,
        stretch("Mot de passe ", SALT, KEY, CHEAP),
        stretch("Mot de passe", b"t" * 16, KEY, CHEAP),
        stretch("Mot de passe", SALT, b"l" * 32, CHEAP),
        stretch("Mot de passe", SALT, KEY, Argon2Cost(19 * 1024, 2)),
    ]
    outputs = {each.verifier for each in others} | {each.unlock for each in others}
    assert len(outputs) == 10


def test_a_wrong_password_does_not_match() -> None:
    assert not stretch("mot de passe", SALT, KEY, CHEAP).matches(MINE.verifier)
    assert not MINE.matches(b"")
    assert not MINE.matches(MINE.unlock)


@pytest.mark.parametrize(("one", "same"), [("é", "e\u0301"), ("ﬁn", "fin"), ("Ａ１", "A1")])
def test_the_same_password_typed_on_another_keyboard_matches(one: str, same: str) -> None:
    stored = stretch(one, SALT, KEY, CHEAP).verifier
    assert stretch(same, SALT, KEY, CHEAP).matches(stored)


def test_the_default_cost_is_64_mib_three_passes_one_lane() -> None:
    assert Argon2Cost() == Argon2Cost(memory_kib=65536, passes=3, lanes=1)


@pytest.mark.parametrize(
    ("memory", "passes", "lanes"), [(19455, 2, 1), (65536, 1, 1), (65536, 3, 0)]
)
def test_no_cost_under_the_owasp_minimum_is_accepted(memory: int, passes: int, lanes: int) -> None:
    with pytest.raises(Misconfigured):
        Argon2Cost(memory, passes, lanes)


def test_a_password_with_half_a_surrogate_pair_is_invalid_input() -> None:
    with pytest.raises(InvalidInput) as refusal:
        stretch("mot \ud800", SALT, KEY, CHEAP)
    assert list(refusal.value.fields) == ["password"]


def test_a_short_salt_or_a_short_server_key_stretches_nothing() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        stretch("mot", b"s" * 15, KEY, CHEAP)
    with pytest.raises(ValueError, match="32 bytes"):
        stretch("mot", SALT, b"k" * 31, CHEAP)


def test_a_stretched_password_never_shows_itself() -> None:
    assert MINE.unlock.hex() not in repr(MINE)
    assert repr(MINE.unlock) not in repr(MINE)
