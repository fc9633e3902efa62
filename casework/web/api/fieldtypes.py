"""How our own fields are told in the document: their types, bounds and closed lists."""

from typing import Any

from casework.web.api.output import Sealed
from casework.web.schemas import Choice, Flag, FrenchDate, Identifier, Number, Text


def teach(api: Any) -> None:
    """Let flask-smorest describe our fields."""
    api.register_field(Text, "string", None)
    api.register_field(FrenchDate, "string", "date")
    api.register_field(Identifier, "string", "uuid")
    api.register_field(Number, "integer", None)
    api.register_field(Choice, "string", None)
    api.register_field(Flag, "boolean", None)
    api.register_field(Sealed, None, None)
    api.ma_plugin.converter.add_attribute_function(_bounds)


def _bounds(_converter: object, field: Any, **_: Any) -> dict[str, Any]:
    """Return the keywords of JSON Schema that a field of ours adds."""
    if isinstance(field, Text):
        return {"maxLength": field.max_length}
    if isinstance(field, Number):
        return {"minimum": field.least, "maximum": field.most}
    if isinstance(field, Choice):
        absent = [None] if field.allow_none else []
        return {"enum": [*(one.value for one in field.kind), *absent]}
    if isinstance(field, Sealed):
        return {"oneOf": [{"type": ["string", "null"]}, _WITHHELD]}
    return {}


_WITHHELD = {
    "type": "object",
    "description": "Ce que la charte n’ouvre pas, ou dont la clé manque.",
    "properties": {"withheld": {"const": True}, "article": {"type": "string"}},
    "required": ["withheld", "article"],
    "additionalProperties": False,
}
