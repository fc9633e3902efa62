"""The steps of a victim's referral, on pages with the same quick way out as the rest of it."""

from typing import Final
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from casework.cases.orders import StepOrder
from casework.cases.pages.blueprint import pages
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.shut import behind_door
from casework.cases.pages.victims import CASE
from casework.cases.pages.views.access import recent_days
from casework.cases.pages.views.steps import step_form, typed_answers
from casework.cases.pages.views.victims import called
from casework.cases.pages.visitor import book_of, reason, who
from casework.cases.procedures.steps import ARCHIVED, Step
from casework.cases.procedures.victim import VICTIM
from casework.cases.schemas import step_schema
from casework.cases.service.cases import CaseService
from casework.cases.service.stepping import SteppingService
from casework.cases.service.victims import VictimService
from casework.cases.standing import standing_of_case
from casework.cases.values import CaseHead
from casework.charters.vocabulary import CaseKind
from casework.errors import AccessDenied
from casework.i18n import gettext
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

_STEP: Final = f"{CASE}/etapes/<step>"
_ENDS: Final = frozenset({Step.REFUSE, Step.WITHDRAW, Step.DECLINE})
_GONE: Final = frozenset({Step.REFUSE, Step.WITHDRAW})


@pages.get(_STEP)
@needs(Permission.CASE_STEP)
@behind_door
def see_victim_step(case_id: UUID, step: str) -> ResponseReturnValue:
    """Ask what a step records."""
    return _asking(case_id, _known(case_id, step), NONE)


@pages.post(_STEP)
@needs(Permission.CASE_STEP)
def take_victim_step(case_id: UUID, step: str) -> ResponseReturnValue:
    """Take a step of the referral of a victim."""
    taken = _known(case_id, step)
    rule = VICTIM.rules[taken]
    try:
        said = load(step_schema(rule.fields, asks=bool(rule.addresses)))
        answers = typed_answers(rule.fields, said)
        order = StepOrder(case_id, said["version"], taken, answers, said.get("asked"))
        service(SteppingService).take(who(), reason(), order)
    except HANDLED as error:
        again = setback(error, called={"service": "asked"})
        return _asking(case_id, taken, again), again.status
    flash(_done(taken))
    if taken in _ENDS or taken is Step.CONFIRM:
        return redirect(url_for("cases.see_victims"), 303)
    return redirect(url_for("cases.see_victim", case_id=case_id), 303)


def _known(case_id: UUID, step: str) -> Step:
    """Return a step by its code; one that nobody knows is a page that does not exist."""
    found = next((one for one in VICTIM.rules if one.value == step), None)
    if found is None:
        raise AccessDenied("step", "no-such-step", subject=str(case_id))
    return found


def _asking(case_id: UUID, step: Step, again: Setback) -> str:
    head = _head(case_id, step)
    book = book_of(head.group_id)
    form = step_form(head, step, book, standing_of_case(head, book.day))
    return render_template(
        "cases/victims/step.html",
        case_id=case_id,
        reference=called(head),
        version=head.version,
        form=form,
        days=recent_days(book.day),
        ends=step in _ENDS,
        back=_back(head),
        again=again,
    )


def _head(case_id: UUID, step: Step) -> CaseHead:
    """Return the clear facts of a case before a step; to end a consent nothing else is opened."""
    if VICTIM.rules[step].at_any_time:
        found = service(VictimService).head(who(), reason(), case_id)
    else:
        found = service(CaseService).read(who(), reason(), case_id).head
    if found.kind != CaseKind.VICTIM:
        raise AccessDenied("step", "no-such-case", subject=str(case_id))
    return found


def _back(head: CaseHead) -> str:
    """Lead back to the page, or to the list where the page no longer opens."""
    if head.state in ARCHIVED:
        return url_for("cases.see_victims")
    return url_for("cases.see_victim", case_id=head.id)


def _done(step: Step) -> str:
    return {
        Step.ADDRESS: gettext("Adressée au service que vous avez choisi."),
        Step.ACCEPT: gettext("Acceptée. Rappelez-la, puis confirmez le jour du contact."),
        Step.DECLINE: gettext("Votre service ne lit plus rien d’elle. Qui l’a orientée le sait."),
        Step.CONFIRM: gettext("Premier contact confirmé : l’orientation est close."),
        Step.REFUSE: gettext("Orientation abandonnée : tout est effacé, il reste un compte."),
        Step.WITHDRAW: gettext("Accord retiré : tout est effacé, il reste un compte sans nom."),
    }[step]
