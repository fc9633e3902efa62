"""Readings by program: one's own, those of a case one leads, a report for a person's request."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from casework.accounts import signin
from casework.audit.lines import Slice
from casework.readings.report import ReportService
from casework.readings.schemas import ReportRequestSchema
from casework.readings.service import ReadingService
from casework.readings.values import NewReport
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.cursors import PageQuery, next_page, place_asked
from casework.web.api.output import Moment, StampSchema
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission

readings = ApiBlueprint("readings_api", __name__, url_prefix="/api/v1")
Headers = dict[str, str]


class OwnReadingSchema(Schema):
    """Something one opened; `cases` counts those of a list."""

    at = Moment()
    act = fields.String()
    reason = fields.String()
    case_id = fields.UUID(allow_none=True)
    cases = fields.Function(lambda line: len(line.cases), metadata={"type": "integer"})


class OwnTrailSchema(Schema):
    """A page of what one opened, newest first."""

    items = fields.List(fields.Nested(OwnReadingSchema), attribute="lines")


class CaseReadingSchema(Schema):
    """Who opened a case, and why."""

    at = Moment()
    act = fields.String()
    reason = fields.String()
    member_id = fields.UUID(allow_none=True)
    organisation_id = fields.UUID(allow_none=True)


class CaseTrailSchema(Schema):
    """A page of who opened a case, newest first."""

    items = fields.List(fields.Nested(CaseReadingSchema), attribute="lines")


class ReportLineSchema(Schema):
    """Readings of one day that are alike."""

    on = fields.Date()
    organisation_id = fields.UUID()
    member_id = fields.UUID(allow_none=True)
    act = fields.String()
    reason = fields.String()
    count = fields.Integer()


class ReadingReportSchema(Schema):
    """Who read what concerns one person, up to a checkpoint; `copy` counts those of the case."""

    reference = fields.String()
    whom = fields.String()
    request = fields.String()
    copy = fields.Integer()
    at = Moment()
    checkpoint = fields.Nested(StampSchema, attribute="stamp")
    names = fields.Boolean()
    lines = fields.List(fields.Nested(ReportLineSchema))


@readings.get("/trail")
@needs(Permission.TRAIL_READ)
@readings.query(PageQuery)
@readings.answers(200, OwnTrailSchema)
def read_own_trail(given: Mapping[str, Any]) -> tuple[Any, Headers]:
    """Read what one opened oneself, newest first."""
    found = service(ReadingService).own(principal(), signin.current_reason(), _part(given))
    return found, next_page(found.following)


@readings.get("/cases/<uuid:case_id>/trail")
@needs(Permission.TRAIL_READ)
@readings.query(PageQuery)
@readings.answers(200, CaseTrailSchema)
def read_case_trail(given: Mapping[str, Any], case_id: UUID) -> tuple[Any, Headers]:
    """Read who opened a case that one leads, newest first."""
    reason = signin.current_reason()
    found = service(ReadingService).of_case(principal(), reason, case_id, _part(given))
    return found, next_page(found.following)


@readings.post("/reading-reports")
@needs(Permission.REPORT_ISSUE)
@readings.body(ReportRequestSchema)
@readings.answers(200, ReadingReportSchema)
def issue_reading_report(given: Mapping[str, Any]) -> Any:
    """Make the report of readings that answers a person's request."""
    new = NewReport(given["reference"], given["whom"], given["request"], given["procedure"])
    return service(ReportService).issue(principal(), new)


def _part(given: Mapping[str, Any]) -> Slice:
    return Slice(before=place_asked(given, int), count=given["limit"])
