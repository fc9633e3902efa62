"""The recorded steps of a procedure: one page asks for whatever its step records."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from casework.cases.orders import StepOrder
from casework.cases.pages.blueprint import pages
from casework.cases.pages.rereading import reread
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.views.case import case_view
from casework.cases.pages.views.steps import (
    Outlook,
    outlook,
    standing_of_file,
    step_form,
    typed_answers,
)
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.procedures.catalogue import procedure_of
from casework.cases.procedures.procedure import FieldKind, StepRule
from casework.cases.procedures.steps import Step
from casework.cases.schemas import step_schema
from casework.cases.service.cases import CaseService
from casework.cases.service.stepping import SteppingService
from casework.cases.values import CaseFile
from casework.charters.vocabulary import CaseKind
from casework.errors import AccessDenied
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_STEP = "/situations/<uuid:case_id>/etapes/<step>"
_QUEUES: Final = {CaseKind.REMINDER: "cases.see_opinions"}
_REGISTERS: Final = {CaseKind.REMINDER: "cases.see_reminders"}
"""Where one goes on when the case is not to be seen any more: who was asked, and all others."""


@pages.get(_STEP)
@needs(Permission.CASE_STEP)
@behind_door
def see_step(case_id: UUID, step: str) -> ResponseReturnValue:
    """Ask what a step records."""
    return _step(_file(case_id), step, NONE)


@pages.post(_STEP)
@needs(Permission.CASE_STEP)
def take_step(case_id: UUID, step: str) -> ResponseReturnValue:
    """Take a step of the procedure."""
    file = _file(case_id)
    rule = procedure_of(file.head.kind).rules.get(_known(case_id, step))
    minor = standing_of_file(file, book_of(file.head.group_id)).minor
    fields = rule.asked_of(minor=minor) if rule else ()
    try:
        said = load(_schema(rule))
        reread(said, *(one.name for one in fields if one.kind is FieldKind.TEXT))
        answers = typed_answers(fields, said)
        order = StepOrder(case_id, said["version"], Step(step), answers, said.get("asked"))
        service(SteppingService).take(who(), reason(), order)
    except HANDLED as error:
        again = setback(error)
        return _step(file, step, again), again.status
    return _after(file, Step(step))


def _after(file: CaseFile, step: Step) -> ResponseReturnValue:
    """Go on where something is still to be seen: an answer or an end leads out of the case."""
    match outlook(file, step):
        case Outlook.HERE:
            flash(gettext("Étape enregistrée."))
            return redirect(url_for("cases.see_case", case_id=file.head.id), 303)
        case Outlook.GONE:
            flash(gettext("C’est fait : l’identité et les faits sont effacés, il reste un compte."))
        case _:
            flash(gettext("Étape enregistrée. La situation n’est plus ouverte ici."))
    kind = CaseKind(file.head.kind)
    lists = _QUEUES if procedure_of(kind).rules[step].own else _REGISTERS
    return redirect(url_for(lists.get(kind, "cases.see_cases")), 303)


def _schema(rule: StepRule | None) -> Schema:
    if rule is None:
        return step_schema((), asks=False)
    return step_schema(rule.fields, asks=rule.asks is not None, by_post=rule.by_post)


def _file(case_id: UUID) -> CaseFile:
    """Return a case; those of victims have pages of their own, with a way out at hand."""
    file = service(CaseService).read(who(), reason(), case_id)
    if file.head.kind == CaseKind.VICTIM:
        raise AccessDenied("step", "no-such-step", subject=str(case_id))
    return file


def _known(case_id: UUID, step: str) -> Step:
    """Return a step by its code; one that nobody knows is a page that does not exist.

    Nor does one for a mention that only some may know of: it has a page of its own.
    """
    try:
        return Step(step if step != Step.MENTION else "")
    except ValueError:
        raise AccessDenied("step", "no-such-step", subject=str(case_id)) from None


def _step(file: CaseFile, step: str, again: Setback) -> str:
    book, known = book_of(file.head.group_id), _known(file.head.id, step)
    view = case_view(file, book, who().member_id)
    form = step_form(file.head, known, book, standing_of_file(file, book))
    if form is None or (again is NONE and known not in {one.step for one in view.coming.now}):
        raise AccessDenied("step", "impossible-now", subject=str(file.head.id))
    return render_template("cases/step.html", case=view, form=form, again=again)
