"""What may be sent about meetings: the same fields for the pages and for the API."""

from marshmallow import fields

from casework.cases.schemas import VersionSchema
from casework.i18n import lazy_gettext as _l
from casework.web.schemas import Flag, FrenchDate, Identifier, StrictSchema, Text
from casework.web.typed_dates import Era

_CODE = 40
_DETAIL = 2000
_MOST_CASES = 200
_CHOOSE = {"required": _l("Choisissez dans la liste.")}


class PreparationSchema(StrictSchema):
    """A meeting to prepare: for whom, when, about which cases."""

    group_id = Identifier(required=True)
    held_on = FrenchDate(Era.COMING, required=True)
    cases = fields.List(
        Identifier(), load_default=list, validate=lambda many: len(many) <= _MOST_CASES
    )


class TableOpeningSchema(StrictSchema):
    """A protected case to open before those present."""

    case_id = Identifier(required=True)


class AttendanceSchema(StrictSchema):
    """Whether somebody is there."""

    member = Identifier(required=True, error_messages=_CHOOSE)
    present = Flag(required=True)


class DecisionSchema(VersionSchema):
    """What the group decided of a case; the action is optional, and then whole."""

    code = Text(_CODE, required=True, error_messages=_CHOOSE)
    closure = Text(_CODE, load_default="")
    redirection = Text(_CODE, load_default="")
    lead = Identifier()
    action_kind = Text(_CODE, load_default="")
    action_lead = Identifier()
    action_due_on = FrenchDate(Era.COMING)
    action_detail = Text(_DETAIL, lines=True, load_default="")
