"""Meetings as pages show them: references, states, who is there; never the name of a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from casework.cases.agenda import DueCase, DueWhy
from casework.cases.circles import GroupBook, ties_of
from casework.cases.pages.views.circles import Circles
from casework.cases.pages.views.procedure import closures
from casework.cases.pages.views.states import state_of
from casework.cases.pages.views.words import reserved
from casework.cases.procedures.catalogue import procedure_of
from casework.charters.vocabulary import CharterAct, CompartmentClass, ListName
from casework.errors import AccessDenied
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.meetings.policy import ItemState, MeetingState
from casework.meetings.values import AgendaItem, Meeting
from casework.web.look import Circle, Tick

MEETING_REFUSALS: Final[Mapping[str, Any]] = {
    "no-quorum": _l("Il manque des organismes présents pour décider : notez les présences."),
    "item-settled": _l("Cette situation a déjà sa décision pour cette séance."),
    "agenda-unfinished": _l("Décidez ou reportez chaque situation avant de clore."),
}

_WHY: Final[Mapping[DueWhy, tuple[str, Any]]] = {
    DueWhy.NEW: ("neutral", _l("nouvelle")),
    DueWhy.HEARING: ("soon", _l("à entendre")),
    DueWhy.REVIEW: ("soon", _l("point attendu")),
    DueWhy.LATE: ("late", _l("action en retard")),
    DueWhy.STALE: ("late", _l("sans décision")),
}

_ITEM: Final[Mapping[ItemState, tuple[str, Any]]] = {
    ItemState.WAITING: ("neutral", _l("à décider")),
    ItemState.DECIDED: ("ok", _l("décidée")),
    ItemState.POSTPONED: ("soon", _l("reportée")),
    ItemState.WITHDRAWN: ("neutral", _l("retirée")),
}

MEETING_STATES: Final[Mapping[MeetingState, tuple[str, Any]]] = {
    MeetingState.PREPARED: ("neutral", _l("préparée")),
    MeetingState.OPEN: ("soon", _l("en cours")),
    MeetingState.CLOSED: ("ok", _l("close")),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case proposed for an agenda."""

    id: UUID
    reference: str
    commune: str
    state: tuple[str, Any]
    why: tuple[tuple[str, Any], ...]


def proposal_rows(due: Iterable[DueCase], book: GroupBook) -> list[Proposal]:
    """Return the cases due, as rows to tick."""
    return [
        Proposal(
            id=one.head.id,
            reference=one.head.reference or "",
            commune=book.communes.get(one.head.commune, one.head.commune),
            state=state_of(one.head),
            why=tuple(_WHY[why] for why in one.why),
        )
        for one in due
    ]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the agenda."""

    case_id: UUID
    reference: str
    state: tuple[str, Any]
    readable: bool
    waiting: bool
    protected: bool = False
    leaving: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody who may be there."""

    member_id: UUID
    name: str
    organisation: str
    present: bool
    may_note: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting on its page."""

    id: UUID
    group: str
    held_on: date
    state: MeetingState
    words: tuple[str, Any]
    version: int
    items: tuple[Item, ...]
    places: tuple[Place, ...]
    conducts: bool
    bodies: int
    quorum: int

    @property
    def can_decide(self) -> bool:
        """Say whether the group may decide now."""
        return self.state is MeetingState.OPEN and self.bodies >= self.quorum


def meeting_view(meeting: Meeting, book: GroupBook, viewer: UUID | None) -> MeetingView:
    """Return a meeting as its page shows it to one member."""
    conducts = CharterAct.PREPARE in meeting.may
    return MeetingView(
        id=meeting.line.id,
        group=book.group.name,
        held_on=meeting.line.held_on,
        state=meeting.line.state,
        words=MEETING_STATES[meeting.line.state],
        version=meeting.line.version,
        items=tuple(_item(one, meeting, book, conducts=conducts) for one in meeting.items),
        places=_places(meeting, book, viewer, conducts=conducts),
        conducts=conducts,
        bodies=len(meeting.organisations),
        quorum=meeting.quorum,
    )


def _item(item: AgendaItem, meeting: Meeting, book: GroupBook, *, conducts: bool) -> Item:
    reference = item.case.head.reference if item.case else None
    shut = " ".join((gettext("Situation réservée"), reserved(book.charter, item.article))).strip()
    return Item(
        case_id=item.case_id,
        reference=reference or shut,
        state=_ITEM[item.state],
        readable=item.case is not None,
        waiting=item.state in {ItemState.WAITING, ItemState.POSTPONED},
        protected=item.case is not None and item.case.head.protected,
        leaving=_leaving(item, meeting, book) if conducts else "",
    )


def _leaving(item: AgendaItem, meeting: Meeting, book: GroupBook) -> str:
    """Return those present whom a personal link keeps from a case: they leave the room for it."""
    away = item.case.away if item.case else frozenset[UUID]()
    out = [
        seat.name.full
        for seat in book.seats
        if seat.member_id in meeting.present and away & {seat.member_id, seat.organisation.id}
    ]
    return ", ".join(out)


def _places(
    meeting: Meeting, book: GroupBook, viewer: UUID | None, *, conducts: bool
) -> tuple[Place, ...]:
    going_on = meeting.line.state is MeetingState.OPEN
    return tuple(
        Place(
            member_id=seat.member_id,
            name=seat.name.full,
            organisation=seat.organisation.name,
            present=seat.member_id in meeting.present,
            may_note=going_on and (conducts or seat.member_id == viewer),
        )
        for seat in book.seats
    )


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The page on which one case is decided."""

    meeting_id: UUID
    case_id: UUID
    reference: str
    state: tuple[str, Any]
    version: int
    held_on: date
    circle: Circle
    listed: Circle
    opened: Circle
    led: bool
    decisions: tuple[Tick, ...]
    closures: tuple[Tick, ...]
    redirections: tuple[Tick, ...]
    leads: tuple[Tick, ...]
    actions: tuple[Tick, ...]
    dues: tuple[tuple[str, str], ...]
    text_most: int

    @classmethod
    def of(
        cls, meeting: Meeting, book: GroupBook, case_id: UUID, viewer: UUID | None
    ) -> "DecisionView":
        """Return it. Raises `AccessDenied` for a case not on this agenda."""
        case = next((one.case for one in meeting.items if one.case_id == case_id), None)
        if case is None:
            raise AccessDenied("decide", "not-on-agenda", subject=str(case_id))
        circles = Circles(book, ties_of(case.head, case.namings, book, case.away), viewer)
        return cls(
            meeting_id=meeting.line.id,
            case_id=case_id,
            reference=case.head.reference or "",
            state=state_of(case.head),
            version=case.head.version,
            held_on=meeting.line.held_on,
            circle=circles.of(CompartmentClass.SHEET),
            listed=circles.listed,
            opened=circles.of(CompartmentClass.IDENTITY),
            led=procedure_of(book.charter.kind).led,
            decisions=_ticks(book, ListName.DECISIONS, keys=True),
            closures=closures(book.charter),
            redirections=_ticks(book, ListName.REDIRECTIONS),
            leads=_people(book),
            actions=_ticks(book, ListName.ACTIONS),
            dues=_dues(book.day),
            text_most=book.charter.texts.free_text_max,
        )


def _ticks(book: GroupBook, name: ListName, *, keys: bool = False) -> tuple[Tick, ...]:
    listed = book.charter.lists[name].items()
    return tuple(
        Tick(code, label, key=str(number) if keys else "")
        for number, (code, label) in enumerate(listed, start=1)
    )


def _people(book: GroupBook) -> tuple[Tick, ...]:
    return tuple(
        Tick(str(seat.member_id), f"{seat.name.full} — {seat.organisation.name}")
        for seat in book.seats
    )


def _dues(day: date) -> tuple[tuple[str, str], ...]:
    distances = ((gettext("15 jours"), 15), (gettext("1 mois"), 30), (gettext("3 mois"), 91))
    return tuple((words, f"{day + timedelta(days=days):%d/%m/%Y}") for words, days in distances)
