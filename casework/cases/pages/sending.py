"""The end of a draft: read over with its readers, then sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.draft_pages import filled
from casework.cases.pages.blueprint import pages
from casework.cases.pages.drafts import TRACED, read_draft, view_of
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.views.draft import DraftView, review
from casework.cases.pages.views.lacking import faults
from casework.cases.pages.visitor import who
from casework.cases.schemas import VersionSchema
from casework.cases.service.transmitting import Transmitting
from casework.errors import AccessDenied
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_DRAFT = "/saisines/brouillons/<uuid:draft_id>"


@pages.get(f"{_DRAFT}/4")
@needs(Permission.DRAFT_READ)
def see_review(draft_id: UUID) -> str:
    """Show all that will be sent and, beside each part, who will be able to read it."""
    return _review(view_of(read_draft(draft_id)), NONE)


@pages.post(f"{_DRAFT}/transmission")
@needs(Permission.REFERRAL_WRITE)
def transmit(draft_id: UUID) -> ResponseReturnValue:
    """Send the draft to the coordination. Pressing twice sends once."""
    try:
        view = view_of(read_draft(draft_id))
    except AccessDenied:
        flash(gettext("Ce brouillon n’existe plus : il a été transmis ou abandonné."), "info")
        return redirect(url_for("cases.see_referrals"), 303)
    if _lacking(view):
        return _review(view, NONE), 422
    try:
        version = load(VersionSchema)["version"]
        referral = view.form.referral(view.draft.group_id, _values(view))
        service(Transmitting).transmit(who(), draft_id, version, referral)
    except HANDLED as error:
        again = setback(error, view.book.charter)
        return _review(view, again), again.status
    flash(view.sent)
    return redirect(view.list_url, 303)


def _review(view: DraftView, again: Setback) -> str:
    return render_template(
        "cases/draft_4.html",
        view=view,
        step=4,
        parts=review(view),
        lacking=_lacking(view),
        titles=view.form.titles,
        labels=view.form.labels,
        again=again,
        traced=TRACED,
    )


def _lacking(view: DraftView) -> Mapping[int, Mapping[str, list[str]]]:
    """Return what lacks, by page then by field."""
    found = {step: faults(view.draft, step, view.book) for step in view.form.pages}
    return {step: said for step, said in found.items() if said}


def _values(view: DraftView) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for step, page in view.form.pages.items():
        values.update(page().load(filled(view.draft, view.form.names(step))))
    return values
