"""From one holder of the KEK to another: what the former wrapped still opens while it moves."""

from casework.errors import SealBroken
from casework.keys.kek.provider import KekProvider


class MovingKek:
    """A `KekProvider` that wraps with the one and opens with either.

    Only the operator's command that moves uses it: the service itself knows one holder.
    """

    def __init__(self, target: KekProvider, former: KekProvider) -> None:
        """Wrap with `target`; open what it did not wrap with `former`."""
        self._target = target
        self._former = former

    def wrap(self, secret: bytes, context: bytes) -> bytes:
        """Return `secret` wrapped by the new holder."""
        return self._target.wrap(secret, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return the secret. Each holder authenticates: neither opens what is not its own."""
        try:
            return self._target.unwrap(wrapped, context)
        except SealBroken:
            return self._former.unwrap(wrapped, context)

    def rewrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Return it wrapped by the new holder, under its newest version."""
        try:
            return self._target.rewrap(wrapped, context)
        except SealBroken:
            return self._target.wrap(self._former.unwrap(wrapped, context), context)

    def current_version(self) -> int:
        """Return the version of the new holder."""
        return self._target.current_version()

    def versions(self) -> tuple[int, ...]:
        """Return the versions of the new holder."""
        return self._target.versions()

    def draw(self, after: int) -> int:
        """Make a version at the new holder."""
        return self._target.draw(after)

    def retire(self) -> int:
        """Forget older versions of the new holder; the former one is not touched."""
        return self._target.retire()
