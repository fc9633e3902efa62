"""Who works together, as values: nothing of a case, professional identity only."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from casework.charters.vocabulary import CaseKind, PartnerCategory
from casework.identity import Mandate, Role


@dataclass(frozen=True, slots=True)
class Organisation:
    """A partner body, of one category of the charter; `commune` (INSEE) if it serves just one.

    `left_on` is the day on which it left the council, `suspended_on` that from which its people
    have no access for want of an answer to its access review.
    """

    id: UUID
    name: str
    category: PartnerCategory
    commune: str | None = None
    left_on: date | None = None
    suspended_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonName:
    """How a member is called: « Mme », « Anne », « Brun »."""

    civility: str
    given: str
    family: str

    @property
    def short(self) -> str:
        """Return « Mme B. », for lists and for the table of a meeting."""
        return f"{self.civility} {self.family[:1].upper()}."

    @property
    def full(self) -> str:
        """Return « Mme Anne Brun »."""
        return f"{self.civility} {self.given} {self.family}"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a partner."""

    id: UUID
    organisation_id: UUID
    name: PersonName
    locked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """An instance of exchange; `charter_id` is the version in force in it."""

    id: UUID
    name: str
    prefix: str
    kind: CaseKind
    coordinating_id: UUID
    charter_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGroup:
    """A group to found; `prefix` begins its references (SN), `communes` are INSEE codes."""

    name: str
    prefix: str
    kind: CaseKind
    communes: frozenset[str]
    coordinating_id: UUID
    charter_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMandate:
    """A mandate to give, both days included; without a group it is for the whole council."""

    member_id: UUID
    role: Role
    from_on: date
    until_on: date
    group_id: UUID | None = None


class MandateLine(NamedTuple):
    """A mandate beside one charter that binds whoever holds it; several charters, several lines."""

    mandate_id: UUID
    role: str
    group_id: UUID | None
    from_on: date
    until_on: date
    charter_id: UUID | None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class MemberLabel:
    """How a member is shown to others: full name, short name, body."""

    name: str
    short: str
    organisation: str

    @classmethod
    def of(cls, name: PersonName, organisation: str) -> "MemberLabel":
        """Return the label of a person of a body."""
        return cls(name.full, name.short, organisation)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member is on one day, as a session needs it: who, for whom, with which mandates.

    `signed_charters` are those that the organisation has signed and that bind that day.
    """

    member_id: UUID
    name: PersonName
    organisation: Organisation
    mandates: tuple[Mandate, ...]
    signed_charters: frozenset[UUID]
    locked: bool

    @property
    def label(self) -> str:
        """Return « Mme B. »."""
        return self.name.short


@dataclass(frozen=True, slots=True)
class Seat:
    """A member of a group today, with every mandate that counts in it."""

    member_id: UUID
    name: PersonName
    organisation: Organisation
    mandates: tuple[Mandate, ...]

    def holds(self, role: Role) -> bool:
        """Say whether one of the mandates gives `role`."""
        return any(one.role is role for one in self.mandates)
