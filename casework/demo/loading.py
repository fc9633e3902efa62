"""Writes the history of a world into a founded council, in the order in which it happened."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from casework.charters.vocabulary import CaseKind
from casework.demo import calendar
from casework.demo.calendar import moment
from casework.demo.cast import RENEWAL, Cast, assemble
from casework.demo.confiding import confide
from casework.demo.families.council import families_of
from casework.demo.families.lives import FamilyLife
from casework.demo.families.seating import seat_families
from casework.demo.families.sittings import family_sittings
from casework.demo.lives import Event, Life
from casework.demo.reminders.lives import reminder_events
from casework.demo.reminders.settling import settle
from casework.demo.reminders.tales import registers_of
from casework.demo.revision import bring_in
from casework.demo.shapes import Group, Member, World
from casework.demo.sittings import sittings
from casework.demo.taking_over import take_over
from casework.demo.workshop import Workshop
from casework.identity import service
from casework.runtime import Runtime

_EVE: Final = timedelta(days=30)
_NIGHT: Final = time(4, 0)
_AGENDA: Final = 12
_LIVED: Final = 1_000  # beyond as many cases, each is taken over in one unit of work
_LAST_SWEEP: Final = timedelta(days=200)


def beginning(world: World) -> datetime:
    """Return when the council of a world was founded: some weeks before its first case."""
    first = min(case.opened_on for case in world.cases)
    return moment(first - _EVE, _NIGHT)


def load(workshop: Workshop, world: World, charters: Mapping[CaseKind, str]) -> Cast:
    """Write everything that `world` tells, under the texts of charters; return its people.

    The clock of the workshop stands at `beginning(world)`, and in the end at the anchor.
    """
    charter, registers = charters[CaseKind.FOLLOWUP], tuple(registers_of(world))
    with workshop.ledger as ledger:
        cast = assemble(workshop, world, charter)
        if registers:
            settle(cast, world, registers, charters[CaseKind.REMINDER])
        council = families_of(world)
        if council is not None:
            seat_families(cast, council, controllers(world), world.anchor)
        ledger.commit()
        beside = [one for each in registers for one in reminder_events(cast, each)]
        if len(world.cases) > _LIVED:
            others = [one for one in cast.bound if one != cast.charter_id]
            renewed = _renewals(cast, world, others)
            take_over(cast, world, (*beside, *_families(cast, world), *renewed))
        else:
            live(cast, world, beside)
        workshop.clock.stand_at(moment(world.anchor, calendar.PREPARED))
        cast.undertake()
        for group in world.groups:
            _prepare_next(cast, group)
        confide(cast, world)
        bring_in(cast, world.groups[0].key, charter)
        _ask_partners(workshop)
    return cast


def controllers(world: World) -> list[Member]:
    """Return those who control the exchange: they undertake every charter."""
    return [one for one in world.members if not one.groups]


def live(cast: Cast, world: World, beside: Iterable[Event] = ()) -> None:
    """Have everybody do what they did, through the services, each thing at its moment."""
    told = [*_history(cast, world), *beside]
    for event in sorted(told, key=lambda event: event[:2]):
        cast.workshop.clock.stand_at(event.at)
        event.tell()


def _history(cast: Cast, world: World) -> Iterator[Event]:
    yield from _families(cast, world)
    lives = [Life(cast, case, turn) for turn, case in enumerate(world.cases)]
    for life in lives:
        yield from life.events()
    for sitting in sittings(cast, lives, world.members):
        yield from sitting.events()
    yield Event(moment(world.anchor - _LAST_SWEEP, _NIGHT), 0, partial(_sweep, cast.workshop))
    yield from _renewals(cast, world, cast.bound)


def _renewals(cast: Cast, world: World, charters: Iterable[UUID]) -> Iterator[Event]:
    """Yield the day of each year on which those bound by some charters undertake them again."""
    renewal = cast.workshop.clock.now() + RENEWAL
    while renewal < moment(world.anchor, _NIGHT):
        yield from (Event(renewal, 0, partial(cast.undertake, one)) for one in charters)
        renewal += RENEWAL


def _families(cast: Cast, world: World) -> Iterator[Event]:
    """Yield what a family council lived, where one is seated."""
    council = families_of(world)
    if council is None or council.group.key not in cast.groups:
        return
    lives = [FamilyLife(cast, council, one, turn) for turn, one in enumerate(council.families)]
    for life in lives:
        yield from life.events()
    for sitting in family_sittings(lives, world.anchor):
        yield from sitting.events()


def _sweep(workshop: Workshop) -> None:
    """Forget once what was due then; what came due since waits for whoever tries it."""
    workshop.ledger.commit()
    everyday = Runtime(workshop.stores, workshop.edges, workshop.council_id)
    everyday.retention.sweep(service(workshop.council_id, "tick:retention"))


def _ask_partners(workshop: Workshop) -> None:
    """Ask every partner who is still there: whoever visits finds the question of the quarter."""
    workshop.ledger.commit()
    everyday = Runtime(workshop.stores, workshop.edges, workshop.council_id)
    everyday.reviews.round.run(service(workshop.council_id, "tick:reviews"))


def _prepare_next(cast: Cast, group: Group) -> None:
    """Prepare the meeting to come, with the cases that are due first."""
    meetings, who = cast.workshop.meetings, cast.coordinator(group.key)
    group_id = cast.groups[group.key]
    due = [one.head.id for one in meetings.proposals(who, group_id)]
    meetings.prepare(who, group_id, group.next_meeting_on, due[:_AGENDA])
