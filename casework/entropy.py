"""The only source of randomness, and the identifiers made from it."""

import os
from typing import Protocol
from uuid import UUID

from casework.clock import Clock


class Entropy(Protocol):
    """Gives unpredictable bytes."""

    def bytes(self, count: int) -> bytes:
        """Return `count` bytes."""
        ...


class SystemEntropy:
    """The kernel's generator."""

    def bytes(self, count: int) -> bytes:
        """Return `count` bytes from the kernel."""
        return os.urandom(count)  # noqa: TID251 - this is the entropy


def new_id(clock: Clock, entropy: Entropy) -> UUID:
    """Return a UUIDv7 (RFC 9562, 5.7): 48 bits of milliseconds, then randomness."""
    millis = int(clock.now().timestamp() * 1000)
    tail = int.from_bytes(entropy.bytes(10), "big")
    rand_a, rand_b = tail >> 68, tail & ((1 << 62) - 1)
    return UUID(int=(millis << 80) | (7 << 76) | (rand_a << 64) | (0b10 << 62) | rand_b)
