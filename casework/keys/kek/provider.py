"""Who holds the key of keys, and what the first four bytes of everything it wrapped say.

    kind u8 | version u24 | body

A holder opens what its own kind wrapped and nothing else.
"""

from enum import IntEnum
from typing import Final, Protocol

from casework.errors import SealBroken

_HEAD_LENGTH: Final = 4


class Kind(IntEnum):
    """Where the key is that wrapped something; published values never change."""

    FILE = 0
    TRANSIT = 1
    TOKEN = 2


class KekProvider(Protocol):
    """Wraps and unwraps 32-byte secrets; the key itself never leaves it.

    Each task raises `KekUnavailable` when a holder elsewhere does not answer, and `Misconfigured`
    when it refuses us.
    """

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """Return `secret` wrapped for `context`, under the newest version."""
        ...

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the secret. Raises `SealBroken` for another context, key or version."""
        ...

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return it under the newest version, checked: the same bytes when it already is.

        Raises `SealBroken` as `unwrap` does.
        """
        ...

    def current_version(self) -> int:
        """Return the version new secrets are wrapped under."""
        ...

    def versions(self) -> tuple[int, ...]:
        """Return every version that still opens something, the newest last."""
        ...

    def draw(self, after: int) -> int:
        """Make the version that follows `after`, unless somebody did; return the newest."""
        ...

    def retire(self) -> int:
        """Forget every version but the newest, for good; return how many were forgotten."""
        ...


def head(kind: Kind, version: int) -> bytes:
    """Return the four bytes in front of a wrap."""
    return bytes((kind,)) + version.to_bytes(_HEAD_LENGTH - 1, "big")


def version_of(wrapped: bytes) -> int:
    """Return the version that wrapped something, without opening it."""
    return int.from_bytes(wrapped[1:_HEAD_LENGTH], "big")


def body(wrapped: bytes, kind: Kind) -> bytes:
    """Return what follows the head. Raises `SealBroken` when another kind of holder wrapped it."""
    if len(wrapped) <= _HEAD_LENGTH or wrapped[0] != kind:
        raise SealBroken("kek")
    return wrapped[_HEAD_LENGTH:]
