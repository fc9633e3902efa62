"""The safe contact of a victim: a page of its own, which is never printed."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.stating import state_reason
from casework.cases.pages.victims import CASE
from casework.cases.pages.views.contact import HINTS, LABELS, YES_NO, contact_circle, contact_view
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas import ContactSchema
from casework.cases.service.victims import VictimService
from casework.errors import ReasonRequired
from casework.i18n import gettext
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS

_CONTACT: Final = f"{CASE}/contact"


@pages.get(_CONTACT)
@needs(Permission.CONTACT_READ)
@behind_door
def see_contact(case_id: UUID) -> ResponseReturnValue:
    """Show the safe contact; or ask why, where the charter wants a reason typed for this case."""
    try:
        return _contact(case_id, NONE)
    except ReasonRequired as asked:
        return _asking(case_id, asked.reference, NONE), int(PROBLEMS[asked.code].status)


@pages.post(_CONTACT)
@needs(Permission.CONTACT_WRITE)
def keep_contact(case_id: UUID) -> ResponseReturnValue:
    """Put another safe contact in its place."""
    try:
        said = load(ContactSchema)
        version = said.pop("version")
        message = "yes" if said["contact_message"] else "no"
        told = {name: value or "" for name, value in said.items()} | {"contact_message": message}
        service(VictimService).keep_contact(who(), reason(), (case_id, version), told)
    except HANDLED as error:
        again = setback(error)
        return _contact(case_id, again), again.status
    flash(gettext("Contact protégé mis à jour. L’ancien n’est pas gardé."))
    return redirect(url_for("cases.see_contact", case_id=case_id), 303)


@pages.post(f"{_CONTACT}/motif")
@needs(Permission.REASON_STATE)
def state_reason_of_contact(case_id: UUID) -> ResponseReturnValue:
    """Keep why a safe contact is opened, and open it."""
    return state_reason(case_id, _asking, "cases.see_contact")


def _contact(case_id: UUID, again: Setback) -> str:
    opened = service(VictimService).read_contact(who(), reason(), case_id)
    book = book_of(opened.head.group_id)
    view = contact_view(opened)
    state = again.state if again.state.errors else FormState(dict(view.typed))
    return render_template(
        "cases/victims/contact.html",
        case_id=case_id,
        reference=view.reference,
        contact=view,
        circle=contact_circle(opened, book, who()),
        labels=LABELS,
        hints=HINTS,
        yes_no=YES_NO,
        state=state,
        again=again,
    )


def _asking(case_id: UUID, reference: str, again: Setback) -> str:
    return render_template(
        "cases/victims/reason.html", case_id=case_id, reference=reference, again=again
    )
