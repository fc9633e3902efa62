"""Asking about lines of the register: the form, and the list of what was asked."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.enquiries.pages.blueprint import pages
from casework.enquiries.pages.query import query
from casework.enquiries.pages.views import about, listed, own_circle, shortened
from casework.enquiries.schemas import (
    LONGEST_ADDRESSEE,
    LONGEST_TEXT,
    EnquirySchema,
    PlaceSchema,
    SubjectSchema,
)
from casework.enquiries.service import EnquiryService
from casework.enquiries.values import NewEnquiry
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.web.forms import FormState
from casework.web.guard import needs, principal, service
from casework.web.load import load, load_query
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS


@pages.get("/dpd/examen/enquetes")
@needs(Permission.ENQUIRY_READ)
def list_enquiries() -> str:
    """List enquiries, the newest first."""
    page = service(EnquiryService).page(principal(), query(PlaceSchema)["avant"])
    older = page.following and url_for("enquiries.list_enquiries", avant=page.following)
    return render_template("enquiries/list.html", enquiries=listed(page.enquiries), next_url=older)


@pages.get("/dpd/examen/enquetes/nouvelle")
@needs(Permission.ENQUIRY_WRITE)
def new_enquiry() -> ResponseReturnValue:
    """Show the form for some lines; nothing is opened, and nothing kept yet."""
    service(EnquiryService).prepare(principal())
    given = load_query(SubjectSchema)
    if not given["entrees"]:
        return redirect(url_for("enquiries.see_cards"), 303)
    lines = ",".join(map(str, given["entrees"]))
    return _form(FormState({"entrees": lines, "carte": given["carte"] or ""}))


@pages.post("/dpd/examen/enquetes")
@needs(Permission.ENQUIRY_WRITE)
def open_enquiry() -> ResponseReturnValue:
    """Ask."""
    try:
        own_id = service(EnquiryService).open(principal(), _new(load(EnquirySchema)))
    except InvalidInput as fault:
        service(EnquiryService).prepare(principal())
        return _form(FormState.refused(fault)), int(PROBLEMS[fault.code].status)
    flash(gettext("Enquête ouverte. Posez la question, puis gardez ici la réponse."), "ok")
    return redirect(url_for("enquiries.read_enquiry", enquiry_id=own_id), 303)


def _new(given: dict[str, Any]) -> NewEnquiry:
    card = given["carte"].value if given["carte"] else ""
    return NewEnquiry(given["entrees"], card, given["question"], given["addressee"])


def _form(state: FormState) -> str:
    lines = state.value("entrees")
    return render_template(
        "enquiries/new.html",
        state=state,
        lines=shortened(lines),
        lines_url=url_for("register.read_register", entrees=lines),
        about=about(state.value("carte")),
        circle=own_circle(),
        most={"text": LONGEST_TEXT, "addressee": LONGEST_ADDRESSEE},
    )
