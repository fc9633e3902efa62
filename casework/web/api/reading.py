"""Strict reading of requests: one JSON object, known parameters, each once."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from flask import Request, request
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.web.load import sentences


class StrictParser(FlaskParser):
    """Reads for webargs: unknown fields are refused by the schema, everywhere."""

    DEFAULT_UNKNOWN_BY_LOCATION: Mapping[str, str | None] = {}  # type: ignore[assignment]

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002 - webargs' interface
        """Return the body; nothing sent is an empty object."""
        sent = req.get_data(cache=True)
        if not sent:
            return {}
        if not req.is_json:
            raise UnsupportedMediaType
        return _parsed(sent)

    def load_querystring(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002
        """Return the parameters. Raises `InvalidInput` for one sent twice."""
        for name, values in req.args.lists():
            if len(values) > 1:
                raise InvalidInput(_faults({name: [gettext("Ce champ est envoyé deux fois.")]}))
        return req.args.to_dict()

    def handle_error(
        self,
        error: ValidationError,
        req: Request,  # noqa: ARG002 - webargs' interface
        schema: Schema,  # noqa: ARG002
        *,
        error_status_code: int | None,  # noqa: ARG002
        error_headers: Mapping[str, str] | None,  # noqa: ARG002
    ) -> NoReturn:
        """Raise our error, with pointers into the body rather than into webargs' locations."""
        messages: Any = error.messages
        raise InvalidInput({name: said for one in messages.values() for name, said in _all(one)})


def refuse_parameters() -> None:
    """Raise `InvalidInput` for any parameter: for routes that take none."""
    if request.args:
        said = gettext("Ce champ n’est pas attendu ici.")
        raise InvalidInput(_faults({name: [said] for name in request.args}))


def _parsed(sent: bytes) -> Any:
    try:
        return json.loads(sent, object_pairs_hook=_each_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise InvalidInput({"_schema": [gettext("Le corps JSON est illisible.")]}) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name written twice: two readers could each believe another one (RFC 8259, 4)."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _faults(messages: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return dict(_all(messages))


def _all(messages: Any) -> list[tuple[str, list[str]]]:
    return list(sentences(messages))
