"""Cases in clear, for the length of a request; and what comes in to make them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from casework.cases.procedures.steps import CaseState, Step
from casework.charters.vocabulary import CaseKind, CompartmentClass
from casework.keys.values import Withheld

Text = str | Withheld
"""What a sealed cell says, or that it stays shut."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody of a new referral. Empty text means not given."""

    relation: str
    family_name: str
    given_name: str
    birth_date: date | None = None
    address: str = ""
    phone: str = ""
    school: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a step of the procedure records, and in which part of the case."""

    step: Step
    answers: Mapping[str, str]
    part: CompartmentClass = CompartmentClass.SHEET


@dataclass(frozen=True, slots=True)
class NewReferral:
    """A referral as its author sends it: codes are those of the charter's closed lists.

    `records` are what this kind of case asks beside what all of them do, `addressed_id` is the one
    body to which a victim is referred.
    """

    group_id: UUID
    commune: str
    persons: tuple[NewPerson, ...]
    reason: str
    fact: str
    fact_on: date | None
    origin: str
    reporter: str
    words: str
    informed_on: date | None
    delay_reason: str | None
    kind: CaseKind = CaseKind.FOLLOWUP
    records: tuple[NewRecord, ...] = ()
    addressed_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a case."""

    id: UUID
    relation: str
    family_name: Text
    given_name: Text
    birth_date: Text
    address: Text
    phone: Text
    school: Text
    home: Text = ""


@dataclass(frozen=True, slots=True)
class Referral:
    """What the referral said; the origin's part is `Withheld` for nearly everyone."""

    sent_at: datetime
    reason: Text
    fact: Text
    fact_on: Text
    origin: Text
    reporter: Text
    words: Text
    question: Text
    answer: Text


@dataclass(frozen=True, slots=True)
class Contribution:
    """Something a partner wrote."""

    id: UUID
    compartment_id: UUID
    author_id: UUID
    organisation_id: UUID
    written_at: datetime
    text: Text


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided."""

    id: UUID
    meeting_id: UUID
    number: int
    code: Text
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Action:
    """Something somebody does by a date."""

    id: UUID
    case_id: UUID
    kind: Text
    detail: Text
    outcome: Text
    lead_id: UUID
    organisation_id: UUID
    opened_on: date
    due_on: date
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step that was recorded. `answers` by field; `Withheld` where its part stays shut."""

    id: UUID
    compartment_id: UUID
    step: Step
    taken_by: UUID | None
    taken_at: datetime
    asked_member_id: UUID | None
    asked_organisation_id: UUID | None
    answers: Mapping[str, str] | Withheld


@dataclass(frozen=True, slots=True)
class SafeContact:
    """How to reach a victim without danger; `answers` by field, `Withheld` without the key."""

    head: "CaseHead"
    answers: Mapping[str, str] | Withheld
    article: str
    may_write: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A compartment as this reader meets it: open, or shut by an article or for want of a key."""

    compartment_id: UUID
    compartment_class: str
    open: bool
    article: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """A member named on a case."""

    member_id: UUID
    organisation_id: UUID
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class TracedPerson:
    """Somebody of a case, by the part that holds their identity."""

    id: UUID
    compartment_id: UUID
    relation: str


@dataclass(frozen=True, slots=True)
class TracedCase:
    """What ties people to a case, for reports of who read it."""

    id: UUID
    group_id: UUID
    reference: str
    referrer_id: UUID
    namings: tuple[Naming, ...]
    persons: tuple[TracedPerson, ...]


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What is known of a case without any key."""

    id: UUID
    group_id: UUID
    kind: str
    state: CaseState
    reference: str | None
    commune: str
    referrer_id: UUID
    referrer_organisation_id: UUID
    lead_id: UUID | None
    referred_on: date
    followed_on: date | None
    review_by: date | None
    informed_on: date | None
    delay_reason: str | None
    closed_on: date | None
    closure_reason: str | None
    due_on: date | None
    ceiling_on: date
    meetings_without_decision: int
    agenda_of: UUID | None
    in_meeting: bool
    protected: bool
    awaited_on: date | None
    version: int
    merged_into: UUID | None = None
    unmerged_ceiling_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case opened for one reader.

    `social` is what social workers tell one another, empty for all others. `away` are those whom a
    personal link keeps from it, members and bodies; `namesake` when the reader bears the family
    name of somebody in it.
    """

    head: CaseHead
    persons: tuple[Person, ...]
    referral: Referral | None
    shared: tuple[Contribution, ...]
    notes: tuple[Contribution, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[Action, ...]
    steps: tuple[TakenStep, ...]
    namings: tuple[Naming, ...]
    parts: tuple[Part, ...]
    article: str
    may: frozenset[str] = field(default=frozenset())
    exceptional_until: datetime | None = None
    away: frozenset[UUID] = field(default=frozenset())
    namesake: bool = False
    social: tuple[Contribution, ...] = ()

    def article_of(self, class_: str) -> str:
        """Return the article about a part, or about the case where that part is not there."""
        found = (part.article for part in self.parts if part.compartment_class == class_)
        return next(found, self.article)

    @property
    def subject(self) -> Person | None:
        """The person followed."""
        return next((one for one in self.persons if one.relation == "subject"), None)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list: its head, and the name when it may be opened, else `article` says why."""

    head: CaseHead
    family_name: Text
    given_name: Text
    birth_date: Text
    article: str = ""


@dataclass(frozen=True, slots=True)
class VictimLine:
    """The referral of a victim in a list: never a name; `opens` to this reader, or only exists."""

    head: CaseHead
    own: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A referral being written, opened for its author."""

    id: UUID
    group_id: UUID
    step: int
    fields: dict[str, str]
    saved_at: datetime
    expires_on: date
    version: int
