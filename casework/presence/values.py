"""A question and its answer, for the length of a request."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from casework.charters.charter import Charter
from casework.partners.values import Group


@dataclass(frozen=True, slots=True)
class Known:
    """A person of a case, as the index takes them in."""

    case_id: UUID
    group_id: UUID
    family_name: str = field(repr=False)
    given_name: str = field(repr=False)
    birth_date: date = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """Whom somebody asks about, for a group they sit in. It is forgotten with the request."""

    group_id: UUID
    family_name: str = field(repr=False)
    given_name: str = field(repr=False)
    birth_date: date = field(repr=False)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call: a coordinator by name, their body, their group. Never a person followed."""

    name: str
    organisation: str
    group: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, with one contact; or no, without. `noise` makes both as long on the wire."""

    question_id: UUID
    contact: Contact | None
    noise: str = field(default="", repr=False)

    @property
    def followed(self) -> bool:
        """Say whether it is yes."""
        return self.contact is not None


@dataclass(frozen=True, slots=True)
class Circuit:
    """The groups that answer a procedure, with their charters, cases and contacts."""

    groups: dict[UUID, Group]
    cases: dict[UUID, UUID]
    contacts: dict[UUID, Contact]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that may be put: for which procedure, by which article, under which id."""

    id: UUID
    charter: Charter


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody asked about a person of a case that one coordinates: who and when, no more."""

    case_id: UUID
    reference: str
    member_id: UUID
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody finds who wants to ask: where, how often still, and who asked about theirs.

    `unknown` counts, by group one coordinates, the cases that no question finds yet.
    """

    groups: tuple[Group, ...]
    left: int
    notices: tuple[Notice, ...]
    unknown: dict[UUID, int]
