import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.crypto.encoding import canonical_json, lp, lp_part, u32, utf8
from casework.errors import InvalidInput
from tests.unit.crypto.frozen import Vector, vectors

parts = st.lists(st.binary(max_size=40), max_size=6)
text = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
)


@given(parts, parts)
def test_two_lists_of_parts_never_give_the_same_bytes(one: list[bytes], two: list[bytes]) -> None:
    assert (lp(*one) == lp(*two)) == (one == two)


def test_each_part_is_framed_by_four_bytes_of_length() -> None:
    assert lp(b"", b"abc") == bytes.fromhex("00000000 00000003 616263")


@given(st.uuids(), st.integers(min_value=0, max_value=2**32 - 1))
def test_a_part_is_framed_as_its_id_and_its_epoch(compartment: UUID, epoch: int) -> None:
    assert lp_part(compartment, epoch) == lp(compartment.bytes, u32(epoch))


@pytest.mark.parametrize("case", vectors("canonical_json"))
def test_canonical_json_keeps_its_bytes(case: Vector) -> None:
    assert canonical_json(case["value"]) == case.raw("encoded")


@given(values)
def test_canonical_json_reads_back(value: Any) -> None:
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(text, st.integers(), min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, int]) -> None:
    backwards: dict[str, Any] = dict(reversed(value.items()))
    assert canonical_json(backwards) == canonical_json(dict(value))


@pytest.mark.parametrize("foreign", [1.0, float("nan"), b"raw", (1,), {1: "one"}, {"a": [0.5]}])
def test_what_has_several_spellings_is_refused(foreign: Any) -> None:
    with pytest.raises(TypeError, match="canonical JSON"):
        canonical_json(foreign)


@pytest.mark.parametrize("broken", ["\ud800", "Zoé \udcff", "\udc00\ud800"])
def test_half_a_surrogate_pair_is_invalid_input_that_repeats_nothing(broken: str) -> None:
    for encode in (utf8, canonical_json):
        with pytest.raises(InvalidInput) as refusal:
            encode(broken)
        assert refusal.value.__context__ is None
        assert broken not in repr(refusal.value.fields)


def test_the_refused_field_is_named() -> None:
    with pytest.raises(InvalidInput) as refusal:
        utf8("\ud800", field="name")
    assert list(refusal.value.fields) == ["name"]
