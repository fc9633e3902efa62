"""« Déjà suivie ? » by program: the same question, the same count of the hour, the same lines."""

import json
from collections.abc import Mapping
from typing import Any, Final

from marshmallow import Schema, fields

from casework.accounts import signin
from casework.presence.desk import PresenceDesk
from casework.presence.schemas import GroupSchema, QuestionSchema
from casework.presence.service import PresenceService
from casework.presence.values import Question
from casework.presence.views import filled
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.output import Moment
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission

presence = ApiBlueprint("presence_api", __name__, url_prefix="/api/v1")
_LENGTH: Final = 1_024


class ContactSchema(Schema):
    """Whom to call."""

    name = fields.String()
    organisation = fields.String()
    group = fields.String()


class AnswerSchema(Schema):
    """Yes with whom to call, or no; the noise makes all answers of one length."""

    followed = fields.Boolean()
    contact = fields.Nested(ContactSchema, allow_none=True)
    noise = fields.String(metadata={"description": "À ignorer : rend toutes les réponses égales."})


class GroupChoiceSchema(Schema):
    """A group in which one may ask."""

    id = fields.UUID()
    name = fields.String()


class NoticeSchema(Schema):
    """Somebody asked about a person of a case that one coordinates."""

    case_id = fields.UUID()
    reference = fields.String()
    member_id = fields.UUID()
    asked_at = Moment()


class DeskSchema(Schema):
    """Where one may ask, how often still, and who asked about cases one coordinates."""

    groups = fields.List(fields.Nested(GroupChoiceSchema))
    left = fields.Integer()
    notices = fields.List(fields.Nested(NoticeSchema))


class TakenInSchema(Schema):
    """How many cases answer from now on."""

    taken_in = fields.Integer()


@presence.get("/presence")
@needs(Permission.PRESENCE_READ)
@presence.answers(200, DeskSchema)
def read_presence() -> Any:
    """Read where one may ask, and who asked about cases one coordinates."""
    return service(PresenceDesk).look(principal(), signin.current_reason())


@presence.post("/presence/questions")
@needs(Permission.PRESENCE_ASK)
@presence.body(QuestionSchema)
@presence.answers(200, AnswerSchema)
def ask_presence_question(given: Mapping[str, Any]) -> Any:
    """Ask whether somebody is already followed. Nothing of the question is kept."""
    answer = service(PresenceService).ask(principal(), signin.current_reason(), Question(**given))
    contact = ContactSchema().dump(answer.contact) if answer.contact else None
    body = {"followed": answer.followed, "contact": contact}
    return {**body, "noise": filled(_sent(body), answer.noise, _LENGTH)}


def _sent(body: Mapping[str, Any]) -> str:
    """Return a body as it goes out: compact, every other sign escaped."""
    return json.dumps(body, separators=(",", ":"))


@presence.post("/presence/intake")
@needs(Permission.PRESENCE_INDEX)
@presence.body(GroupSchema)
@presence.answers(200, TakenInSchema)
def take_in_presences(given: Mapping[str, Any]) -> Any:
    """Take in the cases of a group that no question finds yet, as its coordinator."""
    count = service(PresenceDesk).take_in(principal(), signin.current_reason(), given["group_id"])
    return {"taken_in": count}
