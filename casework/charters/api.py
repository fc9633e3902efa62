"""Versions of charters by program: read only. Approving and signing are a person's, on a page."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from casework.charters.service import VersionService
from casework.charters.service.values import VersionLine, VersionSheet
from casework.charters.wording import right_said
from casework.i18n import shown
from casework.web.api.blueprint import ApiBlueprint
from casework.web.api.output import Moment
from casework.web.guard import needs, principal, service
from casework.web.permissions import Permission

charters = ApiBlueprint("charters_api", __name__, url_prefix="/api/v1")


class CharterLineSchema(Schema):
    """A text of a charter, and where it stands."""

    id = fields.UUID()
    title = fields.String()
    kind = fields.String()
    version = fields.String()
    digest = fields.String()
    state = fields.String()
    replaces = fields.UUID(allow_none=True)
    enters_on = fields.Date(allow_none=True)
    entered_on = fields.Date(allow_none=True)
    ended_on = fields.Date(allow_none=True)
    groups = fields.List(fields.String())


class ChartersSchema(Schema):
    """Every text, the newest first."""

    items = fields.List(fields.Nested(CharterLineSchema))


class ArticleSchema(Schema):
    """An article as it was signed."""

    number = fields.String()
    title = fields.String()
    text = fields.String()


class CharterApprovalSchema(Schema):
    """Who approved a text, in which function."""

    member = fields.UUID(attribute="member_id")
    function = fields.String()
    at = Moment()


class CharterSignatureSchema(Schema):
    """A partner that the text asks to sign; without dates it has not."""

    organisation = fields.UUID(attribute="body_id")
    signed_on = fields.Date(attribute="signature.signed_on", allow_none=True)
    until_on = fields.Date(attribute="signature.until_on", allow_none=True)


class RightSchema(Schema):
    """What a text would change of a right: `turn` is opened, closed or altered."""

    turn = fields.String(attribute="change.turn")
    article = fields.String(attribute="change.article")
    who = fields.String(attribute="tie")
    categories = fields.List(fields.String())
    wanted = fields.List(fields.String())
    says = fields.Function(lambda one: right_said(one, shown), metadata={"type": "string"})


class DifferenceSchema(Schema):
    """What else the two texts say otherwise; empty on the side that says nothing."""

    topic = fields.String()
    name = fields.String()
    before = fields.String()
    after = fields.String()


class CharterSchema(CharterLineSchema):
    """One text whole, and what it changes beside the one it replaces."""

    articles = fields.List(fields.Nested(ArticleSchema))
    approvals = fields.List(fields.Nested(CharterApprovalSchema))
    signatures = fields.List(fields.Nested(CharterSignatureSchema))
    signatures_needed = fields.Integer()
    rights = fields.List(fields.Nested(RightSchema))
    differences = fields.List(fields.Nested(DifferenceSchema))


@charters.get("/charters")
@needs(Permission.CHARTER_READ)
@charters.answers(200, ChartersSchema)
def list_charters() -> dict[str, Any]:
    """List every text of every charter, the newest first."""
    return {"items": [_line(one) for one in service(VersionService).every(principal())]}


@charters.get("/charters/<uuid:charter_id>")
@needs(Permission.CHARTER_READ)
@charters.answers(200, CharterSchema)
def read_charter(charter_id: UUID) -> dict[str, Any]:
    """Return a text, who approved and signed it, and what it changes."""
    sheet = service(VersionService).read(principal(), charter_id)
    line = VersionLine(sheet.version, sheet.charter.title, sheet.groups)
    return {**_line(line), **_whole(sheet)}


def _line(one: VersionLine) -> dict[str, Any]:
    version = one.version
    return {
        "id": version.id,
        "title": one.title,
        "kind": version.kind,
        "version": version.version,
        "digest": version.digest.hex(),
        "state": version.state,
        "replaces": version.replaces_id,
        "enters_on": version.enters_on,
        "entered_on": version.entered_on,
        "ended_on": version.ended_on,
        "groups": one.groups,
    }


def _whole(sheet: VersionSheet) -> dict[str, Any]:
    return {
        "articles": sheet.charter.articles.values(),
        "approvals": sheet.approvals,
        "signatures": sheet.signings,
        "signatures_needed": sheet.ready.needed,
        "rights": sheet.rights,
        "differences": sheet.differences,
    }
