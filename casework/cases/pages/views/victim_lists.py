"""The list of victims' referrals: what waits for whom, by reference, date and state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import url_for

from casework.cases.circles import GroupBook
from casework.cases.pages.views.victims import called
from casework.cases.procedures.steps import ARCHIVED, LET_GO, CaseState
from casework.cases.values import CaseHead, VictimLine
from casework.charters.vocabulary import CaseKind
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.web.dates import day as short_day

STATES: Final[Mapping[CaseState, tuple[str, Any]]] = {
    CaseState.REFERRED: ("soon", _l("Réponse attendue")),
    CaseState.QUESTIONED: ("late", _l("À adresser ailleurs")),
    CaseState.ACCEPTED: ("ok", _l("Acceptée")),
    CaseState.CLOSED: ("neutral", _l("Close")),
    CaseState.RESTRICTED: ("neutral", _l("Close")),
    CaseState.SEALED: ("neutral", _l("Scellée")),
    CaseState.REFUSED: ("neutral", _l("Effacée")),
    CaseState.ERASED: ("neutral", _l("Effacée")),
}
"""A state of a referral as its tag shows it: kind, then words."""


@dataclass(frozen=True, slots=True)
class VictimRow:
    """A line: never a name. Without an `url` nothing more is shown to this reader."""

    reference: str
    detail: str
    state: tuple[str, Any]
    next: str
    url: str | None


Part = tuple[str, str, Sequence[VictimRow]]


def networks(books: Iterable[GroupBook]) -> dict[UUID, GroupBook]:
    """Return the books of the networks for victims among some."""
    return {book.group.id: book for book in books if book.charter.kind is CaseKind.VICTIM}


def parts(lines: Iterable[VictimLine], books: Mapping[UUID, GroupBook]) -> tuple[Part, ...]:
    """Return a page of the list: for one's service, one's own, and what merely exists."""
    known = [one for one in lines if one.head.group_id in books]
    received = [one for one in known if one.opens and not one.own]
    own = [one for one in known if one.own]
    others = [one for one in known if not one.own and not one.opens]
    return (
        (gettext("Adressées à votre service"), "", [_row(one, books) for one in received]),
        (gettext("Que vous avez orientées"), "", [_row(one, books) for one in own]),
        (
            gettext("Dans le réseau"),
            gettext("La coordination sait qu’elles existent et où elles en sont ; rien d’autre."),
            [_row(one, books) for one in others],
        ),
    )


def _row(line: VictimLine, books: Mapping[UUID, GroupBook]) -> VictimRow:
    head = line.head
    sent = gettext("orientée le %(day)s", day=short_day(head.referred_on))
    group = books[head.group_id].group.name
    return VictimRow(
        reference=called(head),
        detail=f"{sent} · {group}" if head.reference else group,
        state=STATES.get(head.state, ("neutral", "")),
        next=_next(line),
        url=_url(line),
    )


def _url(line: VictimLine) -> str | None:
    """Lead to the page, or where one's own is over, to the one thing left to do."""
    head = line.head
    if head.state in LET_GO or not (line.own or line.opens):
        return None
    if head.state in ARCHIVED and not line.opens:
        return url_for("cases.see_victim_step", case_id=head.id, step="withdraw")
    return url_for("cases.see_victim", case_id=head.id)


def _next(line: VictimLine) -> str:
    """Return what is awaited of this reader, if anything."""
    head, received = line.head, line.opens and not line.own
    waits = {
        (CaseState.REFERRED, True): gettext("Votre service accepte, ou dit qu’il ne peut pas."),
        (CaseState.ACCEPTED, True): gettext("Rappelez-la, puis confirmez le jour du contact."),
        (CaseState.QUESTIONED, False): gettext("Adressez-la à un autre service, ou renoncez."),
    }
    if line.own and head.state in ARCHIVED:
        return _over(head)
    return waits.get((head.state, received), "") if line.own or line.opens else ""


def _over(head: CaseHead) -> str:
    if not head.due_on:
        return ""
    return gettext("Scellée le %(day)s, puis effacée.", day=short_day(head.due_on))
