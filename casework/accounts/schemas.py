"""What the forms of accounts send."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from casework.accounts.policy import LONGEST_WORDS
from casework.i18n import lazy_gettext as _l
from casework.identity import Reason
from casework.web.schemas import Choice, Strict, StrictSchema, Text

_LONGEST = 200


class Secret(Strict):
    """A password, kept exactly as it was typed."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if len(value) > _LONGEST:
            raise ValidationError([_l("Deux cents caractères au plus.")])
        return value


class SignInSchema(StrictSchema):
    """An identifier and a password."""

    login = Text(60, required=True)
    password = Secret(required=True)


class CodeSchema(StrictSchema):
    """Six figures of a phone."""

    code = Text(12, required=True)


class ActivationSchema(StrictSchema):
    """An identifier and the one-time code handed over with it."""

    login = Text(60, required=True)
    activation = Text(40, required=True)


class FirstPasswordSchema(ActivationSchema):
    """What the owner of a new account chooses, typed twice, and the first code of the phone."""

    new_password = Secret(required=True)
    password = Secret(required=True)
    code = Text(12, required=True)
    recovery = Text(80)

    @validates_schema
    def same_twice(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse two passwords that differ."""
        if data.get("new_password") != data.get("password"):
            raise ValidationError({"password": [_l("Les deux saisies diffèrent.")]})


class ReasonSchema(StrictSchema):
    """Why somebody reads from now on; words stand behind « other » alone."""

    reason = Choice(Reason, required=True)
    words = Text(LONGEST_WORDS, load_default="")


class OpeningCodeSchema(CodeSchema):
    """The code that opens a session, and why it is opened."""

    reason = Choice(Reason)
    words = Text(LONGEST_WORDS, load_default="")
