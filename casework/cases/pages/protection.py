"""Protected cases: marked, asked for, opened with a second person."""

from typing import Final
from uuid import UUID

from flask import Flask, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.views.protection import door_view, question_lines
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.schemas import ProtectionSchema
from casework.cases.service.books import GroupBooks
from casework.cases.service.protection import ProtectionService
from casework.i18n import gettext
from casework.web.dates import now
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_DOOR: Final = "/situations/<uuid:case_id>/ouverture"
_ASKED: Final = "/ouvertures"


def install(app: Flask) -> None:
    """Give templates `openings_asked()`: how many protected cases wait for this person's yes."""
    app.jinja_env.globals["openings_asked"] = lambda: len(service(ProtectionService).waiting(who()))


@pages.post("/situations/<uuid:case_id>/protection")
@needs(Permission.CASE_PROTECT)
def protect(case_id: UUID) -> ResponseReturnValue:
    """Let a case open with two people from now on, or end that."""
    wanted = load(ProtectionSchema)["protected"]
    protection = service(ProtectionService)
    (protection.protect if wanted else protection.unprotect)(who(), reason(), case_id)
    flash(
        gettext("Situation protégée : elle ne s’ouvre plus qu’à deux.")
        if wanted
        else gettext("Protection levée : la situation s’ouvre de nouveau comme les autres.")
    )
    return redirect(url_for("cases.see_case", case_id=case_id), 303)


@pages.get(_DOOR)
@needs(Permission.OPENING_ASK)
def see_door(case_id: UUID) -> ResponseReturnValue:
    """Show a protected case as it stands shut."""
    return _door(case_id, NONE)


@pages.post(_DOOR)
@needs(Permission.OPENING_ASK)
def ask_opening(case_id: UUID) -> ResponseReturnValue:
    """Ask for a second person."""
    service(ProtectionService).ask(who(), reason(), case_id)
    return redirect(url_for("cases.see_door", case_id=case_id), 303)


@pages.get(_ASKED)
@needs(Permission.OPENING_LIST)
def see_openings() -> str:
    """Show who waits for this person to open a protected case with them."""
    return _openings(NONE)


@pages.post(f"{_DOOR}/<uuid:member_id>")
@needs(Permission.OPENING_GRANT)
def grant_opening(case_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """Say yes."""
    try:
        service(ProtectionService).grant(who(), reason(), case_id, member_id)
    except HANDLED as error:
        again = setback(error)
        return _openings(again), again.status
    flash(gettext("Ouverte pour une demi-heure. Vos deux noms sont au registre."))
    return redirect(url_for("cases.see_openings"), 303)


def _door(case_id: UUID, again: Setback) -> ResponseReturnValue:
    try:
        door = service(ProtectionService).door(who(), reason(), case_id)
    except HANDLED:
        return redirect(url_for("cases.see_case", case_id=case_id), 303)
    book = book_of(door.head.group_id)
    return render_template(
        "cases/door.html", door=door_view(door, book, who().member_id, now()), again=again
    )


def _openings(again: Setback) -> str:
    asked = service(ProtectionService).look(who(), reason())
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    return render_template("cases/openings.html", lines=question_lines(asked, books), again=again)
