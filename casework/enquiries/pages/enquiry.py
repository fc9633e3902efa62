"""One enquiry: what was asked, what was answered, what came of it."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.enquiries.pages.blueprint import pages
from casework.enquiries.pages.views import own_circle, shown, steps
from casework.enquiries.schemas import LONGEST_TEXT, AnswerSchema, ConclusionSchema
from casework.enquiries.service import EnquiryService
from casework.enquiries.words import CONCLUSIONS
from casework.i18n import gettext
from casework.web.guard import needs, principal, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission


@pages.get("/dpd/examen/enquetes/<uuid:enquiry_id>")
@needs(Permission.ENQUIRY_READ)
def read_enquiry(enquiry_id: UUID) -> str:
    """Show an enquiry, and what may be done next."""
    return _page(enquiry_id, NONE)


@pages.post("/dpd/examen/enquetes/<uuid:enquiry_id>/reponse")
@needs(Permission.ENQUIRY_WRITE)
def answer_enquiry(enquiry_id: UUID) -> ResponseReturnValue:
    """Keep what was answered."""
    try:
        given = load(AnswerSchema)
        service(EnquiryService).answer(principal(), enquiry_id, given["version"], given["answer"])
    except HANDLED as error:
        again = setback(error)
        return _page(enquiry_id, again), again.status
    flash(gettext("Réponse gardée. Il reste à conclure."), "ok")
    return redirect(url_for("enquiries.read_enquiry", enquiry_id=enquiry_id), 303)


@pages.post("/dpd/examen/enquetes/<uuid:enquiry_id>/conclusion")
@needs(Permission.ENQUIRY_WRITE)
def conclude_enquiry(enquiry_id: UUID) -> ResponseReturnValue:
    """Say what came of it."""
    try:
        given = load(ConclusionSchema)
        service(EnquiryService).conclude(
            principal(), enquiry_id, given["version"], given["conclusion"]
        )
    except HANDLED as error:
        again = setback(error)
        return _page(enquiry_id, again), again.status
    flash(gettext("Enquête conclue. La page dit quand elle sera effacée."), "ok")
    return redirect(url_for("enquiries.read_enquiry", enquiry_id=enquiry_id), 303)


def _page(enquiry_id: UUID, again: Setback) -> str:
    enquiry = service(EnquiryService).read(principal(), enquiry_id)
    return render_template(
        "enquiries/enquiry.html",
        one=shown(enquiry),
        steps=steps(enquiry),
        circle=own_circle(),
        conclusions=[
            Tick(code.value, str(words.title), str(words.rule))
            for code, words in CONCLUSIONS.items()
        ],
        most=LONGEST_TEXT,
        again=again,
        state=again.state,
    )
