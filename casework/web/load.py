"""From a request to clean values, or to sentences for the person who typed them."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from flask import request
from marshmallow import Schema, ValidationError, fields
from werkzeug.exceptions import BadRequest

from casework.errors import InvalidInput
from casework.i18n import gettext

# Fields of the form itself, which no schema knows.
FORM_FIELDS = frozenset({"csrf_token", "resume", "button", "reread"})
_LONGEST_NAME = 40


def load(schema: type[Schema] | Schema) -> dict[str, Any]:
    """Return the values of this request's form or JSON body. Raises InvalidInput."""
    made = schema() if isinstance(schema, type) else schema
    return checked(made, _json() if request.is_json else _form(made))


def load_query(schema: type[Schema] | Schema) -> dict[str, Any]:
    """Return the values of this request's query; an empty one is absent. Raises InvalidInput."""
    made = schema() if isinstance(schema, type) else schema
    given = {name: _asked(made, name, value) for name, value in request.args.items() if value}
    return checked(made, given)


def checked(schema: Schema, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a schema makes of given values. Raises InvalidInput."""
    try:
        return cast("dict[str, Any]", schema.load(given))
    except ValidationError as fault:
        raise InvalidInput(dict(sentences(fault.messages_dict))) from None


def _asked(schema: Schema, name: str, value: str) -> str | list[str]:
    listed = isinstance(schema.fields.get(name), fields.List)
    return request.args.getlist(name) if listed else value


def sentences(messages: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Flatten nested messages: `lines.0.label` → its sentences."""
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            shown = _printable(name)
            yield from sentences(inner, f"{path}.{shown}" if path else shown)
    else:
        yield path, [str(one) for one in messages]


def _json() -> Any:
    try:
        return request.get_json()
    except (BadRequest, RecursionError):
        raise InvalidInput({"_schema": [gettext("Le corps JSON est illisible.")]}) from None


def _form(schema: Schema) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, values in request.form.lists():
        if name in FORM_FIELDS:
            continue
        if isinstance(schema.fields.get(name), fields.List):
            given[name] = values
        elif len(values) == 1:
            given[name] = values[0]
        else:
            raise InvalidInput({_printable(name): [gettext("Ce champ est envoyé deux fois.")]})
    return given


def _printable(name: object) -> str:
    """Return a field's name or a row's number: an unknown name is somebody's input."""
    if isinstance(name, int):
        return str(name)
    text = str(name)
    short = len(text) <= _LONGEST_NAME
    return text if short and text.isascii() and text.isidentifier() else "_schema"
