"""What recovery needs of the packages above the keys."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from casework.identity import Principal

Roster = Callable[[Session, UUID], Mapping[UUID, UUID]]
"""Returns the organisation of each member of a council whose access is not closed."""


Kept = Callable[[Session, Principal, Collection[UUID]], frozenset[UUID]]
"""Returns those of some cases that a personal link keeps from somebody."""


def nothing_kept(*_: object) -> frozenset[UUID]:
    """Keep nothing from anybody: where there are no cases."""
    return frozenset()


class PublishedKeys(Protocol):
    """Members' public keys, each under a seal of the instance."""

    def published(
        self, session: Session, council_id: UUID, wanted: Collection[UUID]
    ) -> dict[UUID, bytes]:
        """Return those there are. Raises `IntegrityFailure` for a planted one."""
        ...


class Patience(Protocol):
    """Makes whoever guesses wait longer and longer."""

    def counted(self, member_id: UUID) -> AbstractContextManager[None]:
        """Count an attempt, and forget all when the block ends well.

        Raises `TooManyAttempts`.
        """
        ...
