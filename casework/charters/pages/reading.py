"""Reading the charter in force, and signing one's undertaking to keep it."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.charters.pages.blueprint import pages
from casework.charters.promise import Promise
from casework.charters.schemas import UndertakingSchema
from casework.charters.service import CharterService
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.identity import Reason
from casework.web import guard
from casework.web.dates import long_day, today
from casework.web.forms import FormState
from casework.web.guard import needs
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS


@pages.get("/charte")
@needs(Permission.CHARTER_READ)
def read_charter() -> str:
    """Show the charters that bind the reader, article by article."""
    return _page(FormState())


@pages.post("/charte/engagement")
@needs(Permission.UNDERTAKING_SIGN)
def undertake() -> ResponseReturnValue:
    """Sign one's undertaking to a charter just read."""
    try:
        given = load(UndertakingSchema)
    except InvalidInput as fault:
        status = int(PROBLEMS[fault.code].status)
        return make_response(_page(FormState.refused(fault)), status)
    service = guard.service(CharterService)
    until = service.undertake(guard.principal(), Reason.SIGN_IN, given["charter"])
    flash(gettext("Votre engagement est signé jusqu’au %(day)s.", day=long_day(until)), "ok")
    return redirect(url_for("charters.read_charter"), 303)


def _page(state: FormState) -> str:
    found = guard.service(CharterService).read(guard.principal(), Reason.SIGN_IN)
    promise = guard.service(Promise)
    return render_template(
        "charters/charter.html", charters=found, state=state, today=today(), promise=promise
    )
