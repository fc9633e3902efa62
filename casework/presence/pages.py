"""« Déjà suivie ? » on a page. What is typed travels in the form, and stands on no page again."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from casework.cases.pages.visitor import reason, who
from casework.errors import InvalidInput, QuestionsSpent
from casework.i18n import gettext, ngettext
from casework.partners.directory import Directory
from casework.presence.desk import PresenceDesk
from casework.presence.policy import PER_HOUR
from casework.presence.schemas import GroupSchema, QuestionSchema
from casework.presence.service import PresenceService
from casework.presence.values import Question
from casework.presence.views import filled, missing, ticks, told
from casework.web.dates import hour, later
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

pages = Blueprint("presence", __name__)
_SPENT = 429


@pages.get("/presence")
@needs(Permission.PRESENCE_READ)
def see_presence() -> str:
    """Show the form; to a coordinator, also who asked about theirs."""
    return _form(FormState())


@pages.post("/presence")
@needs(Permission.PRESENCE_ASK)
def ask_presence() -> ResponseReturnValue:
    """Ask; the answer has a page of its own, on which nothing stands of what was typed."""
    try:
        answer = service(PresenceService).ask(who(), reason(), Question(**load(QuestionSchema)))
    except InvalidInput as fault:
        return _form(FormState.refused(fault)), 422
    except QuestionsSpent as spent:
        page = _form(FormState.refused(InvalidInput({})), hour(later(spent.after)))
        return page, _SPENT, {"Retry-After": str(spent.after)}
    return redirect(url_for("presence.see_answer", question_id=answer.question_id), 303)


@pages.get("/presence/reponses/<uuid:question_id>")
@needs(Permission.PRESENCE_ASK)
def see_answer(question_id: UUID) -> str:
    """Show yes with whom to call, or no, for some minutes: pages of one length."""
    answer = service(PresenceService).answer(who(), reason(), question_id)
    words = render_template("presence/told.html", contact=answer.contact)
    noise = Markup("<!--{}-->").format(filled(words, answer.noise))
    return render_template("presence/answer.html", words=Markup(words) + noise)  # noqa: S704 - a template's


@pages.post("/presence/inscriptions")
@needs(Permission.PRESENCE_INDEX)
def take_in_presence() -> ResponseReturnValue:
    """Take in the cases of a group that no question finds yet."""
    group_id = load(GroupSchema)["group_id"]
    count = service(PresenceDesk).take_in(who(), reason(), group_id)
    flash(
        ngettext(
            "%(num)d situation répond désormais.", "%(num)d situations répondent désormais.", count
        ),
        "ok",
    )
    return redirect(url_for("presence.see_presence"), 303)


def _form(state: FormState, spent_until: str = "") -> str:
    desk = service(PresenceDesk).look(who(), reason())
    labels = service(Directory).labels({one.member_id for one in desk.notices})
    limit = ""
    if spent_until:
        limit = gettext(
            "Vous avez posé %(most)d questions en une heure : c’est la limite. La prochaine sera"
            " possible à %(hour)s. Rien n’a été cherché.",
            most=PER_HOUR,
            hour=spent_until,
        )
    return render_template(
        "presence/ask.html",
        state=state,
        groups=ticks(desk),
        left=desk.left,
        most=PER_HOUR,
        limit=limit,
        notices=told(desk, labels),
        missing=missing(desk),
    )
