"""Who may open a case: those the group named, until when, and which part each of them reads."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.views.access import access_view
from casework.cases.pages.views.case import case_view
from casework.cases.pages.views.exceptional import lines
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas import NamingSchema
from casework.cases.service.cases import CaseService
from casework.cases.service.exceptional import ExceptionalService
from casework.i18n import gettext
from casework.keys.status import KeyStatus
from casework.web.dates import now
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_ACCESS = "/situations/<uuid:case_id>/acces"


@pages.get(_ACCESS)
@needs(Permission.CASE_READ)
def see_access(case_id: UUID) -> str:
    """Show who is named on a case, and who reads what."""
    return _access(case_id, NONE)


@pages.post(_ACCESS)
@needs(Permission.CASE_NAME)
def name(case_id: UUID) -> ResponseReturnValue:
    """Name a member on a case."""
    try:
        said = load(NamingSchema)
        member, until = said["member"], said["until"]
        service(CaseService).name(who(), reason(), case_id, member, until)
    except HANDLED as error:
        again = setback(error)
        return _access(case_id, again), again.status
    flash(gettext("Membre nommé : il peut ouvrir la situation dès maintenant."))
    return _back(case_id)


@pages.post(f"{_ACCESS}/<uuid:member_id>/fin")
@needs(Permission.CASE_NAME)
def unname(case_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """End a naming."""
    service(CaseService).unname(who(), reason(), case_id, member_id)
    flash(gettext("Nomination terminée : la situation n’existe plus pour ce membre."))
    return _back(case_id)


def _access(case_id: UUID, again: Setback) -> str:
    file = service(CaseService).read(who(), reason(), case_id)
    book = book_of(file.head.group_id)
    viewer = who().member_id
    kept = service(KeyStatus).kept_by_service(who().council_id)
    return render_template(
        "cases/access.html",
        case=case_view(file, book, viewer),
        access=access_view(file, book, viewer, kept),
        exceptional=lines(service(ExceptionalService).of_case(who(), case_id), viewer, now()),
        again=again,
    )


def _back(case_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("cases.see_access", case_id=case_id), 303)
