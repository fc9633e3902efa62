"""Exceptional access: asking for one, what became of it, and what somebody else says of it."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.views.exceptional import lines
from casework.cases.pages.visitor import who
from casework.cases.schemas import ExceptionSchema, ReviewSchema
from casework.cases.service.exceptional import ExceptionalService
from casework.errors import AccessDenied, Conflict, InvalidInput
from casework.i18n import gettext
from casework.keys.pages import wording
from casework.keys.recovery.values import WHYS, Kind
from casework.web.dates import now
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.look import Tick
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS

_URL: Final = "/acces-exceptionnels"


@pages.get(_URL)
@needs(Permission.ACCESS_READ)
def see_exceptions() -> str:
    """Show the accesses that concern who looks, and how to ask for one."""
    return _page(FormState(), "")


@pages.post(_URL)
@needs(Permission.ACCESS_ASK)
def ask_exception() -> ResponseReturnValue:
    """Open a case, or put the question to the custodians."""
    try:
        given = load(ExceptionSchema)
        found = service(ExceptionalService).ask(who(), given["reference"], given["why"])
    except InvalidInput as fault:
        return _page(FormState.refused(fault), ""), int(PROBLEMS[fault.code].status)
    except AccessDenied as fault:
        said = gettext("Aucune situation de ce numéro ne peut vous être ouverte ainsi.")
        return _page(FormState(), said), int(PROBLEMS[fault.code].status)
    if found.until is None:
        flash(
            gettext(
                "Demandé aux gardiens de la clé de secours : appelez-en deux. La demande dure une "
                "demi-heure ; la situation s’ouvrira ici."
            ),
            "soon",
        )
        return redirect(url_for("cases.see_exceptions"), 303)
    return redirect(url_for("cases.see_case", case_id=found.case_id), 303)


@pages.post(f"{_URL}/<uuid:access_id>/examen")
@needs(Permission.ACCESS_REVIEW)
def review_exception(access_id: UUID) -> ResponseReturnValue:
    """Say whether an access was justified."""
    try:
        service(ExceptionalService).review(who(), access_id, load(ReviewSchema)["verdict"])
    except Conflict:
        flash(gettext("Quelqu’un vient de l’examiner : rien n’a été ajouté."), "soon")
    else:
        flash(gettext("C’est inscrit au registre, et la situation l’affiche."), "ok")
    return redirect(url_for("cases.see_exceptions"), 303)


def _page(state: FormState, told: str) -> str:
    return render_template(
        "cases/exceptional.html",
        accesses=lines(service(ExceptionalService).look(who()), who().member_id, now()),
        reasons=[Tick(one.value, str(wording.WHYS[one])) for one in WHYS[Kind.EXCEPTION]],
        state=state,
        told=told,
    )
