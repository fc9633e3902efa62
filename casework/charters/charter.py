"""A charter as loaded: articles that people signed, figures, lists and rules that compute."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.charters.gates import Gate, Grounds, build_gates, refused
from casework.charters.outcome import Decision, Wanted
from casework.charters.refusals import Refusal
from casework.charters.rules import Rule
from casework.charters.vocabulary import (
    CaseKind,
    CompartmentClass,
    ListName,
    PartnerCategory,
    Recipient,
)


@dataclass(frozen=True, slots=True)
class Article:
    """What the partners signed; `refusals` are the reasons that this article grounds."""

    number: str
    title: str
    text: str
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Ages in years: from `age_from` included, to the birthday `age_to` excluded."""

    article: str
    age_from: int
    age_to: int
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Limit of every free text, in characters."""

    article: str
    free_text_max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """When data end: each figure in the unit of its name."""

    article: str
    referral_not_kept_days: int
    after_closure_months: int
    review_months: int
    stale_meetings: int
    elimination_alert_months: int
    keystore_backup_days: int
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """How long the register is searchable and kept, in months; and what persons are told of it.

    Whoever asks who read their file is told the bodies; also the members with `readers_named`.
    """

    article: str
    searchable_months: int
    kept_months: int
    readers_named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """Organisations needed to decide, and the classes that may be projected."""

    article: str
    quorum: int
    projected: tuple[CompartmentClass, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """The duty to inform the persons; `before_first_review` blocks that review until done."""

    article: str
    before_first_review: bool
    legal_representatives: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Classes that only organisations whose members hold the key may open; none by default."""

    article: str = ""
    members_only: tuple[CompartmentClass, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who may ask whether a person is already followed; nobody by default."""

    article: str = ""
    recipients: tuple[Recipient, ...] = ()

    @property
    def on(self) -> bool:
        """Say whether the group asks and answers at all."""
        return bool(self.recipients)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """One version of the charter of one kind of group; `digest` is of the file's exact text."""

    title: str
    kind: CaseKind
    version: int
    digest: str
    signatories: tuple[PartnerCategory, ...]
    compartments: Mapping[CompartmentClass, str]
    custody: Custody
    persons: Persons
    texts: Texts
    clocks: Clocks
    register: Register
    meetings: Meetings
    information: Information
    lists: Mapping[ListName, Mapping[str, str]]
    articles: Mapping[str, Article]
    rules: tuple[Rule, ...]
    presence: Presence = Presence()
    gates: Mapping[Wanted, Gate] = field(init=False, repr=False, compare=False)
    unforeseen: Decision = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the rules once; a decision is then a few comparisons of integers."""
        grounds = self.grounds
        object.__setattr__(self, "gates", build_gates(self.kind, self.rules, grounds))
        object.__setattr__(self, "unforeseen", refused(Refusal.NOT_FORESEEN, grounds))

    @property
    def grounds(self) -> Grounds:
        """Return the article that grounds each refusal."""
        return {
            refusal: article.number
            for article in self.articles.values()
            for refusal in article.refusals
        }

    def label(self, name: ListName, code: str) -> str | None:
        """Return the French label of a code of a closed list, or None when it is not one."""
        return self.lists[name].get(code)
