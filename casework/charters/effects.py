"""Two charters before the people and cases of a group: for how many cases which right turns.

Sets of cases are integers with one bit for each; whoever has the same facts gets one answer.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, TypeAlias
from uuid import UUID

from casework.charters.charter import Charter
from casework.charters.circumstances import bits_of
from casework.charters.comparing import Change, Tie, Turn, answer, turned
from casework.charters.facts import BIT, Fact, Standing
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CASE_ACTS, CharterAct, CompartmentClass, PartnerCategory

Cases: TypeAlias = int
"""A set of cases, bit by bit."""


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody of a group, as engaged as they can be, and what ties them to its cases."""

    body_id: UUID
    standing: Standing
    named: Cases = 0
    lead: Cases = 0
    referrer: Cases = 0


@dataclass(frozen=True, slots=True)
class LiveGroup:
    """A group as it is today.

    `alike` are its cases by the facts that do not depend on who asks, as bits; `admitted` and
    `own_commune` those of each body.
    """

    name: str
    size: int
    alike: Mapping[int, Cases]
    admitted: Mapping[UUID, Cases]
    own_commune: Mapping[UUID, Cases]
    seated: tuple[Seated, ...]

    @property
    def running(self) -> Cases:
        """Return the cases that are not closed."""
        closed = BIT[Fact.RESTRICTED]
        return sum(cases for bits, cases in self.alike.items() if not bits & closed)


@dataclass(frozen=True, slots=True)
class Effect:
    """What turns for a body's people in one quality; without `cases`, it is of the group itself."""

    body_id: UUID
    tie: Tie
    change: Change
    wanted: tuple[Wanted, ...]
    people: int
    cases: int | None = None
    running: int = 0

    @property
    def grave(self) -> bool:
        """Say whether this takes from somebody what a running case is followed with."""
        closes = self.change.turn is Turn.CLOSED and self.tie in _FOLLOWING
        return closes and self.running > 0 and not _NEEDED.isdisjoint(self.wanted)


@dataclass(frozen=True, slots=True)
class Unbound:
    """A body that would lose everything: it has not signed, or is no signatory any more."""

    body_id: UUID
    asked: bool
    people: int
    cases: int


@dataclass(slots=True)
class _Tally:
    """Whom and what a change touches, while it is counted."""

    cases: Cases = 0
    people: set[int] = field(default_factory=set)


_FOLLOWING: Final = frozenset({Tie.COORDINATOR, Tie.LEAD, Tie.NAMED})
_NEEDED: Final = frozenset(
    {
        Wanted(CharterAct.READ, CompartmentClass.IDENTITY),
        Wanted(CharterAct.READ, CompartmentClass.SHEET),
        *map(Wanted, (CharterAct.REPORT, CharterAct.DECIDE, CharterAct.INFORM, CharterAct.CLOSE)),
    }
)
_REACHED: Final = bits_of((Fact.ADMITTED, Fact.OWN_SERVICE, Fact.OWN_ACTION))
_Turning: TypeAlias = tuple[tuple[Wanted, Change], ...]
_Key: TypeAlias = tuple[UUID, Tie, Wanted, Change]
_Line: TypeAlias = tuple[UUID, Tie, Change, bool, Cases, int]


class Effects:
    """Asks both texts once for each set of facts, however many people and cases share it."""

    def __init__(self, before: Charter, after: Charter) -> None:
        """Keep the answers for as long as this is kept."""
        self._before, self._after = before, after
        every = before.gates.keys() | after.gates.keys()
        self._of_case = sorted((one for one in every if one.act in CASE_ACTS), key=str)
        self._of_group = sorted((one for one in every if one.act not in CASE_ACTS), key=str)
        self._turning = lru_cache(None)(self._turn)

    def of(self, group: LiveGroup) -> list[Effect]:
        """Return every change of rights that somebody of the group would notice."""
        tallies: defaultdict[_Key, _Tally] = defaultdict(_Tally)
        for number, one in enumerate(group.seated):
            for tie, facts, cases in _cells(group, one):
                for wanted, change in self._turning(one.standing.bits, facts, of_case=True):
                    _count(tallies[one.body_id, tie, wanted, change], number, cases)
            for wanted, change in self._turning(one.standing.bits, 0, of_case=False):
                _count(tallies[one.body_id, _tie(one.standing), wanted, change], number, 0)
        return _gathered(tallies, group.running)

    def _turn(self, standing: int, facts: int, *, of_case: bool) -> _Turning:
        found = []
        for wanted in self._of_case if of_case else self._of_group:
            before = answer(self._before, standing, wanted, facts)
            change = turned(before, answer(self._after, standing, wanted, facts))
            if change:
                found.append((wanted, change))
        return tuple(found)


def unbound(
    group: LiveGroup,
    after: Charter,
    signed: frozenset[UUID],
    categories: Mapping[UUID, PartnerCategory],
) -> list[Unbound]:
    """Return the bodies of a group that would lose access on the day `after` comes into force."""
    people: defaultdict[UUID, int] = defaultdict(int)
    for one in group.seated:
        people[one.body_id] += 1
    return [
        Unbound(body, categories[body] in after.signatories, count, _count_of(group, body))
        for body, count in people.items()
        if body not in signed
    ]


def _count_of(group: LiveGroup, body_id: UUID) -> int:
    return group.admitted.get(body_id, 0).bit_count()


def _cells(group: LiveGroup, one: Seated) -> Iterator[tuple[Tie, int, Cases]]:
    """Yield the cases within reach of somebody, apart by the facts that hold between them."""
    own = group.own_commune.get(one.body_id, 0)
    admitted = group.admitted.get(one.body_id, 0)
    ties = ((Fact.NAMED, one.named), (Fact.LEAD, one.lead), (Fact.REFERRER, one.referrer))
    for bits, alike in group.alike.items():
        cells = [(bits | _REACHED, alike & admitted)]
        for fact, tied in (*ties, (Fact.OWN_COMMUNE, own)):
            cells = [*_split(cells, BIT[fact], tied)]
        for facts, cases in cells:
            yield _tie(one.standing, facts), facts, cases


def _split(cells: list[tuple[int, Cases]], bit: int, tied: Cases) -> Iterator[tuple[int, Cases]]:
    for facts, cases in cells:
        if inside := cases & tied:
            yield facts | bit, inside
        if outside := cases & ~tied:
            yield facts, outside


_STANDINGS: Final = (
    (Fact.DPO, Tie.DPO),
    (Fact.ARCHIVES_OFFICER, Tie.ARCHIVES_OFFICER),
    (Fact.COORDINATOR, Tie.COORDINATOR),
)
_TIES: Final = ((Fact.LEAD, Tie.LEAD), (Fact.NAMED, Tie.NAMED), (Fact.REFERRER, Tie.REFERRER))


def _tie(standing: Standing, facts: int = 0) -> Tie:
    held = standing.bits & bits_of(fact for fact, _ in _STANDINGS)
    for fact, tie in _STANDINGS if held else _TIES:
        if (standing.bits | facts) & BIT[fact]:
            return tie
    return Tie.MEMBER


def _count(tally: _Tally, number: int, cases: Cases) -> None:
    tally.cases |= cases
    tally.people.add(number)


def _gathered(tallies: Mapping[_Key, _Tally], running: Cases) -> list[Effect]:
    """Tell together what turns alike for the same people and the same cases."""
    lines: defaultdict[_Line, list[Wanted]] = defaultdict(list)
    for (body, tie, wanted, change), tally in tallies.items():
        of_case = wanted.act in CASE_ACTS
        lines[body, tie, change, of_case, tally.cases, len(tally.people)].append(wanted)
    found = [
        Effect(
            body_id=body,
            tie=tie,
            change=change,
            wanted=tuple(sorted(wanted, key=str)),
            people=people,
            cases=cases.bit_count() if of_case else None,
            running=(cases & running).bit_count(),
        )
        for (body, tie, change, of_case, cases, people), wanted in lines.items()
    ]
    return sorted(found, key=_order)


def _order(one: Effect) -> tuple[int, int, int, str, str]:
    turns, ties = list(Turn), list(Tie)
    place = turns.index(one.change.turn), ties.index(one.tie), -(one.cases or 0)
    return *place, str(one.body_id), str(one.wanted)
