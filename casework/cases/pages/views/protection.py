"""A protected case before it opens, and the questions that wait for a yes: never a name in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from casework.cases.circles import Around, GroupBook, current, ties_of
from casework.cases.pages.views.case import reference_of
from casework.cases.safeguards.policy import waits
from casework.cases.safeguards.values import Opening
from casework.cases.service.protection import Door
from casework.cases.values import CaseHead
from casework.charters.outcome import Wanted
from casework.charters.vocabulary import CharterAct, CompartmentClass
from casework.i18n import gettext
from casework.identity import Role
from casework.partners.values import Seat
from casework.web.look import Tick

_IDENTITY: Final = Wanted(CharterAct.READ, CompartmentClass.IDENTITY)


@dataclass(frozen=True, slots=True)
class DoorView:
    """The page before a protected case; `seconds` are those who can say yes."""

    case_id: UUID
    reference: str
    group: str
    seconds: tuple[str, ...]
    asked_at: datetime | None
    open_until: datetime | None
    nameable: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """Somebody who waits for a second person."""

    case_id: UUID
    member_id: UUID
    reference: str
    name: str
    asked_at: datetime


def door_view(door: Door, book: GroupBook, viewer: UUID | None, now: datetime) -> DoorView:
    """Return the page of a door."""
    own = door.own
    return DoorView(
        case_id=door.head.id,
        reference=reference_of(door.head),
        group=book.group.name,
        seconds=tuple(
            f"{one.name.full}, {one.organisation.name}" for one in _seconds(door, book, viewer)
        ),
        asked_at=own.asked_at if own and waits(own, now) else None,
        open_until=own.until if own and own.open_at(now) else None,
        nameable=_nameable(door, book) if door.may_name else (),
    )


def question_lines(
    asked: Iterable[tuple[Opening, CaseHead]], books: Mapping[UUID, GroupBook]
) -> list[QuestionLine]:
    """Return the questions that wait."""
    return [
        QuestionLine(
            case_id=head.id,
            member_id=one.member_id,
            reference=reference_of(head),
            name=_called(books[head.group_id].seat(one.member_id)),
            asked_at=one.asked_at,
        )
        for one, head in asked
        if head.group_id in books
    ]


def _seconds(door: Door, book: GroupBook, viewer: UUID | None) -> list[Seat]:
    """Return who reads the case too, of another body; the referrer is masked, and not listed."""
    ties = ties_of(door.head, door.namings, book, door.away)
    own = book.seat(viewer)
    if own is None:
        return []
    known = {one.member_id for one in door.namings} | {door.head.lead_id}
    masked = door.head.referrer_id if not own.holds(Role.COORDINATOR) else None
    return [
        seat
        for seat in Around.of(book, ties).audience(_IDENTITY).seats
        if seat.organisation.id != own.organisation.id
        and (seat.member_id != masked or seat.member_id in known)
    ]


def _nameable(door: Door, book: GroupBook) -> tuple[Tick, ...]:
    """Return whom the coordination may name as a second person, without opening the case."""
    known = {one.member_id for one in door.namings if current(one, book.day)} | door.away
    return tuple(
        Tick(str(seat.member_id), f"{seat.name.full}, {seat.organisation.name}")
        for seat in book.seats
        if not known & {seat.member_id, seat.organisation.id} and not seat.holds(Role.COORDINATOR)
    )


def _called(seat: Seat | None) -> str:
    if seat is None:
        return gettext("Sans mandat à ce jour")
    return f"{seat.name.full}, {seat.organisation.name}"
