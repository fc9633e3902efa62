"""Six words for a key: a frozen list, plain to say, and never the same for another key."""

import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from casework.keys import words

FROZEN = "6a24d7338e02b6ce5b666a6dff3198c27432c26050d08ad3bc7d39dcceb6f99d"


def test_the_list_of_words_is_frozen() -> None:
    joined = "\n".join(words.known()) + "\n"
    assert hashlib.sha256(joined.encode()).hexdigest() == FROZEN


def test_the_words_are_plain_short_and_in_order() -> None:
    known = words.known()
    assert len(set(known)) == 2048
    assert list(known) == sorted(known)
    assert [one for one in known if not re.fullmatch(r"[a-z]{4,8}|[a-z]{3}", one)] == []


def test_no_word_is_another_with_a_mute_ending() -> None:
    known = set(words.known())
    assert [one for one in known if {f"{one}e", f"{one}s", f"{one}x"} & known] == []


@given(st.binary(min_size=32, max_size=32))
def test_a_key_has_six_words_of_the_list(public: bytes) -> None:
    said = words.fingerprint(public)
    assert len(said) == 6
    assert set(said) <= set(words.known())


@given(st.binary(min_size=32, max_size=32), st.integers(0, 255))
def test_another_key_has_other_words(public: bytes, bit: int) -> None:
    other = (int.from_bytes(public) ^ 1 << bit).to_bytes(32)
    assert words.fingerprint(public) != words.fingerprint(other)
