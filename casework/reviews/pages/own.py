"""One's own body: « Vos personnes sont-elles toujours là ? », five clicks each quarter."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.i18n import gettext, ngettext
from casework.partners.directory import Directory
from casework.reviews.pages.blueprint import pages
from casework.reviews.schemas import PREFIX, AnswerSchema
from casework.reviews.service import Answered, ReviewService
from casework.reviews.values import OwnReview, Person, ReviewState, Said
from casework.reviews.words import ROLES, SAID
from casework.web.dates import long_day
from casework.web.guard import needs, principal, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission


@dataclass(frozen=True, slots=True)
class Asked:
    """A person as the form shows them; `said` is what was answered of them, if anything was."""

    field: str
    name: str
    seats: str
    said: Any
    me: bool


@pages.get("/revue")
@needs(Permission.REVIEW_READ)
def see_review() -> str:
    """Show one's colleagues, what they are here, and the question of the quarter."""
    return _page(NONE)


@pages.post("/revue/<uuid:review_id>")
@needs(Permission.REVIEW_ANSWER)
def answer_review(review_id: UUID) -> ResponseReturnValue:
    """Answer for one's own body."""
    try:
        given = load(AnswerSchema)
        done = service(ReviewService).answer(
            principal(), review_id, given["version"], given["said"]
        )
    except HANDLED as error:
        again = setback(error)
        return _page(again), again.status
    _tell(done)
    return redirect(url_for("reviews.see_review"), 303)


def _tell(done: Answered) -> None:
    if done.state is ReviewState.AWAITING:
        flash(gettext("Réponse gardée. La coordination doit encore la confirmer."), "soon")
    else:
        flash(gettext("Merci, la revue est faite."), "ok")
    if done.left_over:
        words = ngettext(
            "Un départ laisse une clé à reprendre ou une carte à remplacer : prévenez "
            "l’exploitant.",
            "Des départs laissent %(num)d clés à reprendre ou cartes à remplacer : prévenez "
            "l’exploitant.",
            done.left_over,
        )
        flash(words, "late")


def _page(again: Setback) -> str:
    own = service(ReviewService).own(principal())
    people = [_asked(one, own) for one in own.people]
    body = service(Directory).organisations()[principal().organisation_id]  # type: ignore[index]
    return render_template(
        "reviews/own.html",
        review=own.review,
        state_name=own.review.state if own.review else None,
        body=body,
        suspended_on=body.suspended_on,
        people=people,
        alone=[one.me for one in people] == [True],
        words=[Tick(one.value, str(said)) for one, said in SAID.items()],
        labels={one.field: one.name for one in people},
        by=_by(own),
        again=again,
        state=again.state,
    )


def _asked(one: Person, own: OwnReview) -> Asked:
    said: Said | None = own.review.said.get(one.id) if own.review else None
    seats = " · ".join(
        gettext(
            "%(role)s, %(group)s, jusqu’au %(day)s",
            role=ROLES[seat.role],
            group=seat.group or gettext("tout le conseil"),
            day=long_day(seat.until_on),
        )
        for seat in one.seats
    )
    return Asked(
        field=f"{PREFIX}{one.id}",
        name=one.name,
        seats=seats or gettext("aucun mandat en cours"),
        said=SAID[said] if said else None,
        me=one.id == principal().member_id,
    )


def _by(own: OwnReview) -> str:
    """Return who answered."""
    by = own.review.answered_by if own.review else None
    return service(Directory).labels([by])[by].name if by else ""
