"""Why somebody opens a closed case, or a part apart: asked before anything of it is shown."""

from collections.abc import Callable
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.visitor import reason, who
from casework.cases.schemas import ReasonOfCaseSchema
from casework.cases.service.stating import StatingService
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission


@pages.post("/situations/<uuid:case_id>/motif")
@needs(Permission.REASON_STATE)
def state_reason_of_case(case_id: UUID) -> ResponseReturnValue:
    """Keep why a case is opened, and open it."""
    return state_reason(case_id, asking_page, "cases.see_case")


def state_reason(
    case_id: UUID, asking: Callable[[UUID, str, Setback], str], opened: str
) -> ResponseReturnValue:
    """Keep the words typed for a case and go on to the page `opened`; or ask again."""
    try:
        service(StatingService).state(who(), reason(), case_id, load(ReasonOfCaseSchema)["words"])
    except HANDLED as error:
        again = setback(error)
        return asking(case_id, "", again), again.status
    return redirect(url_for(opened, case_id=case_id), 303)


def asking_page(case_id: UUID, reference: str, again: Setback = NONE) -> str:
    """Ask for the reason."""
    return render_template(
        "cases/reason_of_case.html", case_id=case_id, reference=reference, again=again
    )
