"""What each card counts: values in, numbers of lines out. Lines are counted, never people.

A card asks a question; it accuses nobody. None compares a member with another, and none says how
well somebody works (CNIL, délibération 2021-122).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from casework.audit.actions import Act
from casework.identity import Reason


class Card(StrEnum):
    """What may stand out. Published values never change."""

    DECOY = "decoy"
    EXCEPTIONAL = "exceptional"
    SAME_NAME = "same-name"
    ENDED = "ended"
    CLOSED = "closed"
    UNHEARD = "unheard"
    VOLUME = "volume"
    HOURS = "hours"
    OTHER = "other"


ACTS: Final[Mapping[Card, frozenset[Act]]] = {
    Card.DECOY: frozenset({Act.DECOY_OPENED}),
    Card.EXCEPTIONAL: frozenset({Act.ACCESS_OPENED, Act.ACCESS_LENT}),
    Card.SAME_NAME: frozenset({Act.CASE_READ}),
    Card.ENDED: frozenset({Act.CASE_READ, Act.ACCESS_REFUSED, Act.SESSION_REFUSED}),
    Card.CLOSED: frozenset({Act.CASE_READ}),
    Card.UNHEARD: frozenset({Act.CASE_READ}),
    Card.VOLUME: frozenset({Act.CASE_READ}),
    Card.HOURS: frozenset({Act.CASE_READ}),
    Card.OTHER: frozenset({Act.CASE_READ}),
}
"""Which lines each card looks at."""

MORNING: Final = 7
"""Hours before it and from `EVENING` on are at night; days from `SATURDAY` on, the week-end."""

EVENING: Final = 20
SATURDAY: Final = 5
HISTORY: Final = timedelta(days=28)
"""How far back what somebody is used to is looked for, before the first day that counts."""

LEAST: Final = 10
"""Fewer cases in a day are never many; more are when beyond `TIMES` the busiest day before."""

TIMES: Final = 2
UNHEARD_AFTER: Final = timedelta(days=60)
"""A case this old should have been on an agenda."""

LOCKED: Final = "locked"
"""The code of a sign-in with an account that was closed."""


class Term(NamedTuple):
    """A time during which somebody may be there, both days included; None: without an end."""

    from_on: date
    until_on: date | None

    def covers(self, day: date) -> bool:
        """Say whether a day is within."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)

    def over_on(self, day: date) -> bool:
        """Say whether it had ended before a day."""
        return self.until_on is not None and self.until_on < day


@dataclass(frozen=True, slots=True)
class Seen:
    """A line of the register; `at` on the clock of the towns.

    A `same_name` line adds to the reading before it, and is no reading of its own.
    """

    seq: int
    at: datetime
    act: Act
    member_id: UUID | None = None
    case_id: UUID | None = None
    reason: str = ""
    code: str = ""
    same_name: bool = False
    exceptional: bool = False
    day: date = field(init=False)

    def __post_init__(self) -> None:
        """Note the day once: every rule asks for it."""
        object.__setattr__(self, "day", self.at.date())


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What stands in clear of a case: dates, and who is around it."""

    referred_on: date
    closed_on: date | None = None
    lead_id: UUID | None = None
    named: Mapping[UUID, Term] = field(default_factory=dict)
    on_an_agenda: bool = False


CasesByDay = Mapping[date, int]
"""How many different cases somebody opened on each day on which they opened any."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need beside the lines: mandates and usual days by member, cases by id."""

    mandates: Mapping[UUID, Sequence[Term]] = field(default_factory=dict)
    cases: Mapping[UUID, CaseFacts] = field(default_factory=dict)
    usual: Mapping[UUID, CasesByDay] = field(default_factory=dict)


def counted(card: Card, seen: Iterable[Seen], facts: Facts, first: date) -> tuple[int, ...]:
    """Return the numbers of the lines that a card counts from a day on, in the order of `seen`."""
    of_card = [one for one in seen if one.day >= first and one.act in ACTS[card]]
    if card is Card.VOLUME:
        return tuple(one.seq for one in _unusual(of_card, facts.usual))
    test = _TESTS[card]
    return tuple(one.seq for one in of_card if test(one, facts))


def busy(seen: Iterable[Seen], first: date) -> frozenset[UUID]:
    """Return who opened many cases in a day: whether too many, only their own past can tell."""
    recent = [one for one in seen if one.day >= first and one.act in ACTS[Card.VOLUME]]
    return frozenset(
        member_id for member_id, days in _by_member(recent).items() if max(days.values()) >= LEAST
    )


def cases_by_day(opened: Iterable[tuple[date, UUID]]) -> CasesByDay:
    """Return how many different cases were opened on each day."""
    days: defaultdict[date, set[UUID]] = defaultdict(set)
    for day, case_id in opened:
        days[day].add(case_id)
    return {day: len(cases) for day, cases in days.items()}


def outside_hours(at: datetime) -> bool:
    """Say whether a moment of the towns is at night or at the week-end."""
    return not MORNING <= at.hour < EVENING or at.weekday() >= SATURDAY


def is_unusual(cases: int, busiest: int) -> bool:
    """Say whether so many cases in a day are many, where the busiest day before had `busiest`."""
    return cases >= LEAST and cases > TIMES * busiest


def _unusual(seen: Sequence[Seen], usual: Mapping[UUID, CasesByDay]) -> Iterator[Seen]:
    """Give the readings of the days on which somebody opened far more cases than they ever do."""
    unusual = {
        (member_id, day)
        for member_id, days in _by_member(seen).items()
        for day, cases in days.items()
        if member_id in usual and is_unusual(cases, _busiest_before(usual[member_id], day))
    }
    return (one for one in seen if (one.member_id, one.day) in unusual and not one.same_name)


def _by_member(seen: Iterable[Seen]) -> dict[UUID, CasesByDay]:
    opened: defaultdict[UUID, list[tuple[date, UUID]]] = defaultdict(list)
    for one in seen:
        if one.member_id is not None and one.case_id is not None:
            opened[one.member_id].append((one.day, one.case_id))
    return {member_id: cases_by_day(days) for member_id, days in opened.items()}


def _busiest_before(days: CasesByDay, day: date) -> int:
    """Return how many cases the busiest of the days of `HISTORY` before one had."""
    first = day - HISTORY
    return max((cases for when, cases in days.items() if first <= when < day), default=0)


def _each(_: Seen, __: Facts) -> bool:
    return True


def _namesake(one: Seen, _: Facts) -> bool:
    return one.same_name


def _at_odd_hours(one: Seen, _: Facts) -> bool:
    return not one.same_name and outside_hours(one.at)


def _for_another_reason(one: Seen, _: Facts) -> bool:
    return not one.same_name and one.reason == Reason.OTHER


def _after_the_end(one: Seen, facts: Facts) -> bool:
    """Say whether the member's mandates were all over when they read, or tried to."""
    if one.act is Act.SESSION_REFUSED:
        return one.code == LOCKED
    mandates = facts.mandates.get(one.member_id, ()) if one.member_id else ()
    over = any(term.over_on(one.day) for term in mandates)
    return over and not one.same_name and not any(term.covers(one.day) for term in mandates)


def _of_a_closed_case(one: Seen, facts: Facts) -> bool:
    case = facts.cases.get(one.case_id) if one.case_id else None
    closed_on = case.closed_on if case else None
    return closed_on is not None and one.day > closed_on and not one.same_name


def _unheard(one: Seen, facts: Facts) -> bool:
    """Say whether a case that no meeting ever looked at was read by somebody not around it."""
    case = facts.cases.get(one.case_id) if one.case_id else None
    if case is None or case.on_an_agenda or one.same_name or one.exceptional:
        return False
    if one.day - case.referred_on <= UNHEARD_AFTER or one.member_id is None:
        return False
    term = case.named.get(one.member_id)
    return one.member_id != case.lead_id and not (term and term.covers(one.day))


_TESTS: Final[Mapping[Card, Callable[[Seen, Facts], bool]]] = {
    Card.DECOY: _each,
    Card.EXCEPTIONAL: _each,
    Card.SAME_NAME: _namesake,
    Card.ENDED: _after_the_end,
    Card.CLOSED: _of_a_closed_case,
    Card.UNHEARD: _unheard,
    Card.HOURS: _at_odd_hours,
    Card.OTHER: _for_another_reason,
}
