"""Actions as lines of work: what, who, by when, how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from casework.cases.circles import GroupBook
from casework.cases.pages.views.words import reserved, said, shut_words
from casework.cases.values import Action
from casework.charters.vocabulary import ListName
from casework.i18n import gettext
from casework.keys.values import Withheld
from casework.web.dates import day as short_day
from casework.web.dates import due


@dataclass(frozen=True, slots=True)
class Deed:
    """An action as it stands today; `title` is empty when it stays shut, and `shut` says so."""

    id: UUID
    case_id: UUID
    version: int
    title: str
    detail: str
    outcome: str
    by: str
    due_on: date
    kind: str
    words: str
    open: bool
    own: bool
    shut: str = ""


def deeds_of(
    actions: Iterable[Action], book: GroupBook, viewer_id: UUID | None, article: str = ""
) -> tuple[Deed, ...]:
    """Return actions as lines: those to do first, by their date, then the others."""
    lines = [deed_of(action, book, viewer_id, article) for action in actions]
    return tuple(sorted(lines, key=lambda deed: (not deed.open, deed.due_on)))


def deed_of(action: Action, book: GroupBook, viewer_id: UUID | None, article: str = "") -> Deed:
    """Return an action as a line; `article` is the number of the one that keeps the sheet shut."""
    kind, words = _stands(action)
    body = book.organisations.get(action.organisation_id)
    own = action.lead_id == viewer_id
    who = gettext("Vous") if own else (body.name if body else "")
    return Deed(
        id=action.id,
        case_id=action.case_id,
        version=action.version,
        title=_title(action, book),
        detail=_shown(action, action.detail),
        outcome=_shown(action, action.outcome),
        by=f"{who} · {short_day(action.due_on)}",
        due_on=action.due_on,
        kind=kind,
        words=words,
        open=action.state == "open",
        own=own,
        shut=shut_words(action.kind, gettext("Action réservée"), reserved(book.charter, article)),
    )


def _title(action: Action, book: GroupBook) -> str:
    if isinstance(action.kind, Withheld):
        return ""
    return book.charter.label(ListName.ACTIONS, action.kind) or action.kind


def _stands(action: Action) -> tuple[str, str]:
    if action.state == "done":
        return "ok", gettext("Faite")
    if action.state == "impossible":
        return "neutral", gettext("Impossible")
    near = due(action.due_on)
    return near.kind, near.words


def _shown(action: Action, text: str | Withheld) -> str:
    """Say nothing of an action that is shut whole."""
    return "" if isinstance(action.kind, Withheld) else said(text)
