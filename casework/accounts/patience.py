"""Waiting for whoever shows a wrong card, by the same counters as wrong passwords."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from casework.accounts.throttle import Attempt
from casework.accounts.turnstile import Turnstile
from casework.errors import TooManyAttempts

# A counter of its own: a mistyped card keeps nobody from signing in.
_CARD: Final = b"escrow-card"


@dataclass(frozen=True, slots=True)
class CardPatience:
    """Counts by member: they have already proved who they are."""

    turnstile: Turnstile

    @contextmanager
    def counted(self, member_id: UUID) -> Iterator[None]:
        """Count an attempt, and forget all when the block ends well."""
        attempt = Attempt(member_id.hex, "", _CARD)
        wait = self.turnstile.enter(attempt)
        if wait:
            raise TooManyAttempts(wait.seconds)
        yield
        self.turnstile.succeeded(attempt)
