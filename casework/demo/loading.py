"""Writes the history of a world into a founded council, in the order in which it happened."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from casework.demo import calendar
from casework.demo.calendar import moment
from casework.demo.cast import RENEWAL, Cast, assemble
from casework.demo.lives import Event, Life
from casework.demo.revision import bring_in
from casework.demo.shapes import Group, World
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


def load(workshop: Workshop, world: World, charter: str) -> Cast:
    """Write everything that `world` tells, under the text of a charter; return its people.

    The clock of the workshop stands at `beginning(world)`, and in the end at the anchor.
    """
    with workshop.ledger as ledger:
        cast = assemble(workshop, world, charter)
        ledger.commit()
        if len(world.cases) > _LIVED:
            take_over(cast, world)
        else:
            live(cast, world)
        workshop.clock.stand_at(moment(world.anchor, calendar.PREPARED))
        cast.undertake()
        for group in world.groups:
            _prepare_next(cast, group)
        bring_in(cast, world.groups[0].key, charter)
        _ask_partners(workshop)
    return cast


def live(cast: Cast, world: World) -> None:
    """Have everybody do what they did, through the services, each thing at its moment."""
    for event in sorted(_history(cast, world), key=lambda event: event[:2]):
        cast.workshop.clock.stand_at(event.at)
        event.tell()


def _history(cast: Cast, world: World) -> Iterator[Event]:
    lives = [Life(cast, case, turn) for turn, case in enumerate(world.cases)]
    for life in lives:
        yield from life.events()
    for sitting in sittings(cast, lives, world.members):
        yield from sitting.events()
    yield Event(moment(world.anchor - _LAST_SWEEP, _NIGHT), 0, partial(_sweep, cast.workshop))
    renewal = cast.workshop.clock.now() + RENEWAL
    while renewal < moment(world.anchor, _NIGHT):
        yield Event(renewal, 0, cast.undertake)
        renewal += RENEWAL


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
