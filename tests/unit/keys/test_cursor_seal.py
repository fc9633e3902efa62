import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import SealBroken
from casework.keys.cursor_seal import CursorSeal
from tests.fakes import CountingEntropy

BOUND = ("member", "/api/v1/cases", "state=followed")
SEAL = CursorSeal(bytes(32), CountingEntropy())


@given(st.text(st.characters(codec="utf-8")))
def test_a_place_comes_back_for_its_own_list(place: str) -> None:
    cursor = SEAL.seal(place, BOUND)
    assert SEAL.open(cursor, BOUND) == place
    assert cursor.isascii()


@pytest.mark.parametrize(
    "other",
    [
        ("another", *BOUND[1:]),
        (BOUND[0], "/api/v1/actions", BOUND[2]),
        (*BOUND[:2], "state=closed"),
        BOUND[:2],
        ("member/api", "/v1/cases", BOUND[2]),
    ],
)
def test_a_cursor_serves_no_other_person_list_or_filter(other: tuple[str, ...]) -> None:
    cursor = SEAL.seal("17", BOUND)
    with pytest.raises(SealBroken):
        SEAL.open(cursor, other)


@given(st.text())
def test_what_is_no_cursor_does_not_open(cursor: str) -> None:
    with pytest.raises(SealBroken):
        SEAL.open(cursor, BOUND)


def test_a_cursor_of_another_instance_does_not_open() -> None:
    other = CursorSeal(bytes(31) + b"\x01", CountingEntropy())
    with pytest.raises(SealBroken):
        SEAL.open(other.seal("17", BOUND), BOUND)
