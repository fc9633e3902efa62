"""Who and what the ids of the register are, as its pages ask it of what stands above."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from casework.web import guard


@dataclass(frozen=True, slots=True)
class Person:
    """How somebody is named to the officer."""

    name: str
    organisation: str


class Names(Protocol):
    """Says who and what the ids of the register are; the officer sees names, never content."""

    def persons(self, ids: Iterable[UUID]) -> Mapping[UUID, Person]:
        """Return members by id."""
        ...

    def everyone(self) -> Mapping[UUID, Person]:
        """Return every member."""
        ...

    def organisations(self) -> Mapping[UUID, str]:
        """Return every partner body."""
        ...

    def references(self, ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """Return references of cases; erased ones are absent."""
        ...

    def unnumbered(self, ids: Iterable[UUID]) -> frozenset[UUID]:
        """Return which of some ids are cases that have no number yet."""
        ...

    def texts(self) -> Mapping[str, str]:
        """Return the number of each text of a charter, by the beginning of its SHA-256."""
        ...

    def case_of(self, reference: str) -> UUID | None:
        """Return the case of a reference, or None."""
        ...


class NamesHolder:
    """The key under which the application keeps its `Names`."""


def known_names() -> Names:
    """Return the names of this application."""
    found: Names = guard.service(NamesHolder)  # type: ignore[assignment]
    return found
