"""What is answered about an access: facts by name, decisions, articles; never a word of a case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.audit.stamps import Stamp
from casework.charters.charter import Charter
from casework.charters.explain import Line, Question
from casework.charters.simulator import Invented
from casework.partners.values import Group, Organisation


@dataclass(frozen=True, slots=True)
class Explained:
    """One member before one case. `blind` when whether they referred was left out of it."""

    member_id: UUID
    case_id: UUID
    reference: str
    group: Group
    charter: Charter
    facts: tuple[str, ...]
    lines: tuple[Line, ...]
    blind: bool
    locked: bool
    exceptional_until: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """In how many cases of a group something is granted."""

    question: Question
    cases: int


@dataclass(frozen=True, slots=True)
class Reached:
    """What a member is in one group, what they may do there, and in how many of its cases."""

    group: Group
    charter: Charter
    facts: tuple[str, ...]
    lines: tuple[Line, ...]
    counts: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a member reaches, group by group."""

    member_id: UUID
    locked: bool
    blind: bool
    groups: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What the charter of a group answers an invented person; `groups` are those to choose from."""

    groups: tuple[Group, ...]
    group: Group
    charter: Charter
    invented: Invented
    facts: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """A body that the charter names among those that sign; `bound` once its signature is kept."""

    organisation: Organisation
    bound: bool


@dataclass(frozen=True, slots=True)
class SignatureSheet:
    """A charter in force, with those who sign it and where the register stood."""

    charter: Charter
    groups: tuple[str, ...]
    signatories: tuple[Signatory, ...]
    at: datetime
    stamp: Stamp | None
