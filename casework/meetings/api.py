"""Meetings by program: prepare, open, note who is there, decide, close."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema, fields

from casework.cases.agenda import MeetingDecision
from casework.cases.api.answers import CaseHeadSchema, NamingSchema
from casework.cases.orders import NewAction
from casework.cases.schemas import ActionSchema
from casework.cases.service.books import GroupBooks
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.meetings.schemas import AttendanceSchema, PreparationSchema, TableOpeningSchema
from casework.meetings.service import MeetingService
from casework.meetings.values import Meeting
from casework.web.api import once
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.etags import silent, tag, version_seen, versioned
from casework.web.api.once import Creation, Made, creates
from casework.web.api.output import MadeSchema
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission
from casework.web.schemas import Identifier, StrictSchema, Text

meetings = ApiBlueprint("meetings_api", __name__, url_prefix="/api/v1")

_MEETING: Final = "/meetings/<uuid:meeting_id>"
_PREPARED: Final = Creation(at="/api/v1/meetings/{id}", made="meeting", version=1)
_DECIDED: Final = Creation(
    at="/api/v1/meetings/{meeting_id}", made="", number="number", key_required=True
)


class MeetingLineSchema(Schema):
    """A meeting in a list."""

    id = fields.UUID()
    group_id = fields.UUID()
    held_on = fields.Date()
    state = fields.String()
    version = fields.Integer()


class MeetingsSchema(Schema):
    """One's meetings."""

    items = fields.List(fields.Nested(MeetingLineSchema))


class AgendaItemSchema(Schema):
    """A case on the agenda; without its head when nothing of it is left, or to be known."""

    case_id = fields.UUID()
    state = fields.String()
    case = fields.Nested(CaseHeadSchema, attribute="case.head", dump_default=None, allow_none=True)
    namings = fields.List(fields.Nested(NamingSchema), attribute="case.namings")


class MeetingSchema(MeetingLineSchema):
    """A meeting as one member of the group meets it."""

    items = fields.List(fields.Nested(AgendaItemSchema))
    present = fields.List(fields.UUID())
    organisations = fields.List(fields.UUID())
    quorum = fields.Integer()
    can_decide = fields.Boolean()
    may = fields.List(fields.String())


class MeetingDecisionSchema(StrictSchema):
    """What the group decides of a case; `why` is a closure reason or an orientation."""

    case_id = Identifier(required=True)
    code = Text(40, required=True)
    why = Text(40, load_default="")
    lead = Identifier()
    action = fields.Nested(ActionSchema, load_default=None, allow_none=True)


@meetings.get("/meetings")
@needs(Permission.MEETING_LIST)
@meetings.answers(200, MeetingsSchema)
def list_meetings() -> dict[str, Any]:
    """List the meetings of one's groups, latest day first."""
    return {"items": service(MeetingService).mine(principal())}


@meetings.post("/meetings")
@needs(Permission.MEETING_PREPARE)
@meetings.body(PreparationSchema)
@meetings.answers(201, MadeSchema)
@creates(_PREPARED)
def prepare_meeting(given: Mapping[str, Any]) -> Made:
    """Prepare a meeting on a day, with cases in order."""
    asked = (given["group_id"], given["held_on"], given["cases"])
    return Made(once.service(MeetingService).prepare(principal(), *asked))


@meetings.get(_MEETING)
@needs(Permission.MEETING_READ)
@meetings.answers(200, MeetingSchema)
def read_meeting(meeting_id: UUID) -> tuple[dict[str, Any], dict[str, str]]:
    """Read a meeting: references, states, who is named, who is there."""
    meeting = service(MeetingService).read(principal(), meeting_id)
    return _answer(meeting), {"ETag": tag(meeting.line.version)}


@meetings.post(f"{_MEETING}/opening")
@needs(Permission.MEETING_OPEN)
@meetings.answers(204)
@versioned
@silent
def open_meeting(meeting_id: UUID) -> None:
    """Open a meeting: its cases can now be decided."""
    service(MeetingService).open(principal(), meeting_id, version_seen())


@meetings.post(f"{_MEETING}/attendance")
@needs(Permission.MEETING_ATTEND)
@meetings.body(AttendanceSchema)
@meetings.answers(204)
@silent
def note_attendance(given: Mapping[str, Any], meeting_id: UUID) -> None:
    """Note that somebody came, or left."""
    member, present = given["member"], given["present"]
    service(MeetingService).attend(principal(), meeting_id, member, present=present)


@meetings.post(f"{_MEETING}/decisions")
@needs(Permission.DECISION_MAKE)
@meetings.body(MeetingDecisionSchema)
@meetings.answers(201, MadeSchema)
@creates(_DECIDED)
@versioned
def make_decision(given: Mapping[str, Any], meeting_id: UUID) -> Made:
    """Decide a case; If-Match names the version of the case. Put off, it has no number."""
    decision = _decision(meeting_id, given)
    number = once.service(MeetingService).decide(principal(), meeting_id, decision)
    return Made(number=number)


@meetings.post(f"{_MEETING}/openings")
@needs(Permission.OPENING_ASK)
@meetings.body(TableOpeningSchema)
@meetings.answers(204)
@silent
def open_before_table(given: Mapping[str, Any], meeting_id: UUID) -> None:
    """Open a protected case before those present, who count as the second person."""
    service(MeetingService).open_protected(principal(), meeting_id, given["case_id"])


@meetings.post(f"{_MEETING}/closing")
@needs(Permission.MEETING_CLOSE)
@meetings.answers(204)
@versioned
@silent
def close_meeting(meeting_id: UUID) -> None:
    """Close a meeting once every case is decided or put off."""
    service(MeetingService).close(principal(), meeting_id, version_seen())


def _answer(meeting: Meeting) -> dict[str, Any]:
    line = {name: getattr(meeting.line, name) for name in MeetingLineSchema().fields}
    return {
        **line,
        "items": meeting.items,
        "present": sorted(meeting.present),
        "organisations": sorted(meeting.organisations),
        "quorum": meeting.quorum,
        "can_decide": meeting.can_decide,
        "may": sorted(meeting.may),
    }


def _decision(meeting_id: UUID, given: Mapping[str, Any]) -> MeetingDecision:
    return MeetingDecision(
        case_id=given["case_id"],
        version=version_seen(),
        code=given["code"],
        why=given["why"],
        lead_id=given["lead"],
        action=_action(meeting_id, given["action"]) if given["action"] else None,
    )


def _action(meeting_id: UUID, given: Mapping[str, Any]) -> NewAction:
    """Return the action asked for. Raises `InvalidInput` for somebody outside the group."""
    meeting = service(MeetingService).read(principal(), meeting_id)
    seat = service(GroupBooks).of(principal(), meeting.line.group_id).seat(given["lead"])
    if seat is None:
        raise InvalidInput({"action.lead": [gettext("Choisissez dans la liste.")]})
    return NewAction(
        kind=given["kind"],
        detail=given["detail"] or "",
        lead_id=seat.member_id,
        lead_organisation_id=seat.organisation.id,
        due_on=given["due_on"],
    )
