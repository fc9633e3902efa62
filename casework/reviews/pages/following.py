"""Who answered, who did not, and what ends soon: for the coordination and the officer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.i18n import gettext, ngettext
from casework.reviews.pages.blueprint import pages
from casework.reviews.schemas import ConfirmationSchema
from casework.reviews.service import ReviewService
from casework.reviews.values import Followed, ReviewState, Said
from casework.reviews.words import ENDS, STATES
from casework.web.dates import due
from casework.web.guard import needs, principal, service
from casework.web.load import load
from casework.web.permissions import Permission


@dataclass(frozen=True, slots=True)
class Line:
    """A body as the table shows it."""

    id: UUID
    version: int
    name: str
    kind: str
    words: Any
    due_on: Any
    told: tuple[str, ...]
    may_confirm: bool


@pages.get("/revue/organismes")
@needs(Permission.REVIEW_LIST)
def see_reviews() -> str:
    """Show the newest review of each body, and what ends within a month."""
    return _page(NONE)


@pages.post("/revue/<uuid:review_id>/confirmation")
@needs(Permission.REVIEW_CONFIRM)
def confirm_review(review_id: UUID) -> ResponseReturnValue:
    """Confirm somebody who answered for themselves alone."""
    try:
        given = load(ConfirmationSchema)
        service(ReviewService).confirm(principal(), review_id, given["version"])
    except HANDLED as error:
        again = setback(error)
        return _page(again), again.status
    flash(gettext("Confirmé."), "ok")
    return redirect(url_for("reviews.see_reviews"), 303)


def _page(again: Setback) -> str:
    found = service(ReviewService).overview(principal())
    lines = [_line(one) for one in found.reviews]
    states = [one.review.state for one in found.reviews]
    return render_template(
        "reviews/following.html",
        lines=lines,
        done=states.count(ReviewState.DONE),
        suspended=sum(_is_suspended(one) for one in found.reviews),
        waiting=states.count(ReviewState.AWAITING),
        endings=found.endings,
        ends=ENDS,
        again=again,
    )


def _is_suspended(one: Followed) -> bool:
    return one.review.suspended_on is not None and one.review.state is not ReviewState.DONE


def _line(one: Followed) -> Line:
    kind, words = STATES[one.review.state]
    if _is_suspended(one):
        kind, words = "late", gettext("accès suspendu")
    elif one.review.state is ReviewState.OPEN:
        kind = due(one.review.due_on).kind
    return Line(
        id=one.review.id,
        version=one.review.version,
        name=one.organisation,
        kind=kind,
        words=words,
        due_on=one.review.due_on,
        told=tuple(_told(one)),
        may_confirm=one.may_confirm,
    )


def _told(one: Followed) -> list[str]:
    """Return what was answered: a number for those who stay, a name for what is to be done."""
    said = one.review.said
    here = [one.people[who] for who, word in said.items() if word is Said.HERE]
    stays = ngettext("%(num)d personne toujours là", "%(num)d personnes toujours là", len(here))
    if one.review.state is ReviewState.AWAITING:
        stays = gettext("se dit toujours là : %(names)s", names=", ".join(here))
    left = [one.people[who] for who, word in said.items() if word is Said.LEFT]
    moved = [one.people[who] for who, word in said.items() if word is Said.MOVED]
    gone = gettext("accès fermé : %(names)s", names=", ".join(left))
    changed = gettext("mandat à revoir : %(names)s", names=", ".join(moved))
    nobody = gettext("plus personne de cet organisme n’a accès")
    lines = [
        (here, stays),
        (left, gone),
        (moved, changed),
        (said and not (here or moved), nobody),
    ]
    return [words for found, words in lines if found]
