"""A charter as loaded: articles that people signed, figures, lists and rules that compute."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from casework.charters.gates import Gate, Grounds, build_gates, refused
from casework.charters.kinds import USUAL_NAMES
from casework.charters.limits import USUAL_OPINION_DAYS, USUAL_SUMMONS_DAYS
from casework.charters.outcome import Decision, Wanted
from casework.charters.refusals import NEWER, Refusal
from casework.charters.rules import Rule
from casework.charters.vocabulary import (
    CaseKind,
    CompartmentClass,
    ListName,
    PartnerCategory,
    Recipient,
)
from casework.charters.window import ANY_DAY, Window

WITHOUT_MEETINGS = 1_000_000
"""Where a procedure has no meeting, no number of them makes a case stale."""


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
    elimination_alert_months: int
    keystore_backup_days: int
    stale_meetings: int = WITHOUT_MEETINGS
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
    """Organisations needed to decide, and the classes that may be projected; by default none."""

    article: str = ""
    quorum: int = WITHOUT_MEETINGS
    projected: tuple[CompartmentClass, ...] = ()


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
class Protocol:
    """What a mayor and the prosecutor signed about reminders; silence never agrees by itself.

    Working days are counted from the request of an opinion, calendar days before a hearing.
    """

    article: str = ""
    opinion_required: bool = True
    silence_agrees: bool = False
    incivility_notices: bool = False
    opinion_working_days: int = USUAL_OPINION_DAYS
    summons_days: int = USUAL_SUMMONS_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """One version of the charter of one kind of group; `digest` is of the file's exact text.

    `name` is what such a group is called. `gates` hold the rules that hold on any day: where
    rules have dates, ask the charter of a day (`on`). `period` tells apart the days on which
    different rules hold.
    """

    title: str
    kind: CaseKind
    name: str = ""
    version: int
    digest: str
    dates: Window = ANY_DAY
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
    protocol: Protocol = Protocol()
    period: int = 0
    gates: Mapping[Wanted, Gate] = field(init=False, repr=False, compare=False)
    unforeseen: Decision = field(init=False, repr=False, compare=False)
    turns: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _periods: dict[int, Self] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Compile the rules once; a decision is then a few comparisons of integers."""
        grounds = self.grounds
        windows = [self.dates, *(rule.window for rule in self.rules)]
        turns = sorted({day for window in windows for day in window.turns()})
        always = [rule for rule in self.rules if self.dates == rule.window == ANY_DAY]
        object.__setattr__(self, "gates", build_gates(self.kind, always, grounds))
        object.__setattr__(self, "unforeseen", refused(Refusal.NOT_FORESEEN, grounds))
        object.__setattr__(self, "turns", tuple(turns))

    @property
    def grounds(self) -> Grounds:
        """Return the article that grounds each refusal."""
        said = {
            refusal: article.number
            for article in self.articles.values()
            for refusal in article.refusals
        }
        return {newer: said[older] for newer, older in NEWER.items() if older in said} | said

    @property
    def group(self) -> str:
        """Return what a group under this charter is called, in its own words or the usual ones."""
        return self.name or USUAL_NAMES[self.kind]

    def on(self, day: date) -> Self:
        """Return the charter as it stands on a day: rules outside their dates are not in it."""
        if not self.turns:
            return self
        period = bisect_right(self.turns, day) + 1
        if period not in self._periods:
            here = self.dates.holds(day)
            holding = [rule for rule in self.rules if here and rule.window.holds(day)]
            self._periods[period] = self._undated(holding, period)
        return self._periods[period]

    def undated(self) -> Self:
        """Return the charter as if every rule held at once: the widest that it can ever be."""
        return self._undated(self.rules, 0) if self.turns else self

    def label(self, name: ListName, code: str) -> str | None:
        """Return the French label of a code of a closed list, or None when it is not one."""
        return self.lists.get(name, {}).get(code)

    def _undated(self, rules: Sequence[Rule], period: int) -> Self:
        plain = tuple(replace(rule, window=ANY_DAY) for rule in rules)
        return replace(self, rules=plain, dates=ANY_DAY, period=period)
