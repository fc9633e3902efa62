"""Actions: one's own list, what became of each in one line, and a new one for somebody."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.orders import NewAction
from casework.cases.pages.blueprint import pages
from casework.cases.pages.rereading import reread
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.access import due_terms, named_ticks
from casework.cases.pages.views.case import case_view
from casework.cases.pages.views.lists import deeds
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas import ActionSchema, ReportSchema
from casework.cases.service.actions import ActionService
from casework.cases.service.books import GroupBooks
from casework.cases.service.cases import CaseService
from casework.charters.vocabulary import ListName
from casework.errors import AccessDenied, InvalidInput
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission

_NEW = "/situations/<uuid:case_id>/actions"


@pages.get("/actions")
@needs(Permission.ACTION_LIST)
def see_actions() -> str:
    """Show one's own open actions, the most urgent first."""
    actions, heads = service(CaseService).list_actions(who(), reason())
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    shown = deeds(actions, heads, books, who().member_id)
    return render_template("cases/actions.html", deeds=shown)


@pages.get(f"{_NEW}/<uuid:action_id>/compte-rendu")
@needs(Permission.ACTION_REPORT)
@behind_door
def see_report(case_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Ask what became of an action."""
    return _report(case_id, action_id, NONE)


@pages.post(f"{_NEW}/<uuid:action_id>/compte-rendu")
@needs(Permission.ACTION_REPORT)
def report(case_id: UUID, action_id: UUID) -> ResponseReturnValue:
    """Say what became of an action."""
    try:
        said = load(ReportSchema)
        reread(said, "text")
        outcome = (said["state"], said["text"] or "")
        service(ActionService).report(who(), reason(), action_id, said["version"], outcome)
    except HANDLED as error:
        again = setback(error)
        return _report(case_id, action_id, again), again.status
    flash(gettext("Compte rendu enregistré sur la fiche partagée."))
    return redirect(url_for("cases.see_actions"), 303)


@pages.get(f"{_NEW}/nouvelle")
@needs(Permission.ACTION_WRITE)
@behind_door
def see_new_action(case_id: UUID) -> ResponseReturnValue:
    """Ask what is to be done, by whom and when."""
    return _new_action(case_id, NONE)


@pages.post(_NEW)
@needs(Permission.ACTION_WRITE)
def open_action(case_id: UUID) -> ResponseReturnValue:
    """Give somebody something to do."""
    try:
        service(ActionService).open(who(), reason(), case_id, _action(case_id))
    except HANDLED as error:
        again = setback(error)
        return _new_action(case_id, again), again.status
    flash(gettext("Action ajoutée : elle paraît dans la liste de la personne qui la mène."))
    return redirect(url_for("cases.see_case", case_id=case_id), 303)


def _action(case_id: UUID) -> NewAction:
    said = load(ActionSchema)
    reread(said, "detail")
    file = service(CaseService).read(who(), reason(), case_id)
    bodies = {one.member_id: one.organisation_id for one in file.namings}
    if said["lead"] not in bodies:
        raise InvalidInput({"lead": [gettext("Nommez d’abord cette personne.")]})
    return NewAction(
        kind=said["kind"],
        detail=said["detail"] or "",
        lead_id=said["lead"],
        lead_organisation_id=bodies[said["lead"]],
        due_on=said["due_on"],
    )


def _report(case_id: UUID, action_id: UUID, again: Setback) -> str:
    file = service(CaseService).read(who(), reason(), case_id)
    view = case_view(file, book_of(file.head.group_id), who().member_id)
    deed = next((one for one in view.deeds if one.id == action_id), None)
    if deed is None:
        raise AccessDenied("report", "no-such-action", subject=str(action_id))
    outcomes = (Tick("done", gettext("Faite")), Tick("impossible", gettext("Impossible")))
    return render_template(
        "cases/report.html", case=view, deed=deed, outcomes=outcomes, again=again
    )


def _new_action(case_id: UUID, again: Setback) -> str:
    file = service(CaseService).read(who(), reason(), case_id)
    book = book_of(file.head.group_id)
    view = case_view(file, book, who().member_id)
    kinds = book.charter.lists[ListName.ACTIONS]
    return render_template(
        "cases/action_new.html",
        case=view,
        kinds=[Tick(code, words) for code, words in kinds.items()],
        leads=named_ticks(file, book),
        terms=due_terms(book.day),
        again=again,
    )
