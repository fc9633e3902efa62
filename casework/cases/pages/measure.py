"""The mention of a judicial measure: a page of its own, opened for a reason typed for the case."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.orders import StepOrder
from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.stating import state_reason
from casework.cases.pages.views.measure import measure_view
from casework.cases.pages.views.steps import typed_answers
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.procedures.measure import MENTION
from casework.cases.procedures.steps import Step
from casework.cases.schemas import step_schema
from casework.cases.service.measures import MeasureService
from casework.cases.service.stepping import SteppingService
from casework.errors import ReasonRequired
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.problem_table import PROBLEMS

_MEASURE: Final = "/situations/<uuid:case_id>/mesure"


@pages.get(_MEASURE)
@needs(Permission.MEASURE_READ)
@behind_door
def see_measure(case_id: UUID) -> ResponseReturnValue:
    """Show what is mentioned; or ask why, where the charter wants a reason typed for this case."""
    try:
        return _measure(case_id, NONE)
    except ReasonRequired as asked:
        return _asking(case_id, asked.reference, NONE), int(PROBLEMS[asked.code].status)


@pages.post(_MEASURE)
@needs(Permission.CASE_STEP)
def mention_measure(case_id: UUID) -> ResponseReturnValue:
    """Mention a measure: its nature, its dates, and that the follow-up needs it."""
    try:
        said = load(step_schema(MENTION.fields, asks=False))
        answers = typed_answers(MENTION.fields, said)
        order = StepOrder(case_id, said["version"], Step.MENTION, answers)
        service(SteppingService).take(who(), reason(), order)
    except ReasonRequired as asked:
        return _asking(case_id, asked.reference, NONE), int(PROBLEMS[asked.code].status)
    except HANDLED as error:
        again = setback(error)
        return _measure(case_id, again), again.status
    flash(gettext("Mesure mentionnée. Ceux que la charte nomme la liront, personne d’autre."))
    return redirect(url_for("cases.see_measure", case_id=case_id), 303)


@pages.post(f"{_MEASURE}/<uuid:mention_id>/retrait")
@needs(Permission.MEASURE_WITHDRAW)
def withdraw_measure(case_id: UUID, mention_id: UUID) -> ResponseReturnValue:
    """Take back a mention that is wrong."""
    try:
        service(MeasureService).withdraw(who(), reason(), case_id, mention_id)
    except ReasonRequired as asked:
        return _asking(case_id, asked.reference, NONE), int(PROBLEMS[asked.code].status)
    flash(gettext("Mention retirée. Ce qu’elle disait est effacé."))
    return redirect(url_for("cases.see_measure", case_id=case_id), 303)


@pages.post(f"{_MEASURE}/motif")
@needs(Permission.REASON_STATE)
def state_reason_of_measure(case_id: UUID) -> ResponseReturnValue:
    """Keep why a measure is opened, and open it."""
    return state_reason(case_id, _asking, "cases.see_measure")


def _measure(case_id: UUID, again: Setback) -> str:
    opened = service(MeasureService).read(who(), reason(), case_id)
    view = measure_view(opened, book_of(opened.head.group_id), who().member_id)
    return render_template("cases/measure.html", case_id=case_id, measure=view, again=again)


def _asking(case_id: UUID, reference: str, again: Setback) -> str:
    return render_template(
        "cases/reason_of_measure.html", case_id=case_id, reference=reference, again=again
    )
