"""Who may open a case: those the group named, until when, and which part each of them reads."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.circles import GroupBook
from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.access import access_view
from casework.cases.pages.views.case import case_view
from casework.cases.pages.views.exceptional import lines
from casework.cases.pages.views.links import away_lines, holder_ticks
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas import NamingSchema
from casework.cases.service.cases import CaseService
from casework.cases.service.exceptional import ExceptionalService
from casework.cases.service.links import LinkService
from casework.cases.values import CaseFile
from casework.i18n import gettext
from casework.identity import Role
from casework.keys.status import KeyStatus
from casework.web.dates import now
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_ACCESS = "/situations/<uuid:case_id>/acces"


@pages.get(_ACCESS)
@needs(Permission.CASE_READ)
@behind_door
def see_access(case_id: UUID) -> ResponseReturnValue:
    """Show who is named on a case, and who reads what."""
    return access_page(case_id, NONE)


@pages.post(_ACCESS)
@needs(Permission.CASE_NAME)
@behind_door
def name(case_id: UUID) -> ResponseReturnValue:
    """Name a member on a case."""
    try:
        said = load(NamingSchema)
        member, until = said["member"], said["until"]
        service(CaseService).name(who(), reason(), case_id, member, until)
    except HANDLED as error:
        again = setback(error)
        return access_page(case_id, again), again.status
    flash(gettext("Membre nommé : il peut ouvrir la situation dès maintenant."))
    return _back(case_id)


@pages.post(f"{_ACCESS}/<uuid:member_id>/fin")
@needs(Permission.CASE_NAME)
def unname(case_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """End a naming."""
    service(CaseService).unname(who(), reason(), case_id, member_id)
    flash(gettext("Nomination terminée : la situation n’existe plus pour ce membre."))
    return _back(case_id)


def access_page(case_id: UUID, again: Setback) -> str:
    """Show who is named on a case, who is kept from it, and who reads what."""
    file = service(CaseService).read(who(), reason(), case_id)
    book = book_of(file.head.group_id)
    viewer = who().member_id
    kept = service(KeyStatus).kept_by_service(who().council_id)
    links = service(LinkService).of_case(who(), case_id) if _sets_links(file, book) else []
    return render_template(
        "cases/access.html",
        case=case_view(file, book, viewer),
        access=access_view(file, book, viewer, kept),
        exceptional=lines(service(ExceptionalService).of_case(who(), case_id), viewer, now()),
        away=away_lines(links, book),
        holders=holder_ticks(links, book, viewer) if _sets_links(file, book) else (),
        may_lift=_coordinates(book),
        again=again,
    )


def _sets_links(file: CaseFile, book: GroupBook) -> bool:
    return _coordinates(book) or (
        file.head.lead_id is not None and file.head.lead_id == who().member_id
    )


def _coordinates(book: GroupBook) -> bool:
    seat = book.seat(who().member_id)
    return seat is not None and seat.holds(Role.COORDINATOR)


def _back(case_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("cases.see_access", case_id=case_id), 303)
