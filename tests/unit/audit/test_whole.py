"""A block hashed whole is what its leaves make one by one, and nothing else is taken for it."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.audit.blocks import GAP, Block, Columns
from casework.audit.leaf import Commitments, kind_of, leaf_hash
from casework.audit.tree import HASH, Frontier
from casework.audit.whole import whole

HASHES = st.binary(min_size=HASH, max_size=HASH)
LINES = st.tuples(
    st.integers(0, 2**63 - 1),
    st.sampled_from(["case:read", "session:opened", "é:è"]),
    st.sampled_from(["allowed", "refused"]),
    st.tuples(HASHES, HASHES, HASHES, HASHES),
)
Line = tuple[int, str, str, tuple[bytes, bytes, bytes, bytes]]


def block_of(lines: list[Line], first: int, before: Frontier) -> tuple[Block, Frontier]:
    """Return lines as a database puts them together, and the tree behind them."""
    grown, leaves, nodes = before, [], []
    for seq, (at, act, outcome, bound) in enumerate(lines, first):
        leaves.append(leaf_hash(seq, at, kind_of(act, outcome), Commitments(*bound)))
        grown, completed = grown.append(leaves[-1])
        nodes.append(b"".join(one.hash for one in completed))
    columns = Columns(
        ",".join(map(str, range(len(lines)))),
        ",".join(str(at) for at, *_ in lines),
        "\n".join(f"{act}={outcome}" for _, act, outcome, _ in lines),
        *(GAP.join(each) for each in (leaves, nodes, [b"".join(one[3]) for one in lines])),
    )
    return Block(first, len(lines), columns, list), grown


@given(st.lists(LINES, min_size=8, max_size=8), st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_a_block_holds_wherever_it_lies_and_its_roots_are_those_of_the_tree(
    lines: list[Line], index: int
) -> None:
    before = Frontier()
    for number in range(8 * index):
        before, _ = before.append(bytes([number]) * HASH)
    block, grown = block_of(lines, 8 * index, before)
    found = whole(block, before.size, before.peaks)
    assert found is not None
    tops = [*before.peaks[: len(before.peaks) - len(found.climbed)]]
    top = found.climbed[-1] if found.climbed else found.peaks_of(8)[0]
    assert (*tops, top) == grown.peaks
    assert [one[:1] for one in found.bound_rows] == [line[3][3][:1] for line in lines]


@given(st.lists(LINES, min_size=8, max_size=8), st.data())
@settings(max_examples=60, deadline=None)
def test_a_block_of_which_one_byte_differs_does_not_hold(
    lines: list[Line], data: st.DataObject
) -> None:
    block, _ = block_of(lines, 0, Frontier())
    columns = block.columns
    assert columns is not None
    name = data.draw(st.sampled_from(["leaves", "nodes", "bound"]))
    stored: bytes = getattr(columns, name)
    at = data.draw(st.integers(0, len(stored) - 1))
    changed = stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :]
    given: dict[str, Any] = {name: changed}
    other = block._replace(columns=columns._replace(**given))
    assert whole(other, 0, ()) is None


def test_a_block_with_other_moments_kinds_or_places_does_not_hold() -> None:
    line: Line = (12, "case:read", "allowed", (b"a" * HASH, b"b" * HASH, b"c" * HASH, b"d" * HASH))
    block, _ = block_of([line] * 4, 0, Frontier())
    columns = block.columns
    assert columns is not None
    assert whole(block, 0, ()) is not None
    assert whole(block, 4, ()) is None
    others: list[dict[str, Any]] = [
        *(
            {"moments": f"12,12,12,{one}"}
            for one in ("13", "１２", "1_2", "\x1f12", "1.2", "-12", "")
        ),
        {"moments": "12,12,12"},
        {"kinds": "\n".join(["case:read=allowed"] * 3)},
        {"kinds": "\n".join(["case:read=allowed"] * 3 + ["x" * 256])},
        {"places": "0,1,1,3"},
        {"bound": columns.bound + GAP},
        {"bound": b""},
    ]
    for one in others:
        assert whole(block._replace(columns=columns._replace(**one)), 0, ()) is None


def test_what_lies_between_two_lines_overlaps_with_no_copy_of_itself() -> None:
    assert not any(GAP.startswith(GAP[at:]) for at in range(1, len(GAP)))
