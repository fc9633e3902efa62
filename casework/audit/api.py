"""The register by program, for the data protection officer. Reading it is recorded in it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from marshmallow import Schema, fields

from casework.audit.actions import Act, Outcome
from casework.audit.lines import Asked, Slice
from casework.audit.service import RegisterService
from casework.audit.stamps import StampService
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.cursors import PageQuery, next_page, place_asked
from casework.web.api.output import Moment, StampSchema
from casework.web.dates import PARIS
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission
from casework.web.schemas import Choice, FrenchDate, Identifier, StrictSchema, Text
from casework.web.typed_dates import Era

register = ApiBlueprint("register_api", __name__, url_prefix="/api/v1")
_ONE_DAY: Final = timedelta(days=1)


class AccessQuery(PageQuery):
    """Which lines are wanted; days are those of the towns, both included."""

    act = Choice(Act)
    outcome = Choice(Outcome)
    since = FrenchDate(Era.PAST)
    until = FrenchDate(Era.PAST)
    case = Identifier()
    member = Identifier()
    organisation = Identifier()


class RegisterLineSchema(Schema):
    """A line of the register: ids and codes, never a name, never a content."""

    seq = fields.Integer()
    at = Moment()
    act = fields.String()
    outcome = fields.String()
    readable = fields.Boolean()
    altered = fields.Boolean()
    kind = fields.String()
    session = fields.String()
    member_id = fields.UUID(allow_none=True)
    organisation_id = fields.UUID(allow_none=True)
    case_id = fields.UUID(allow_none=True)
    cases = fields.List(fields.UUID())
    compartments = fields.List(fields.UUID())
    reason = fields.String()
    words = fields.String()
    article = fields.String(allow_none=True)
    detail = fields.Dict(keys=fields.String(), values=fields.Raw())


class AccessLogSchema(Schema):
    """A page of the register, and the lines of its newest verifications: any, and of values."""

    items = fields.List(fields.Nested(RegisterLineSchema), attribute="lines")
    verified = fields.Nested(RegisterLineSchema, allow_none=True)
    compared = fields.Nested(RegisterLineSchema, allow_none=True)
    alerts = fields.List(fields.Nested(RegisterLineSchema))


class RegisterFaultSchema(Schema):
    """Where the register contradicts itself, and how."""

    what = fields.String()
    first = fields.Integer()
    last = fields.Integer()
    where = fields.String()


class CodeQuery(StrictSchema):
    """The code, as printed on paper."""

    code = Text(20, required=True)


class SoughtSchema(Schema):
    """The checkpoint of a code, if there is one."""

    checkpoint = fields.Nested(StampSchema, allow_none=True)


class VerificationSchema(Schema):
    """What a verification found."""

    size = fields.Integer()
    first = fields.Integer()
    root = fields.Function(lambda found: found.root.hex(), metadata={"type": "string"})
    signed = fields.Integer()
    closed = fields.Integer()
    clean = fields.Boolean()
    fault_count = fields.Integer()
    faults = fields.List(fields.Nested(RegisterFaultSchema))


@register.get("/access-log")
@needs(Permission.REGISTER_READ)
@register.query(AccessQuery)
@register.answers(200, AccessLogSchema)
def read_access_log(given: Mapping[str, Any]) -> tuple[Any, dict[str, str]]:
    """Read a page of the register, newest first."""
    part = Slice(before=place_asked(given, int), count=given["limit"])
    page = service(RegisterService).read(principal(), _asked(given), part)
    return page, next_page(page.following)


@register.get("/access-log/checkpoints")
@needs(Permission.REGISTER_READ)
@register.query(CodeQuery)
@register.answers(200, SoughtSchema)
def seek_checkpoint(given: Mapping[str, Any]) -> dict[str, Any]:
    """Find the checkpoint of a short code."""
    return {"checkpoint": service(StampService).seek(principal(), given["code"])}


@register.post("/access-log/verifications")
@needs(Permission.REGISTER_VERIFY)
@register.answers(200, VerificationSchema)
def verify_access_log() -> Any:
    """Verify the whole register now."""
    return service(RegisterService).verify(principal())


def _asked(given: Mapping[str, Any]) -> Asked:
    return Asked(
        acts=frozenset({given["act"]}) if given["act"] else frozenset(),
        outcome=given["outcome"],
        since=_midnight(given["since"]),
        until=_midnight(given["until"], _ONE_DAY),
        case_id=given["case"],
        member_id=given["member"],
        organisation_id=given["organisation"],
    )


def _midnight(day: date | None, later: timedelta = timedelta(0)) -> datetime | None:
    """Return when a day of the towns begins."""
    return None if day is None else datetime.combine(day + later, time(), PARIS)
