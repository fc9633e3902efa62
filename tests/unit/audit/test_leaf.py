"""The bytes of a leaf, frozen: a register written last year must verify next year."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.audit import leaf
from casework.audit.actions import Act, Outcome
from casework.audit.entry import Entry
from casework.audit.leaf import Commitments, RowDigest
from casework.identity import Reason, operator
from tests.register import COUNCIL, member

CASE = UUID("018f0000-0000-7000-8000-000000000001")
SHEET = UUID("018f0000-0000-7000-8000-000000000002")
ENTRY = Entry(Act.CASE_READ, CASE, (SHEET,), article="4.2", detail={"shown": 3, "by": SHEET})
WHO_COMMITMENT = "0b9e6af7d182741493ca52e6b4924576dca6acbaa57d0ffc7e8a41e81d22625a"
ROWS_COMMITMENT = "4b04ff282a04ae08fe486d6ab722e52fd184fcd28c50361bc73cbf005725c239"
LEAF_HASH = "609593882020379b53f4bab53d3c38cb6b3a5dab3ff393a1253ad61c85f3cda3"
BOUND = Commitments(b"\1" * 32, b"\2" * 32, b"\3" * 32, b"\4" * 32)


def test_the_part_what_names_ids_only() -> None:
    assert leaf.what(ENTRY) == (
        b'{"case":"018f0000-0000-7000-8000-000000000001","cases":[],'
        b'"compartments":["018f0000-0000-7000-8000-000000000002"]}'
    )


def test_the_part_det_tells_why() -> None:
    assert leaf.det(ENTRY, Reason.DUTY) == (
        b'{"article":"4.2","detail":{"by":"018f0000-0000-7000-8000-000000000002","shown":3},'
        b'"outcome":"allowed","reason":"duty"}'
    )


def test_the_part_who_never_tells_a_label() -> None:
    named = replace(member(), label="Marie Martin")
    assert b"Martin" not in leaf.who(named)
    assert b'"kind":"member"' in leaf.who(named)


def test_an_operator_is_known_by_a_code() -> None:
    assert leaf.who(operator(COUNCIL, "m.weber")) == (
        b'{"kind":"operator","member":null,"organisation":null,"session":"m.weber"}'
    )
    with pytest.raises(ValueError, match="no sentence"):
        leaf.who(operator(COUNCIL, "Martine Weber"))


def test_commitments_are_frozen() -> None:
    assert leaf.commitment(b"who", b"s" * 16, b"{}").hex() == WHO_COMMITMENT
    rows = [RowDigest("cases", CASE, "title_sealed", b"d" * 32), RowDigest("a", CASE, "b", None)]
    assert leaf.rows_commitment(rows).hex() == ROWS_COMMITMENT
    assert leaf.rows_commitment(rows[::-1]).hex() == ROWS_COMMITMENT


def test_leaf_hashes_are_frozen() -> None:
    kind = leaf.kind_of(Act.CASE_READ, Outcome.ALLOWED)
    assert kind == b"case:read=allowed"
    assert leaf.leaf_hash(7, 1_763_800_000_000_000, kind, BOUND).hex() == LEAF_HASH


def test_an_erased_value_is_not_an_absent_one() -> None:
    erased = [RowDigest("cases", CASE, "title_sealed", None)]
    assert leaf.rows_commitment(erased) != leaf.rows_commitment([])


@given(st.integers(0, 2**40), st.integers(0, 2**60), st.sampled_from(list(Act)))
def test_every_field_of_a_leaf_changes_its_hash(seq: int, at: int, act: Act) -> None:
    allowed, refused = (leaf.kind_of(act, one) for one in (Outcome.ALLOWED, Outcome.REFUSED))
    others = {
        leaf.leaf_hash(seq + 1, at, allowed, BOUND),
        leaf.leaf_hash(seq, at + 1, allowed, BOUND),
        leaf.leaf_hash(seq, at, refused, BOUND),
        *(leaf.leaf_hash(seq, at, allowed, _flipped(name)) for name in BOUND._fields),
    }
    assert len(others) == 7
    assert leaf.leaf_hash(seq, at, allowed, BOUND) not in others


def _flipped(name: str) -> Commitments:
    return BOUND._replace(**{name: b"\xff" * 32})
