"""What may be sent with a question: both names and the whole date of birth, nothing partial."""

import re
from collections.abc import Mapping
from typing import Any, Final

from marshmallow import ValidationError, validates_schema

from casework.i18n import lazy_gettext as _l
from casework.presence.rules import spellings
from casework.web.dates import today
from casework.web.schemas import FrenchDate, Identifier, StrictSchema, Text
from casework.web.typed_dates import Era

_NAME: Final = 80
_WHOLE: Final = re.compile(r"\s*(?:\d{1,2}\D+\d{1,2}\D+\d{4}|\d{4}-\d{2}-\d{2})\s*")


class BirthDate(FrenchDate):
    """A day with its year in full: half a date would be a wildcard."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str) or not _WHOLE.fullmatch(value):
            raise self.make_error("invalid")
        return super()._deserialize(value, *args, **kwargs)


class QuestionSchema(StrictSchema):
    """Whom somebody asks about, for which of their groups."""

    group_id = Identifier(required=True)
    family_name = Text(_NAME, required=True)
    given_name = Text(_NAME, required=True)
    birth_date = BirthDate(Era.PAST, required=True)

    @validates_schema
    def _somebody(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["birth_date"] > today():
            raise ValidationError([str(_l("Cette date est dans le futur."))], "birth_date")
        if not spellings(data["family_name"], data["given_name"], data["birth_date"]):
            raise ValidationError([str(_l("Écrivez le nom en lettres."))], "family_name")


class GroupSchema(StrictSchema):
    """Of which group the cases are to be taken in."""

    group_id = Identifier(required=True)
