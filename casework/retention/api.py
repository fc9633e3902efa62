"""Forgetting by program: what is due, lists for the archives, visas, holds, certificates."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from marshmallow import Schema, fields

from casework.retention.policy import HoldReason
from casework.retention.service import PAGE, RetentionService
from casework.retention.values import NewHold, NewVisa
from casework.web.api import once
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.cursors import CursorQuery, next_page, place_asked
from casework.web.api.etags import silent
from casework.web.api.once import Creation, Made, creates
from casework.web.api.output import MadeSchema, Moment
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission
from casework.web.schemas import Choice, FrenchDate, Number, StrictSchema, Text
from casework.web.typed_dates import Era

retention = ApiBlueprint("retention_api", __name__, url_prefix="/api/v1")
_HELD: Final = Creation(at="/api/v1/holds/{id}", made="hold")


class SweepStepSchema(Schema):
    """How many cases of a kind a sweep takes through a step."""

    kind = fields.String()
    step = fields.String()
    count = fields.Integer()


class PreviewSchema(Schema):
    """What a sweep of that day would do."""

    day = fields.Date()
    steps = fields.List(fields.Nested(SweepStepSchema))
    resumed = fields.Integer()
    drafts = fields.Integer()


class EliminationLineSchema(Schema):
    """Cases of a list that stand alike."""

    kind = fields.String()
    opened_year = fields.Integer()
    closed_year = fields.Integer()
    count = fields.Integer()


class EliminationSchema(Schema):
    """A list for the archives: never a name."""

    id = fields.UUID()
    listed_on = fields.Date()
    state = fields.String()
    visa_on = fields.Date(allow_none=True)
    visa_by = fields.UUID(allow_none=True)
    visa_reference = fields.String(allow_none=True)
    count = fields.Integer()
    lines = fields.List(fields.Nested(EliminationLineSchema))


class EliminationsSchema(Schema):
    """The newest lists."""

    items = fields.List(fields.Nested(EliminationSchema))


class CertificateSchema(Schema):
    """What remains of an erased case; `leaf` is the line of the register that says so."""

    id = fields.UUID()
    case_id = fields.UUID()
    kind = fields.String()
    list_id = fields.UUID(allow_none=True)
    compartments = fields.Integer()
    erased_at = Moment()
    backups_until = fields.Date()
    backup_days = fields.Integer()
    leaf = fields.Integer(allow_none=True)


class CertificatesSchema(Schema):
    """A page of certificates."""

    items = fields.List(fields.Nested(CertificateSchema))


class VisaSchema(StrictSchema):
    """The archives' reference, and how many cases the list they saw had."""

    reference = Text(60, required=True)
    count = Number(required=True)


class HoldSchema(StrictSchema):
    """Why a case is kept beyond its clock, and until when."""

    reason = Choice(HoldReason, required=True)
    until_on = FrenchDate(Era.COMING, required=True)


@retention.get("/retention-runs/preview")
@needs(Permission.RETENTION_READ)
@retention.answers(200, PreviewSchema)
def preview_retention() -> Any:
    """Return what a sweep would do now."""
    return service(RetentionService).preview(principal())


@retention.get("/elimination-lists")
@needs(Permission.RETENTION_READ)
@retention.answers(200, EliminationsSchema)
def list_eliminations() -> dict[str, Any]:
    """List the newest elimination lists."""
    return {"items": service(RetentionService).lists(principal())}


@retention.post("/elimination-lists/<uuid:list_id>/visa")
@needs(Permission.RETENTION_VISA)
@retention.body(VisaSchema)
@retention.answers(204)
@silent
def give_visa(given: Mapping[str, Any], list_id: UUID) -> None:
    """Give the archives' visa to the list that was seen: its cases are destroyed next."""
    visa = NewVisa(given["reference"], given["count"])
    service(RetentionService).visa(principal(), list_id, visa)


@retention.get("/certificates")
@needs(Permission.RETENTION_READ)
@retention.query(CursorQuery)
@retention.answers(200, CertificatesSchema)
def list_certificates(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """List certificates of erasure, newest first."""
    before = place_asked(given, UUID)
    found = service(RetentionService).certificates(principal(), before)
    return {"items": found}, next_page(found[-1].id if len(found) == PAGE else None)


@retention.post("/cases/<uuid:case_id>/holds")
@needs(Permission.RETENTION_HOLD)
@retention.body(HoldSchema)
@retention.answers(201, MadeSchema)
@creates(_HELD)
def place_hold(given: Mapping[str, Any], case_id: UUID) -> Made:
    """Keep a case beyond its clock."""
    hold = NewHold(given["reason"], given["until_on"])
    return Made(once.service(RetentionService).hold(principal(), case_id, hold))


@retention.delete("/holds/<uuid:hold_id>")
@needs(Permission.RETENTION_HOLD)
@retention.answers(204)
@silent
def lift_hold(hold_id: UUID) -> None:
    """End a hold today."""
    service(RetentionService).lift_hold(principal(), hold_id)
