"""The tree against the definition of RFC 6962, against pymerkle, and against forged proofs."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from casework.audit.proof import (
    NodeReader,
    consistency_proof,
    inclusion_proof,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from casework.audit.tree import EMPTY_ROOT, Frontier

SIZES = st.integers(min_value=1, max_value=130)


def data(number: int) -> bytes:
    return b"line %d" % number


def leaf(number: int) -> bytes:
    return hashlib.sha256(b"\0" + data(number)).digest()


def mth(start: int, end: int) -> bytes:
    """Return the Merkle tree hash as RFC 6962, 2.1 defines it."""
    if end == start:
        return hashlib.sha256(b"").digest()
    if end - start == 1:
        return leaf(start)
    middle = start + (1 << (end - start - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + mth(start, middle) + mth(middle, end)).digest()


def grow(size: int) -> tuple[Frontier, NodeReader]:
    """Append leaf by leaf; return the frontier and a reader of what was completed."""
    frontier, stored = Frontier(), {}
    for number in range(size):
        stored[0, number] = leaf(number)
        frontier, completed = frontier.append(leaf(number))
        stored.update({(node.level, node.idx): node.hash for node in completed})
    return frontier, lambda level, index: stored[level, index]


def test_the_empty_tree_has_the_root_of_the_rfc() -> None:
    assert Frontier().root == EMPTY_ROOT == mth(0, 0)


@given(SIZES)
def test_roots_are_those_of_the_rfc(size: int) -> None:
    frontier, node = grow(size)
    assert frontier.root == mth(0, size) == root_of(size, node)


@given(SIZES)
def test_roots_are_those_of_pymerkle(size: int) -> None:
    oracle = InmemoryTree(algorithm="sha256")
    for number in range(size):
        oracle.append_entry(data(number))
    assert grow(size)[0].root == oracle.get_root()


@given(SIZES)
def test_a_frontier_is_read_back_from_its_bytes(size: int) -> None:
    frontier, _ = grow(size)
    assert Frontier.from_bytes(size, frontier.to_bytes()) == frontier


def test_bytes_that_are_no_frontier_of_this_size_are_refused() -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(3, b"x" * 32)


@given(SIZES, st.data())
def test_every_leaf_is_proved_in_the_tree(size: int, draw: st.DataObject) -> None:
    index = draw.draw(st.integers(0, size - 1))
    frontier, node = grow(size)
    proof = inclusion_proof(index, size, node)
    assert verify_inclusion(leaf(index), (index, size), proof, frontier.root)


@given(SIZES, st.data())
def test_a_grown_tree_is_proved_to_extend_the_old_one(size: int, draw: st.DataObject) -> None:
    first = draw.draw(st.integers(1, size))
    frontier, node = grow(size)
    proof = consistency_proof(first, size, node)
    assert verify_consistency((first, size), (mth(0, first), frontier.root), proof)


@given(st.integers(2, 130), st.data())
def test_a_proof_changed_anywhere_proves_nothing(size: int, draw: st.DataObject) -> None:
    index = draw.draw(st.integers(0, size - 1))
    frontier, node = grow(size)
    proof = inclusion_proof(index, size, node)
    at = draw.draw(st.integers(0, len(proof) - 1))
    forged = [*proof[:at], hashlib.sha256(proof[at]).digest(), *proof[at + 1 :]]
    place = (index, size)
    assert not verify_inclusion(leaf(index), place, forged, frontier.root)
    assert not verify_inclusion(leaf(index), place, proof[:-1], frontier.root)
    assert not verify_inclusion(leaf(index), place, [*proof, proof[-1]], frontier.root)
    assert not verify_inclusion(leaf(index + 1), place, proof, frontier.root)


@pytest.mark.parametrize("place", [(0, 0), (-1, 4), (4, 4), (9, 4)])
def test_no_leaf_is_proved_outside_the_tree(place: tuple[int, int]) -> None:
    frontier, node = grow(4)
    assert not verify_inclusion(leaf(0), place, inclusion_proof(0, 4, node), frontier.root)
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(*place, node)


@given(st.integers(3, 130), st.data())
def test_a_rewritten_past_is_not_consistent(size: int, draw: st.DataObject) -> None:
    first = draw.draw(st.integers(1, size - 1))
    frontier, node = grow(size)
    proof, sizes = consistency_proof(first, size, node), (first, size)
    old, other = mth(0, first), hashlib.sha256(b"another past").digest()
    assert not verify_consistency(sizes, (other, frontier.root), proof)
    assert not verify_consistency(sizes, (old, other), proof)
    assert not verify_consistency(sizes, (old, frontier.root), proof[:-1])
    assert not verify_consistency(sizes, (old, frontier.root), [*proof, other])


def test_a_tree_never_extends_an_empty_or_a_larger_one() -> None:
    frontier, node = grow(5)
    assert not verify_consistency((0, 5), (EMPTY_ROOT, frontier.root), [])
    assert not verify_consistency((6, 5), (mth(0, 6), frontier.root), [])
    assert verify_consistency((5, 5), (frontier.root, frontier.root), [])
    assert not verify_consistency((5, 5), (frontier.root, frontier.root), [frontier.root])
    with pytest.raises(ValueError, match="not empty"):
        consistency_proof(0, 5, node)
