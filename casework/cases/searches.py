"""A search by name as values, for the length of a request: what is asked, and what is alike."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

from casework.cases.values import CaseHead, Text
from casework.charters.vocabulary import CaseKind
from casework.matching.dates import Agreement, Birth

MOST_SHOWN: Final = 20
"""Cases that an answer shows; beyond them it says that there are more."""

SEARCHED_KINDS: Final = frozenset(CaseKind) - {CaseKind.VICTIM}
"""Procedures whose cases are searched by name, one group at a time (law note 9.4, rule 3)."""


@dataclass(frozen=True, slots=True)
class Search:
    """Whom somebody looks for among the cases of one of their groups."""

    group_id: UUID
    words: str = field(repr=False)
    birth: Birth | None = field(default=None, repr=False)


class Likeness(StrEnum):
    """How a person resembles the one asked for. The first two answer a search."""

    SAME = "same"
    NEAR = "near"
    TWIN = "twin"
    NAMESAKE = "namesake"


@dataclass(frozen=True, slots=True)
class Alike:
    """A case whose person resembles the one asked for, and in what."""

    head: CaseHead
    family_name: Text = field(repr=False)
    given_name: Text = field(repr=False)
    birth_date: Text = field(repr=False)
    likeness: Likeness
    birth: Agreement


@dataclass(frozen=True, slots=True)
class Answer:
    """The nearest first. `unread` names could not be compared: their keys are on their way."""

    cases: tuple[Alike, ...]
    more: bool = False
    unread: int = 0
