"""What is copied from paper: any pen, any hyphens, and no typing error unnoticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import InvalidInput
from casework.keys.recovery import spelling

SECRETS = st.binary(min_size=20, max_size=20)


@given(SECRETS)
def test_what_is_spelled_is_read_back(secret: bytes) -> None:
    text = spelling.spelled(secret)
    assert [len(group) for group in text.split("-")] == [4] * 9
    assert spelling.read(text.lower().replace("-", " "), "card") == secret


@given(SECRETS, st.integers(0, 35), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_sign_is_found(secret: bytes, at: int, sign: str) -> None:
    text = spelling.spelled(secret).replace("-", "")
    if text[at] != sign:
        with pytest.raises(InvalidInput):
            spelling.read(text[:at] + sign + text[at + 1 :], "card")


def test_two_groups_exchanged_are_found() -> None:
    groups = spelling.spelled(bytes(range(20))).split("-")
    with pytest.raises(InvalidInput):
        spelling.read("".join([groups[1], groups[0], *groups[2:]]), "card")


def test_figures_that_look_like_letters_are_read_as_letters() -> None:
    text = spelling.spelled(bytes.fromhex("0b9c8e20d1" * 4))
    figures = text.translate(str.maketrans("OIB", "018"))
    assert figures != text
    assert spelling.read(figures, "card") == bytes.fromhex("0b9c8e20d1" * 4)


@pytest.mark.parametrize("typed", ["", "AAAA", "é" * 36, "A" * 400, "9" * 36, "AAAA-" * 9])
def test_anything_else_is_misspelt(typed: str) -> None:
    with pytest.raises(InvalidInput):
        spelling.read(typed, "card")
