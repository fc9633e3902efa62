"""Who holds the key of keys."""

from typing import Protocol


class KekProvider(Protocol):
    """Wraps and unwraps 32-byte secrets; the key itself never leaves it."""

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """Return `secret` wrapped for `context`."""
        ...

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the secret. Raises `SealBroken` for another context, key or version."""
        ...

    def current_version(self) -> int:
        """Return the version new secrets are wrapped under."""
        ...
