import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.web.plain_text import tidy


def test_one_sentence_has_one_form() -> None:
    assert tidy("  Cafe\u0301\u00a0noir\t ") == "Café noir"
    assert tidy("un\r\ndeux\rtrois\n", lines=True) == "un\ndeux\ntrois"
    assert tidy("so\u00adigner\u200b\ufeff") == "soigner"


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\ud800", "\u202e", "\u2066", chr(0xFFFD), "\x85\x07"]
)
def test_what_cannot_be_written_is_refused(sign: str) -> None:
    with pytest.raises(ValueError, match="unwritable"):
        tidy(f"a{sign}b", lines=True)


@given(st.text(st.characters(codec="utf-8")), st.booleans())
def test_tidying_twice_changes_nothing(text: str, lines: bool) -> None:
    try:
        once = tidy(text, lines=lines)
    except ValueError:
        return
    assert tidy(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()
