"""What the forms of access reviews send."""

from collections.abc import Mapping
from typing import Any, Final

from marshmallow import ValidationError, fields, pre_load

from casework.i18n import lazy_gettext as _l
from casework.reviews.values import Said
from casework.web.schemas import Choice, Identifier, Number, StrictSchema

PREFIX: Final = "said-"
"""Begins the name of the field of one person; their id ends it."""

_MOST: Final = 500


class AnswerSchema(StrictSchema):
    """What is said of each person, and the version of the review that was seen."""

    version = Number(least=1, required=True)
    said = fields.Dict(keys=Identifier(), values=Choice(Said))

    @pre_load
    def gather(self, given: Any, **_: object) -> Any:
        """Gather the fields of people under one name."""
        if not isinstance(given, Mapping):
            return given
        told = {name: value for name, value in given.items() if str(name).startswith(PREFIX)}
        if len(told) > _MOST:
            raise ValidationError([_l("Il y a trop de personnes dans cette réponse.")])
        rest = {name: value for name, value in given.items() if name not in told}
        spoken = {name.removeprefix(PREFIX): value for name, value in told.items()}
        return {**rest, "said": spoken}


class ConfirmationSchema(StrictSchema):
    """The version of the review that was seen."""

    version = Number(least=1, required=True)
