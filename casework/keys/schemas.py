"""What the forms of keys send."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from casework.i18n import lazy_gettext as _l
from casework.keys.recovery.values import Kind, Why
from casework.keys.values import CustodyKind
from casework.web.schemas import Choice, Flag, Identifier, StrictSchema, Text


class AskSchema(StrictSchema):
    """To give a member their key back, and why; or a rehearsal."""

    kind = Choice(Kind, required=True)
    member = Identifier()
    why = Choice(Why)

    @validates_schema
    def whole(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse to give a key back to nobody, and what only the operator asks."""
        if data.get("kind") is Kind.EXCEPTION:
            raise ValidationError({"kind": [_l("Choisissez dans la liste.")]})
        missing = [name for name in ("member", "why") if data.get(name) is None]
        if data.get("kind") is Kind.RECOVER and missing:
            raise ValidationError({one: [_l("Choisissez dans la liste.")] for one in missing})


class AnswerSchema(StrictSchema):
    """What is printed on a card, and that the six words were compared."""

    card = Text(80, required=True)
    checked = Flag()


class CustodySchema(StrictSchema):
    """Who is to hold the key from now on."""

    custody = Choice(CustodyKind, required=True)
