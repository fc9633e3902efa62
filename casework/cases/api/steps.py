"""Recorded steps of a procedure: the same for every kind of case."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from casework.cases.api.blueprint import cases, reason, who
from casework.cases.api.reading import CASE
from casework.cases.orders import StepOrder
from casework.cases.procedures.steps import Step
from casework.cases.service.stepping import SteppingService
from casework.web.api.etags import silent, version_seen, versioned
from casework.web.guard import needs, service
from casework.web.permissions import Permission
from casework.web.schemas import Choice, Identifier, StrictSchema, Text

_NAME, _SAID, _MOST = 40, 2000, 20


class StepSchema(StrictSchema):
    """A step and its answers: days as YYYY-MM-DD, several codes joined by commas, yes or no."""

    step = Choice(Step, required=True)
    answers = fields.Dict(
        keys=Text(_NAME),
        values=Text(_SAID, lines=True),
        validate=validate.Length(max=_MOST),
        load_default=dict,
    )
    asked = Identifier()


@cases.post(f"{CASE}/steps")
@needs(Permission.CASE_STEP)
@cases.body(StepSchema)
@cases.answers(204)
@versioned
@silent
def take_step(given: Mapping[str, Any], case_id: UUID) -> None:
    """Take a step of the procedure of a case."""
    order = StepOrder(case_id, version_seen(), given["step"], given["answers"], given["asked"])
    service(SteppingService).take(who(), reason(), order)
