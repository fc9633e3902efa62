"""What the forms and requests about readings send."""

import re
from typing import Any, Final

from marshmallow import ValidationError

from casework.i18n import lazy_gettext as _l
from casework.readings.values import Whom
from casework.web.schemas import Choice, Flag, StrictSchema, Text

_REQUEST: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,29}[A-Za-z0-9])?")


class RequestNumber(Text):
    """The number of a person's request: a code of the register of requests, never a name."""

    def __init__(self, **kwargs: Any) -> None:
        """At most 31 signs."""
        super().__init__(31, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if not _REQUEST.fullmatch(text) or not any(map(str.isdigit, text)):
            said = _l("Un numéro comme DP-2026-004 : lettres, chiffres, points et tirets.")
            raise ValidationError([said])
        return text


class CaseReference(Text):
    """The reference of a case, as it is written: in capitals."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, *args, **kwargs).upper()


class ReportRequestSchema(StrictSchema):
    """Of which case, of whom, and for which request a report is made."""

    reference = CaseReference(20, required=True)
    whom = Choice(Whom, required=True)
    request = RequestNumber(required=True)
    procedure = Flag()
