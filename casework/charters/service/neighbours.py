"""What charters ask of the packages above them: groups, bodies, meetings, the cases of a group."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from casework.charters.effects import LiveGroup
from casework.charters.vocabulary import CaseKind, PartnerCategory

ChartersOfMember = Callable[[Session, UUID, UUID, date], Mapping[UUID, list[str]]]
"""(session, council, member, day) → names of the groups where each charter binds the member."""


class Governed(Protocol):
    """A group, as far as its charter is concerned."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def kind(self) -> CaseKind:
        """Its procedure."""
        ...

    @property
    def coordinating_id(self) -> UUID:
        """The body that coordinates it."""
        ...

    @property
    def charter_id(self) -> UUID:
        """The text in force in it."""
        ...


class Body(Protocol):
    """A partner, as far as its signature is concerned."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def category(self) -> PartnerCategory:
        """What sort of body it is."""
        ...

    @property
    def left_on(self) -> date | None:
        """The day on which it left the council."""
        ...


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`move` puts the groups under one text under another; `live` reads a council's groups whole.

    Each takes a session of the unit of work but `live`, which looks beyond what its asker sees,
    and returns counts alone.
    """

    of_member: ChartersOfMember
    groups: Callable[[Session, UUID], Sequence[Governed]]
    bodies: Callable[[Session, UUID], Sequence[Body]]
    move: Callable[[Session, UUID, tuple[UUID, UUID]], int]
    meeting_open: Callable[[Session, UUID, Collection[UUID]], bool]
    live: Callable[[UUID, UUID, date], list[LiveGroup]]

    def governed(self, session: Session, council_id: UUID, charter_id: UUID) -> list[Governed]:
        """Return the groups under a text."""
        return [one for one in self.groups(session, council_id) if one.charter_id == charter_id]
