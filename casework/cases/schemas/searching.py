"""What may be sent with a search: words of a name, perhaps a date or a year of birth."""

import re
from collections.abc import Mapping
from typing import Any, Final

from marshmallow import ValidationError, validates_schema

from casework.i18n import lazy_gettext as _l
from casework.matching.dates import Birth
from casework.web.schemas import FrenchDate, Identifier, Number, Strict, StrictSchema, Text
from casework.web.typed_dates import Era

_NAME: Final = 80
_FEWEST_LETTERS: Final = 2
_BIRTH: Final = re.compile(r"\s*(?:\d{4}|\d{1,2}\D+\d{1,2}\D+\d{4}|\d{4}-\d{2}-\d{2})\s*")
_BIRTH_AWAITED: Final = {
    "invalid": _l("Date attendue : jj/mm/aaaa, ou l’année seule, par exemple 2009."),
}


class BirthSought(Strict):
    """The day somebody was born, with its year in full, or the year alone."""

    _day: Final = FrenchDate(Era.PAST)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Birth:
        if not isinstance(value, str) or not _BIRTH.fullmatch(value):
            raise self.make_error("invalid")
        try:
            return _birth(value.strip(), self._day)
        except ValidationError:
            raise self.make_error("invalid") from None


def _birth(text: str, days: FrenchDate) -> Birth:
    if text.isdecimal():
        return Birth(days.deserialize(f"1/1/{text}").year)
    day = days.deserialize(text)
    return Birth(day.year, day)


class WordsSoughtSchema(StrictSchema):
    """Whom somebody looks for. The group may be left out by who sits in one alone."""

    words = Text(_NAME, required=True)
    group_id = Identifier()
    birth = BirthSought(error_messages=_BIRTH_AWAITED)

    @validates_schema
    def _a_name(self, data: Mapping[str, Any], **_: Any) -> None:
        if sum(map(str.isalpha, data["words"])) < _FEWEST_LETTERS:
            raise ValidationError(str(_l("Écrivez au moins deux lettres d’un nom.")), "words")


class SearchSchema(WordsSoughtSchema):
    """The same from a program, which always says in which group."""

    group_id = Identifier(required=True)


class OtherCaseSchema(StrictSchema):
    """Which case is merged into the one of the address."""

    other = Identifier(required=True)


class MergeSchema(OtherCaseSchema):
    """The same from a page of that version."""

    version = Number(required=True)
