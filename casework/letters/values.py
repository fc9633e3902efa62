"""Letters in clear, for the length of a request; and what comes in to make one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from casework.cases.values import CaseFile, CaseHead, Naming, Text
from casework.letters.fields import LetterField
from casework.letters.kinds import LetterFormat, LetterKind, LetterState
from casework.partners.values import Group

Merged = Mapping[LetterField, str]
"""What each field of a letter says."""


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter to issue, its fields checked by a person.

    `once` is of the form it was filled in on: sent again, it makes no second letter.
    """

    kind: LetterKind
    format: LetterFormat
    fields: Merged = field(repr=False)
    once: UUID | None = None


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What is known of a letter without any key."""

    id: UUID
    case_id: UUID
    group_id: UUID
    reference: str
    format: LetterFormat
    state: LetterState
    issued_on: date
    state_on: date
    composed: bool
    version: int


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter in a list; `case` is the reference of its case."""

    head: LetterHead
    case: str
    kind: Text


@dataclass(frozen=True, slots=True)
class Beside:
    """A case whose letters somebody reads, and what ties others to it: who else can read them.

    `away` are those whom a personal link keeps from it; `issues` when this reader may write.
    """

    case: CaseHead
    namings: tuple[Naming, ...]
    away: frozenset[UUID]
    issues: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter opened for one reader; `kind` and `fields` are empty where its part stays shut."""

    head: LetterHead
    beside: Beside
    kind: LetterKind | None
    fields: Merged = field(repr=False)


@dataclass(frozen=True, slots=True)
class LettersOfCase:
    """The letters of a case; `hindered` is the code of what keeps new ones from being written."""

    beside: Beside
    lines: tuple[LetterLine, ...]
    hindered: str = ""


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file as it was made and kept."""

    name: str
    format: LetterFormat
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A letter about to be checked: what its fields say by now, and which say nothing yet."""

    file: CaseFile = field(repr=False)
    kind: LetterKind
    fields: Merged = field(repr=False)
    missing: tuple[LetterField, ...] = ()


PAGE: Final = 50
"""Letters of a page of a list."""


@dataclass(frozen=True, slots=True)
class AskedLetters:
    """What a list of letters should hold: states, and the last id of the page before."""

    states: tuple[LetterState, ...] = tuple(LetterState)
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What became of a letter on a day; `inform` also records that the persons were informed."""

    state: LetterState
    on: date
    inform: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a group writes on all its letters; version 0 before anybody wrote it."""

    said: Merged
    version: int


@dataclass(frozen=True, slots=True)
class Template:
    """A group's own template of a kind and format; `used` are the fields that it names."""

    kind: LetterKind
    format: LetterFormat
    used: frozenset[LetterField]
    kept_on: date


@dataclass(frozen=True, slots=True)
class Stationery:
    """How a group writes: its letterhead and the templates it brought."""

    group: Group
    head: Letterhead
    templates: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter just numbered, with all that its file says."""

    id: UUID
    group_id: UUID
    kind: LetterKind
    format: LetterFormat
    fields: Merged = field(repr=False)
