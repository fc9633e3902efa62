"""A small generator of choices: the same labels give the same choices, on every machine."""

import hashlib
import struct
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_WORDS = 128
_POOL = struct.Struct(f"<{_WORDS}I")


class Draw:
    """A stream of choices named by its labels; nothing outside the labels changes it."""

    __slots__ = ("_at", "_label", "_pool", "_turn")

    def __init__(self, *labels: str | int) -> None:
        """Name the stream."""
        self._label = "\x1f".join(map(str, labels)).encode()
        self._turn = 0
        self._at = _WORDS
        self._pool: tuple[int, ...] = ()

    def below(self, bound: int) -> int:
        """Return a number from 0 to `bound` - 1."""
        if self._at == _WORDS:
            self._refill()
        number = self._pool[self._at]
        self._at += 1
        return int(number % bound)

    def between(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """Return true `percent` times in a hundred."""
        return self.below(100) < percent

    def pick(self, among: Sequence[T]) -> T:
        """Return one of `among`."""
        return among[self.below(len(among))]

    def some(self, among: Sequence[T], count: int) -> list[T]:
        """Return at most `count` of `among`, each once, in the order drawn."""
        left = list(among)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def _refill(self) -> None:
        block = hashlib.shake_256(self._label + self._turn.to_bytes(4, "big"))
        self._pool = _POOL.unpack(block.digest(_POOL.size))
        self._turn += 1
        self._at = 0
