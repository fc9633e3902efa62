"""Meetings on screen: the least it takes to decide, without writing down what stays oral."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casework.cases.agenda import MeetingDecision
from casework.cases.orders import NewAction
from casework.cases.pages.rereading import reread
from casework.cases.pages.setbacks import HANDLED, NONE, Setback, setback
from casework.cases.pages.visitor import book_of, who
from casework.cases.schemas import VersionSchema
from casework.cases.service.books import GroupBooks
from casework.charters.refusals import Refusal
from casework.errors import AccessDenied, InvalidInput, StepRefused
from casework.i18n import gettext
from casework.i18n import lazy_gettext as _l
from casework.meetings.schemas import AttendanceSchema, DecisionSchema, PreparationSchema
from casework.meetings.service import MeetingService
from casework.meetings.views import MEETING_REFUSALS, DecisionView, meeting_view, proposal_rows
from casework.web.forms import FormState
from casework.web.guard import needs, service
from casework.web.load import load
from casework.web.permissions import Permission

pages = Blueprint("meetings", __name__)
_SHUT: Final = Setback(
    409,
    kind="soon",
    title=_l("Situation protégée"),
    text=_l("Ouvrez-la d’abord devant la table : deux organismes présents suffisent."),
)


@pages.get("/seances")
@needs(Permission.MEETING_LIST)
def list_meetings() -> str:
    """Show the meetings of one's groups, and those that can be prepared."""
    books = {book.group.id: book for book in service(GroupBooks).mine(who())}
    meetings = service(MeetingService).mine(who())
    coordinated = [
        book
        for book in books.values()
        if any(
            one.group_id == book.group.id and one.role == "coordinator" for one in who().mandates
        )
    ]
    return render_template(
        "meetings/list.html", meetings=meetings, books=books, coordinated=coordinated
    )


@pages.get("/seances/preparation/<uuid:group_id>")
@needs(Permission.MEETING_PREPARE)
def see_preparation(group_id: UUID) -> str:
    """Propose an agenda: what is due, to tick."""
    return _preparation(group_id, NONE)


@pages.post("/seances")
@needs(Permission.MEETING_PREPARE)
def prepare() -> ResponseReturnValue:
    """Prepare a meeting."""
    given = load(PreparationSchema)
    try:
        meeting_id = service(MeetingService).prepare(
            who(), given["group_id"], given["held_on"], given["cases"]
        )
    except HANDLED as error:
        again = _told(error)
        return _preparation(given["group_id"], again), again.status
    flash(gettext("Séance préparée."))
    return redirect(url_for("meetings.read_meeting", meeting_id=meeting_id), 303)


@pages.get("/seances/<uuid:meeting_id>")
@needs(Permission.MEETING_READ)
def read_meeting(meeting_id: UUID) -> str:
    """Show a meeting: its agenda by reference, who is there, what is next."""
    return _meeting(meeting_id, NONE)


@pages.post("/seances/<uuid:meeting_id>/ouverture")
@needs(Permission.MEETING_OPEN)
def open_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Open the meeting."""
    return _moved(meeting_id, service(MeetingService).open, gettext("Séance ouverte."))


@pages.post("/seances/<uuid:meeting_id>/cloture")
@needs(Permission.MEETING_CLOSE)
def close_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """Close the meeting."""
    return _moved(meeting_id, service(MeetingService).close, gettext("Séance close."))


@pages.post("/seances/<uuid:meeting_id>/presence")
@needs(Permission.MEETING_ATTEND)
def attend(meeting_id: UUID) -> ResponseReturnValue:
    """Note who is there."""
    given = load(AttendanceSchema)
    try:
        service(MeetingService).attend(who(), meeting_id, given["member"], present=given["present"])
    except HANDLED as error:
        again = _told(error)
        return _meeting(meeting_id, again), again.status
    return redirect(url_for("meetings.read_meeting", meeting_id=meeting_id), 303)


@pages.get("/seances/<uuid:meeting_id>/situations/<uuid:case_id>")
@needs(Permission.DECISION_MAKE)
def see_decision(meeting_id: UUID, case_id: UUID) -> str:
    """Show what can be decided of a case."""
    return _decision(meeting_id, case_id, NONE)


@pages.post("/seances/<uuid:meeting_id>/situations/<uuid:case_id>")
@needs(Permission.DECISION_MAKE)
def decide(meeting_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Decide, and go to the next one."""
    try:
        given = load(DecisionSchema)
        reread(given, "action_detail")
        decision = _decided(meeting_id, case_id, given)
        number = service(MeetingService).decide(who(), meeting_id, decision)
    except HANDLED as error:
        again = _told(error)
        return _decision(meeting_id, case_id, again), again.status
    except AccessDenied as refused:
        if refused.reason != Refusal.PROTECTED:
            raise
        return _meeting(meeting_id, _SHUT), _SHUT.status
    words = gettext("Décision n° %(number)d enregistrée.", number=number or 0)
    flash(words if number else gettext("Situation reportée à la prochaine séance."))
    return redirect(url_for("meetings.read_meeting", meeting_id=meeting_id), 303)


@pages.post("/seances/<uuid:meeting_id>/situations/<uuid:case_id>/ouverture")
@needs(Permission.OPENING_ASK)
def open_protected(meeting_id: UUID, case_id: UUID) -> ResponseReturnValue:
    """Open a protected case before those present."""
    try:
        service(MeetingService).open_protected(who(), meeting_id, case_id)
    except HANDLED as error:
        again = _told(error)
        return _meeting(meeting_id, again), again.status
    flash(gettext("Ouverte devant la table, pour vous et pour une demi-heure."))
    return redirect(url_for("meetings.read_meeting", meeting_id=meeting_id), 303)


def _decided(meeting_id: UUID, case_id: UUID, given: dict[str, Any]) -> MeetingDecision:
    whys = {"closed": given["closure"], "redirected": given["redirection"]}
    follows = given["code"] in {"kept", "continued"}
    return MeetingDecision(
        case_id=case_id,
        version=given["version"],
        code=given["code"],
        why=whys.get(given["code"], ""),
        lead_id=given["lead"] if follows else None,
        action=_action(meeting_id, given) if follows and given["action_kind"] else None,
    )


def _action(meeting_id: UUID, given: dict[str, Any]) -> NewAction:
    meeting = service(MeetingService).read(who(), meeting_id)
    lead = given["action_lead"] or given["lead"]
    seat = book_of(meeting.line.group_id).seat(lead)
    if seat is None or given["action_due_on"] is None:
        raise InvalidInput(
            {"action_lead": [gettext("Une action demande une personne et une échéance.")]}
        )
    return NewAction(
        kind=given["action_kind"],
        detail=given["action_detail"] or "",
        lead_id=seat.member_id,
        lead_organisation_id=seat.organisation.id,
        due_on=given["action_due_on"],
    )


def _moved(meeting_id: UUID, step: Any, words: str) -> ResponseReturnValue:
    try:
        step(who(), meeting_id, load(VersionSchema)["version"])
    except HANDLED as error:
        again = _told(error)
        return _meeting(meeting_id, again), again.status
    flash(words)
    return redirect(url_for("meetings.read_meeting", meeting_id=meeting_id), 303)


def _told(error: Any) -> Setback:
    """Return a setback in the words of meetings where they have their own."""
    again = setback(error)
    if isinstance(error, StepRefused) and error.reason in MEETING_REFUSALS:
        text = str(MEETING_REFUSALS[error.reason])
        return Setback(again.status, again.state, again.kind, again.title, text)
    return again


def _preparation(group_id: UUID, again: Setback) -> str:
    book = book_of(group_id)
    due = service(MeetingService).proposals(who(), group_id)
    blank = {"cases": [str(one.head.id) for one in due]}
    return render_template(
        "meetings/preparation.html",
        book=book,
        rows=proposal_rows(due, book),
        again=again,
        state=again.state if request.method == "POST" else FormState(blank),
    )


def _meeting(meeting_id: UUID, again: Setback) -> str:
    meeting = service(MeetingService).read(who(), meeting_id)
    view = meeting_view(meeting, book_of(meeting.line.group_id), who().member_id)
    return render_template("meetings/meeting.html", view=view, again=again)


def _decision(meeting_id: UUID, case_id: UUID, again: Setback) -> str:
    meeting = service(MeetingService).read(who(), meeting_id)
    view = DecisionView.of(meeting, book_of(meeting.line.group_id), case_id, who().member_id)
    return render_template("meetings/decision.html", view=view, again=again, state=again.state)
