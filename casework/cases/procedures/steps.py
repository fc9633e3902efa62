"""The words of procedures: where a case is, what moves it, and what guards look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from casework.charters.charter import Protocol


class CaseState(StrEnum):
    """Where a case is. Published values never change."""

    REFERRED = "referred"
    QUESTIONED = "questioned"
    ACCEPTED = "accepted"
    FOLLOWED = "followed"
    CLOSED = "closed"
    RESTRICTED = "restricted"
    SEALED = "sealed"
    ERASED = "erased"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    CONSULTED = "consulted"
    CLEARED = "cleared"
    SUMMONED = "summoned"


WAITING = frozenset({CaseState.REFERRED, CaseState.QUESTIONED})
"""States of a referral that nobody has taken or refused yet."""

DECIDED = frozenset({CaseState.FOLLOWED, CaseState.SUMMONED})
"""States of a case that was decided to go on: what a charter calls followed."""

UNDER_WAY = DECIDED | {CaseState.ACCEPTED, CaseState.CONSULTED, CaseState.CLEARED}
"""States of a case that was taken and is not over."""

LIVING = WAITING | UNDER_WAY
"""States of a case that people work on."""

ARCHIVED = frozenset({CaseState.CLOSED, CaseState.RESTRICTED})
"""States of a case that is over and may still be opened, for a reason typed for it."""

REACHABLE = LIVING | ARCHIVED
"""States in which somebody may still open the case."""

LET_GO = frozenset({CaseState.REFUSED, CaseState.REDIRECTED})
"""States of a referral of which nothing is kept: its keys die with the decision."""

OUT_OF_REACH = LET_GO | {CaseState.SEALED, CaseState.ERASED}
"""States in which nobody opens the case."""


class Step(StrEnum):
    """What moves a case. Published values never change; new ones go at the end."""

    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    REDIRECT = "redirect"
    REFUSE = "refuse"
    RETAIN = "retain"
    MAINTAIN = "maintain"
    POSTPONE = "postpone"
    INFORM = "inform"
    CLOSE = "close"
    RESTRICT = "restrict"
    SEAL = "seal"
    ERASE = "erase"
    REFER = "refer"
    CONSULT = "consult"
    FAVOUR = "favour"
    OPPOSE = "oppose"
    WAIVE = "waive"
    SUMMON = "summon"
    HEAR = "hear"
    MISS = "miss"
    CHECK = "check"
    SIGNAL = "signal"
    ORIENT = "orient"
    NOTIFY = "notify"
    TELL = "tell"
    PROPOSE = "propose"
    ADVISE = "advise"
    LODGE = "lodge"
    NOTIFY_EDUCATION = "notify_education"
    NOTIFY_SCHOOL = "notify_school"
    NOTIFY_BENEFITS = "notify_benefits"
    NOTIFY_PREFECT = "notify_prefect"
    AGREE = "agree"
    DECLINE = "decline"
    MEET = "meet"
    CERTIFY = "certify"
    ADDRESS = "address"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    MENTION = "mention"


_NOTHING: Mapping[str, str] = MappingProxyType({})
_UNSAID = Protocol()


@dataclass(frozen=True, slots=True)
class Standing:
    """What guards look at: clear facts of the case, never its content, and what is answered now.

    `minor` errs towards yes: of the day of birth only the quarter stands in clear; in the quarter
    of the 18th birthday, `may_be_adult` is true too. `passed` are the steps recorded so far;
    `answers` those of the step at hand, checked, by field. `protocol` is that of the charter.
    """

    state: CaseState
    today: date
    informed: bool = False
    reviewed_before: bool = False
    held: bool = False
    due_on: date | None = None
    awaited_on: date | None = None
    minor: bool = False
    may_be_adult: bool = True
    passed: frozenset[Step] = frozenset()
    answers: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    protocol: Protocol = _UNSAID


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition of a step, with the rule it comes from."""

    holds: Callable[[Standing], bool]
    reason: str
    source: str
