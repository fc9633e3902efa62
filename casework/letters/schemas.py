"""What people send about letters: the same fields for the pages and for the API."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import ValidationError, fields, validates_schema

from casework.i18n import lazy_gettext as _l
from casework.letters.fields import LETTERHEAD, SHAPES, LetterField
from casework.letters.hours import said_hour
from casework.letters.kinds import LetterFormat, LetterKind, LetterState
from casework.letters.merging import long_day, week_day
from casework.letters.values import Merged
from casework.web.schemas import Choice, Flag, FrenchDate, Identifier, Number, Strict, StrictSchema
from casework.web.schemas import Text as TextField
from casework.web.typed_dates import Era

_CHOOSE: Final = _l("Choisissez dans la liste.")


class Hour(Strict):
    """An hour of the day, typed as people type it, said as French writes it."""

    default_error_messages = {"invalid": _l("Heure attendue, par exemple 14 h 30.")}  # noqa: RUF012 - marshmallow's convention

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        found = said_hour(value) if isinstance(value, str) else None
        if found is None:
            raise self.make_error("invalid")
        return found


class Day(FrenchDate):
    """A day to come, said with its name."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return week_day(super()._deserialize(value, *args, **kwargs))


class PastDay(FrenchDate):
    """A day gone by, said in words."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return long_day(super()._deserialize(value, *args, **kwargs))


def _field(name: LetterField) -> fields.Field[Any]:
    if name is LetterField.DAY:
        return Day(Era.COMING)
    if name is LetterField.FACTS_ON:
        return PastDay(Era.PAST)
    if name is LetterField.HOUR:
        return Hour()
    return TextField(SHAPES[name].most, lines=SHAPES[name].lines)


_TYPED: Final = {name.value: _field(name) for name in LetterField}

FieldsSchema: Final = StrictSchema.from_dict(_TYPED, name="LetterFieldsSchema")
"""The fields of a letter, each by the name that templates give it."""


class PreparationSchema(StrictSchema):
    """Which letter is wanted, or the one that the summons of the case calls for."""

    kind = Choice(LetterKind)
    called = Flag()

    @validates_schema
    def _says_which(self, data: Mapping[str, Any], **_: Any) -> None:
        if data.get("kind") is None and not data.get("called"):
            raise ValidationError(str(_CHOOSE), "kind")


class LetterSchema(StrictSchema):
    """What every letter says of itself, beside its fields."""

    kind = Choice(LetterKind, required=True)
    format = Choice(LetterFormat, required=True)


class LetterFormSchema(FieldsSchema, LetterSchema):  # type: ignore[misc,valid-type] # made above
    """A letter as its form sends it."""

    once = Identifier(required=True)


class LetterBodySchema(LetterSchema):
    """A letter as a program sends it."""

    fields_ = fields.Nested(FieldsSchema, required=True, data_key="fields", attribute="fields")


class MarkSchema(StrictSchema):
    """What became of a letter."""

    version = Number(required=True)
    state = Choice(LetterState, required=True)
    on = FrenchDate(Era.PAST, required=True)
    inform = Flag()


_HEAD: Final[dict[str, Any]] = {
    name.value: TextField(SHAPES[name].most, lines=SHAPES[name].lines) for name in LETTERHEAD
}


class LetterheadSchema(StrictSchema.from_dict(_HEAD)):  # type: ignore[misc] # made above
    """What a group writes on all its letters."""

    version = Number(required=True)


def said_in(given: Mapping[str, Any]) -> Merged:
    """Return the fields that were filled in."""
    return {name: given[name.value] for name in LetterField if given.get(name.value)}
