"""Who is named on a case, who else could be, and the circle of each part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from casework.cases.circles import GroupBook, current, ties_of
from casework.cases.pages.views.blocks import Block, block_of, parts_by_class
from casework.cases.pages.views.circles import Circles
from casework.cases.values import CaseFile, Naming
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.identity import Role
from casework.partners.values import Seat
from casework.web.look import Tick

_CONTROL: Final = (Role.DPO, Role.ARCHIVES)
_MONTHS: Final = (
    (30, _l("dans un mois")),
    (90, _l("dans trois mois")),
    (180, _l("dans six mois")),
)


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A member named on a case."""

    member_id: UUID
    name: str
    organisation: str
    from_on: date
    until_on: date | None
    lead: bool
    you: bool
    served: bool


@dataclass(frozen=True, slots=True)
class AccessView:
    """The page of accesses."""

    named: tuple[NamedLine, ...]
    nameable: tuple[Tick, ...]
    coordination: str
    parts: tuple[Block, ...]
    terms: tuple[tuple[str, str], ...]
    all_served: bool
    coordination_served: bool


@dataclass(frozen=True, slots=True)
class Keepers:
    """Which organisations leave their key to the service, as far as it matters on a case.

    A case is as strong as the weakest of them: it is named where members of another keep theirs.
    """

    served: frozenset[UUID]
    mixed: bool

    def told(self, organisation_id: UUID) -> bool:
        """Say whether the line of an organisation has to tell it."""
        return self.mixed and organisation_id in self.served


def access_view(
    file: CaseFile, book: GroupBook, viewer_id: UUID | None, served: frozenset[UUID]
) -> AccessView:
    """Return who may open a case; the service keeps the keys of the organisations in `served`."""
    named = [one for one in file.namings if current(one, book.day)]
    # Only those that the page shows: who referred must not be guessed from their custody.
    shown = {book.group.coordinating_id, *(one.organisation_id for one in named)}
    keepers = Keepers(served, mixed=not shown <= served)
    circles = Circles(book, ties_of(file.head, file.namings, book, file.away), viewer_id)
    coordinators = [seat for seat in book.seats if seat.holds(Role.COORDINATOR)]
    return AccessView(
        named=tuple(_named(named, file.head.lead_id, book, viewer_id, keepers)),
        nameable=tuple(_nameable(named, file.away, book, keepers)),
        coordination=", ".join(_called(seat) for seat in coordinators),
        parts=tuple(block_of(part, circles) for part in parts_by_class(file).values()),
        terms=tuple(_terms(book.day)),
        all_served=not keepers.mixed,
        coordination_served=keepers.told(book.group.coordinating_id),
    )


def named_ticks(file: CaseFile, book: GroupBook) -> tuple[Tick, ...]:
    """Return those who may lead an action: whoever is named today."""
    named = {one.member_id for one in file.namings if current(one, book.day)}
    return tuple(
        Tick(str(seat.member_id), _called(seat)) for seat in book.seats if seat.member_id in named
    )


def _named(
    named: Iterable[Naming],
    lead_id: UUID | None,
    book: GroupBook,
    viewer_id: UUID | None,
    keepers: Keepers,
) -> Iterator[NamedLine]:
    for one in named:
        seat, body = book.seat(one.member_id), book.organisations.get(one.organisation_id)
        yield NamedLine(
            member_id=one.member_id,
            name=seat.name.full if seat else gettext("Sans mandat à ce jour"),
            organisation=body.name if body else "",
            from_on=one.from_on,
            until_on=one.until_on,
            lead=one.member_id == lead_id,
            you=one.member_id == viewer_id,
            served=keepers.told(one.organisation_id),
        )


def _nameable(
    named: Iterable[Naming], away: frozenset[UUID], book: GroupBook, keepers: Keepers
) -> Iterator[Tick]:
    known = {one.member_id for one in named} | away
    for seat in book.seats:
        knows_all = seat.holds(Role.COORDINATOR) or any(seat.holds(role) for role in _CONTROL)
        if not known & {seat.member_id, seat.organisation.id} and not knows_all:
            said = _called(seat)
            if keepers.told(seat.organisation.id):
                said = gettext("%(member)s (clé gardée par le service)", member=said)
            yield Tick(str(seat.member_id), said)


def _called(seat: Seat) -> str:
    return f"{seat.name.full}, {seat.organisation.name}"


def recent_days(day: date) -> tuple[tuple[str, str], ...]:
    """Return today and yesterday, to choose with one tap."""
    yesterday = day - timedelta(days=1)
    return (
        (gettext("aujourd’hui"), f"{day:%d/%m/%Y}"),
        (gettext("hier"), f"{yesterday:%d/%m/%Y}"),
    )


def due_terms(day: date) -> tuple[tuple[str, str], ...]:
    """Return usual due dates, to choose with one tap."""
    fortnight, month = day + timedelta(days=15), day + timedelta(days=30)
    return (
        (gettext("dans 15 jours"), f"{fortnight:%d/%m/%Y}"),
        (gettext("dans un mois"), f"{month:%d/%m/%Y}"),
    )


def _terms(day: date) -> Iterator[tuple[str, str]]:
    for days, words in _MONTHS:
        until = day + timedelta(days=days)
        yield str(words), f"{until:%d/%m/%Y}"
