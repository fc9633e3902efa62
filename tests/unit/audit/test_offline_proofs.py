"""The offline verifier's own proofs: what the service proves it accepts, and nothing else."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from casework.audit.proof import consistency_proof, inclusion_proof
from tests.offline import VERIFIER, loaded
from tests.unit.audit.test_tree import grow, leaf, mth

OFFLINE = loaded(VERIFIER)
SIZES = st.integers(1, 130)
OTHER = b"x" * 32
grown = cache(grow)


def signed(size: int, root: bytes) -> object:
    return OFFLINE.Checkpoint(size, root, "")


@given(SIZES, st.data())
def test_every_leaf_of_the_definition_is_included_and_no_other(
    size: int, draw: st.DataObject
) -> None:
    index = draw.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, grown(size)[1])
    root = mth(0, size)
    assert OFFLINE.included(leaf(index), index, size, proof, root)
    for wrong in ([*proof, OTHER], proof[:-1] if proof else [OTHER], [*proof[:-1], OTHER]):
        assert not OFFLINE.included(leaf(index), index, size, wrong, root)
    assert not OFFLINE.included(leaf(index + 1), index, size, proof, root)
    assert not OFFLINE.included(leaf(index), index + 1, size, proof, root)
    assert not OFFLINE.included(leaf(index), index, size, proof, OTHER)


@given(st.integers(2, 130), st.data())
def test_every_growth_of_the_definition_is_proved_and_no_other(
    size: int, draw: st.DataObject
) -> None:
    first = draw.draw(st.integers(1, size - 1))
    proof = consistency_proof(first, size, grown(size)[1])
    old, new = signed(first, mth(0, first)), signed(size, mth(0, size))
    assert OFFLINE.extends(old, new, proof)
    for wrong in ([*proof, OTHER], proof[:-1], [*proof[:-1], OTHER], []):
        assert not OFFLINE.extends(old, new, wrong)
    assert not OFFLINE.extends(signed(first, OTHER), new, proof)
    assert not OFFLINE.extends(old, signed(size, OTHER), proof)
    assert not OFFLINE.extends(new, old, proof)


def test_proofs_that_are_too_long_are_refused_at_once() -> None:
    endless = [OTHER] * 1_000_000
    assert not OFFLINE.included(leaf(0), 0, 2**40, endless, OTHER)
    assert not OFFLINE.extends(signed(3, OTHER), signed(2**40, OTHER), endless)


@given(st.integers(0, 130), st.integers(0, 130))
def test_a_walk_from_any_line_gives_the_root_of_the_definition(first: int, more: int) -> None:
    frontier, _ = grown(first)
    walk = OFFLINE.Walk(OFFLINE.Report("any"), first, list(frontier.peaks))
    for number in range(first, first + more):
        frontier, nodes = frontier.append(leaf(number))
        walk.grow(leaf(number), [node.hash for node in nodes])
    assert walk.root == mth(0, first + more)
