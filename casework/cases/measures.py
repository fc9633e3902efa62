"""What is mentioned of judicial measures, in clear, for the length of a request."""

from dataclasses import dataclass
from uuid import UUID

from casework.cases.values import CaseHead, Naming, TakenStep


@dataclass(frozen=True, slots=True)
class Measures:
    """The mentions on one case, oldest first; `shut` while the key is on its way."""

    head: CaseHead
    steps: tuple[TakenStep, ...]
    namings: tuple[Naming, ...]
    away: frozenset[UUID]
    article: str
    may_write: bool
    shut: bool
