"""Why a program reads, when none of the usual reasons says it."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from casework.accounts.policy import LONGEST_WORDS
from casework.accounts.tokens import TokenService
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.output import Moment
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission
from casework.web.schemas import StrictSchema, Text

reasons = ApiBlueprint("reasons_api", __name__, url_prefix="/api/v1")


class WordsOfReasonSchema(StrictSchema):
    """Why, in a few words: no name, a reference says enough."""

    words = Text(LONGEST_WORDS, required=True)


class StatedSchema(Schema):
    """Until when `Casework-Reason: other` means these words, for this token."""

    until = Moment()


@reasons.post("/reasons")
@needs(Permission.REASON_STATE)
@reasons.body(WordsOfReasonSchema)
@reasons.answers(200, StatedSchema)
def state_reason(given: Mapping[str, Any]) -> dict[str, Any]:
    """Say why one reads, before reading with `Casework-Reason: other`."""
    return {"until": service(TokenService).state(principal(), given["words"])}
