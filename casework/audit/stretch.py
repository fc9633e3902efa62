"""One pass over the leaves that follow one another: the tree, the digests, the parts, the roots."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casework.audit.blocks import Block, Row, values_of
from casework.audit.contents import DigestCheck, PartCheck
from casework.audit.walk import Walk
from casework.audit.whole import Whole

Compare = Callable[[int, bytes | None], None]
"""Takes the root over so many leaves, None when it is unknowable."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Checks leaf by leaf, or a block at once when all of it holds: the findings are the same.

    `signed` are the sizes, smallest first, whose roots `compare` is to be told.
    """

    walk: Walk
    digests: DigestCheck
    parts: PartCheck | None
    signed: Sequence[int]
    compare: Compare

    def follow(self, blocks: Iterable[Block]) -> None:
        """Check the leaves of these blocks, which follow those that were checked before."""
        for block in blocks:
            found = self.walk.whole(block)
            if found and self.digests.agree(self.walk.size, found.bound_rows):
                self._leap(block.rows() if self.parts else (), found)
            else:
                self._step(block.rows())

    def _leap(self, rows: Sequence[Row], found: Whole) -> None:
        opened = 0
        for size in self._signed_within(self.walk.size, found.size):
            lines = size - self.walk.size
            self._open(rows[opened:lines])
            self.compare(size, self.walk.root_within(found, lines))
            opened = lines
        self._open(rows[opened:])
        self.walk.leap(found)

    def _step(self, rows: Sequence[Row]) -> None:
        for values in self.walk.follow(map(values_of, rows)):
            self.digests.check(values)
            if self.parts:
                self.parts.check(values)
            if self._signed_within(self.walk.size - 1, 1):
                self.compare(self.walk.size, self.walk.root)

    def _open(self, rows: Iterable[Row]) -> None:
        if self.parts:
            for row in rows:
                self.parts.check(values_of(row))

    def _signed_within(self, first: int, lines: int) -> Sequence[int]:
        signed = self.signed
        return signed[bisect_right(signed, first) : bisect_right(signed, first + lines)]
