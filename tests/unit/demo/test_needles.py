import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.demo.check import needles
from casework.demo.check.needles import any_in


@given(st.binary(max_size=300), st.lists(st.binary(min_size=7, max_size=12), max_size=5), st.data())
def test_it_finds_what_a_plain_search_finds(
    hay: bytes, among: list[bytes], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(hay)))
    for held in (hay, hay[:at] + b"".join(among) + hay[at:]):
        assert any_in(among, held) == any(one in held for one in among)


def test_it_finds_what_stands_across_two_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needles, "_WINDOW", 16)
    for at in range(40):
        hay = bytes(at) + b"Zorbakol" + bytes(40 - at)
        assert any_in([b"Zorbakol"], hay)


def test_a_word_too_short_is_not_looked_for() -> None:
    with pytest.raises(ValueError, match="too short"):
        any_in([b"Dupont"], b"Dupont")
