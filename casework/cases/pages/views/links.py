"""Personal links in words: who is away, who said so, never why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.cases.circles import GroupBook
from casework.cases.safeguards.values import Exclusion
from casework.i18n import gettext
from casework.partners.directory import Directory
from casework.web.look import Tick


@dataclass(frozen=True, slots=True)
class AwayLine:
    """A member or a body kept from a case."""

    holder_id: UUID
    name: str
    detail: str
    at: datetime
    asked: bool


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A link that the coordination asks to end, as the officer meets it."""

    case_id: UUID
    holder_id: UUID
    reference: str
    name: str
    detail: str
    by: str


def away_lines(links: Iterable[Exclusion], book: GroupBook) -> tuple[AwayLine, ...]:
    """Return who is kept from a case, for the coordination and the lead."""
    return tuple(
        AwayLine(
            holder_id=one.holder_id,
            name=_name(one, book),
            detail=_said_by(one),
            at=one.set_at,
            asked=one.lift_asked_by is not None,
        )
        for one in links
    )


def holder_ticks(
    links: Iterable[Exclusion], book: GroupBook, viewer: UUID | None
) -> tuple[Tick, ...]:
    """Return whom a link may be set for: the other members, then bodies that do not coordinate."""
    known = {one.holder_id for one in links}
    return tuple(
        Tick(str(holder_id), words)
        for holder_id, words in (*_members(book, viewer), *_bodies(book))
        if holder_id not in known
    )


def asked_lines(
    links: Iterable[Exclusion], references: Mapping[UUID, str], directory: Directory
) -> list[AskedLine]:
    """Return the links that the coordination asks to end."""
    asked = list(links)
    members = {one.holder_id for one in asked if not one.whole}
    labels = directory.labels(members | {one.lift_asked_by for one in asked if one.lift_asked_by})
    bodies = directory.organisations()

    def name(own_id: UUID | None) -> str:
        label = labels.get(own_id) if own_id else None
        if label is not None:
            return f"{label.name}, {label.organisation}"
        body = bodies.get(own_id) if own_id else None
        return body.name if body else gettext("un ancien membre")

    return [
        AskedLine(
            case_id=one.case_id,
            holder_id=one.holder_id,
            reference=references.get(one.case_id, gettext("sans numéro")),
            name=name(one.holder_id),
            detail=_said_by(one),
            by=name(one.lift_asked_by),
        )
        for one in asked
    ]


def _said_by(one: Exclusion) -> str:
    if one.declared:
        return gettext("déclaré par la personne elle-même")
    return gettext("inscrit par la coordination ou le référent")


def _name(one: Exclusion, book: GroupBook) -> str:
    body = book.organisations.get(one.organisation_id)
    seat = book.seat(one.holder_id)
    if one.whole:
        told = body.name if body else gettext("un ancien partenaire")
        return gettext("%(body)s, tout l’organisme", body=told)
    return seat.name.full if seat else gettext("Sans mandat à ce jour")


def _members(book: GroupBook, viewer: UUID | None) -> Iterator[tuple[UUID, str]]:
    for seat in book.seats:
        if seat.member_id != viewer:
            yield seat.member_id, f"{seat.name.full}, {seat.organisation.name}"


def _bodies(book: GroupBook) -> Iterator[tuple[UUID, str]]:
    bodies = dict.fromkeys(seat.organisation for seat in book.seats)
    for body in bodies:
        if body.id != book.group.coordinating_id:
            yield body.id, gettext("%(body)s, tout l’organisme", body=body.name)
