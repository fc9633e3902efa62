"""What may be sent about forgetting: the same fields for the pages and for the API."""

from casework.i18n import lazy_gettext as _l
from casework.retention.policy import HoldReason
from casework.web.schemas import Choice, FrenchDate, Number, StrictSchema, Text
from casework.web.typed_dates import Era

_REFERENCE = 60
_CASE_REFERENCE = 20


class VisaSchema(StrictSchema):
    """The archives' signature of a list as they saw it."""

    reference = Text(_REFERENCE, required=True)
    count = Number(required=True)


class HoldSchema(StrictSchema):
    """A case to keep beyond its clock."""

    situation = Text(_CASE_REFERENCE, required=True)
    why = Choice(
        HoldReason, required=True, error_messages={"required": _l("Choisissez dans la liste.")}
    )
    until_on = FrenchDate(Era.COMING, required=True)
