"""The cards of today: lines of the register and facts in clear, put to the rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from casework.audit.actions import Act
from casework.audit.lines import Line
from casework.audit.recent import Recent, RecentService
from casework.clock import Clock, local_day
from casework.enquiries.facts import FactBook
from casework.enquiries.rules import (
    ACTS,
    HISTORY,
    Card,
    CasesByDay,
    Facts,
    Seen,
    busy,
    cases_by_day,
    counted,
)
from casework.identity import Principal

_PLACE: Final = ZoneInfo("Europe/Paris")
_LOOKED_AT: Final = frozenset[Act]().union(*ACTS.values())


_MOST_MEMBERS: Final = 40
"""Of how many members the past is looked at: the others' days are not judged."""


class Period(IntEnum):
    """How many days back cards look, beside today."""

    WEEK = 7
    MONTH = 30


@dataclass(frozen=True, slots=True)
class Counted:
    """What a card counts: numbers of lines, the newest first; every one since `since`.

    `cut` says that there was too much to go back, or to compare, as far as was asked.
    """

    card: Card
    lines: tuple[int, ...]
    since: date
    cut: bool


@dataclass(frozen=True, slots=True)
class CardService:
    """For the data protection officer of today alone: AccessDenied for anybody else."""

    recent: RecentService
    facts: FactBook
    clock: Clock

    def look(self, who: Principal, period: Period = Period.WEEK) -> list[Counted]:
        """Return every card, in one or two recorded readings of the register."""
        first = local_day(self.clock.now()) - timedelta(days=period)
        found = self.recent.look(who, _LOOKED_AT, _midnight(first))
        seen = [_seen(line) for line in found.lines if line.readable]
        many = sorted(busy(seen, first))
        past = self._past(who, many[:_MOST_MEMBERS], first)
        facts = replace(self._facts(who, seen), usual=past)
        cut = frozenset({Card.VOLUME}) if len(many) > _MOST_MEMBERS else frozenset[Card]()
        return [_counted(card, seen, facts, (found, first, cut)) for card in Card]

    def _facts(self, who: Principal, seen: Iterable[Seen]) -> Facts:
        members = {one.member_id for one in seen if one.member_id}
        cases = {one.case_id for one in seen if one.case_id and one.act is Act.CASE_READ}
        return self.facts.of(who.council_id, members, cases)

    def _past(
        self, who: Principal, members: Sequence[UUID], first: date
    ) -> Mapping[UUID, CasesByDay]:
        """Return what some members are used to open in a day."""
        if not members:
            return {}
        begun = _midnight(first - HISTORY)
        opened = self.recent.of_members(who, members, Act.CASE_READ, begun)
        return {
            one: cases_by_day((local_day(at), case_id) for at, case_id in part)
            for one, part in opened.items()
        }


def _counted(
    card: Card, seen: Iterable[Seen], facts: Facts, at: tuple[Recent, date, frozenset[Card]]
) -> Counted:
    found, first, cut = at
    known = max(first, *(local_day(found.since[act]) for act in ACTS[card]))
    lines = counted(card, seen, facts, first)
    return Counted(card, lines, known, cut=known > first or card in cut)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _PLACE)


def _seen(line: Line) -> Seen:
    """Return what the rules see of a line; what is altered says nothing, and is told elsewhere."""
    return Seen(
        seq=line.seq,
        at=line.at.astimezone(_PLACE),
        act=Act(line.act),
        member_id=line.member_id,
        case_id=line.case_id,
        reason=line.reason,
        code=str(line.detail.get("code", "")),
        same_name=line.adds,
        exceptional="access" in line.detail,
    )
