"""Proofs over the tree of RFC 6962: that a leaf is in it, that a tree only grew (RFC 9162, 2.1)."""

from collections.abc import Callable, Sequence

from casework.audit.tree import Frontier, join, peak_places

NodeReader = Callable[[int, int], bytes]


def root_of(size: int, node: NodeReader) -> bytes:
    """Return the root of the first `size` leaves from the stored complete subtrees."""
    return Frontier(size, tuple(node(*place) for place in peak_places(size))).root


def inclusion_proof(index: int, size: int, node: NodeReader) -> list[bytes]:
    """Return the path from leaf `index` to the root of the first `size` leaves."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    return _path(index, 0, size, node)


def consistency_proof(first: int, size: int, node: NodeReader) -> list[bytes]:
    """Return the proof that the tree of `size` leaves extends the tree of `first` leaves."""
    if not 0 < first <= size:
        raise ValueError("a tree extends a smaller one that is not empty")
    return _subproof(first, (0, size), node, whole=True)


def verify_inclusion(
    leaf: bytes, place: tuple[int, int], proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether `leaf` is at `place` = (index, size) of the tree with this root."""
    index, last = place[0], place[1] - 1
    if not 0 <= index <= last:
        return False
    running = leaf
    for step in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            running = join(step, running)
            index, last = _up_to_right_child(index, last)
        else:
            running = join(running, step)
        index, last = index >> 1, last >> 1
    return last == 0 and running == root


def verify_consistency(
    sizes: tuple[int, int], roots: tuple[bytes, bytes], proof: Sequence[bytes]
) -> bool:
    """Say whether the tree of `sizes[1]` leaves extends that of `sizes[0]` leaves."""
    first, second = sizes
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and roots[0] == roots[1]
    steps = [roots[0], *proof] if first & (first - 1) == 0 else list(proof)
    return bool(steps) and _extends(first - 1, second - 1, roots, steps)


def _extends(first: int, last: int, roots: tuple[bytes, bytes], steps: list[bytes]) -> bool:
    while first & 1:
        first, last = first >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old, new = join(step, old), join(step, new)
            first, last = _up_to_right_child(first, last)
        else:
            new = join(new, step)
        first, last = first >> 1, last >> 1
    return last == 0 and (old, new) == roots


def _up_to_right_child(index: int, last: int) -> tuple[int, int]:
    """Climb while the node has no right sibling: it stands for its parent."""
    while index and not index & 1:
        index, last = index >> 1, last >> 1
    return index, last


def _path(index: int, start: int, end: int, node: NodeReader) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, node), _range(middle, end, node)]
    return [*_path(index, middle, end, node), _range(start, middle, node)]


def _subproof(first: int, span: tuple[int, int], node: NodeReader, *, whole: bool) -> list[bytes]:
    start, end = span
    if first == end:
        return [] if whole else [_range(start, end, node)]
    middle = start + _split(end - start)
    if first <= middle:
        left = _subproof(first, (start, middle), node, whole=whole)
        return [*left, _range(middle, end, node)]
    right = _subproof(first, (middle, end), node, whole=False)
    return [*right, _range(start, middle, node)]


def _range(start: int, end: int, node: NodeReader) -> bytes:
    """Return the root of leaves start … end - 1, where start is aligned as in the recursion."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(size)
    return join(_range(start, middle, node), _range(middle, end, node))


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1
