"""The API as one document (OpenAPI 3.1), and the errors of every route as our problems."""

from collections.abc import Callable
from threading import Lock
from typing import Any, Final, cast

import flask
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask, Response
from flask_smorest import Api
from marshmallow import Schema, fields

from casework.web.api import edges, fieldtypes
from casework.web.api.blueprint import ApiBlueprint
from casework.web.guard import needs
from casework.web.permissions import Permission
from casework.web.schemas import StrictSchema

_PROBLEM_JSON: Final = "application/problem+json"
_UNAUTHORIZED: Final = 401


class FaultSchema(Schema):
    """What is wrong with one field; never what was sent."""

    pointer = fields.String(metadata={"description": "Where, as a JSON pointer."})
    detail = fields.String(metadata={"description": "A sentence for the person."})


class ProblemSchema(Schema):
    """Every error, in the form of RFC 9457."""

    type = fields.String(metadata={"format": "uri-reference"})
    title = fields.String()
    status = fields.Integer()
    code = fields.String(metadata={"description": "Stable; what programs look at."})
    detail = fields.String()
    instance = fields.String(metadata={"description": "The reference of an incident."})
    reason = fields.String(metadata={"description": "Why a step is refused, as a code."})
    source = fields.String(metadata={"description": "The rule that refuses it."})
    errors = fields.List(fields.Nested(FaultSchema))


class HouseApi(Api):  # type: ignore[misc] # flask-smorest has no types
    """The document's maker; errors are left to `web.problems`, which is installed after it.

    It writes when first asked: nobody's first page waits for what programs read once.
    """

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask, **how: Any) -> None:
        """Describe the API of an application."""
        self._waiting: list[Callable[[], object]] = []
        self._one_writes = Lock()
        super().__init__(app, **how)

    def later(self, describe: Callable[[], object]) -> None:
        """Let something be described when the document is written."""
        self._waiting.append(describe)

    def document(self) -> dict[str, Any]:
        """Return the document whole."""
        with self._one_writes:
            for describe in self._waiting:
                describe()
            self._waiting.clear()
            written: dict[str, Any] = self.spec.to_dict()
        return written

    def _register_error_handlers(self) -> None:
        """Register none: one table answers for pages and programs."""

    def _register_responses(self) -> None:
        content = {_PROBLEM_JSON: {"schema": self.ERROR_SCHEMA}}
        problem = {"description": "Un problème (RFC 9457)", "content": content}
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, problem, lazy=True)
        for status in ("UNPROCESSABLE_ENTITY", "UNPROCESSABLE_CONTENT"):
            self.spec.components.response(status, problem, lazy=True)


description = ApiBlueprint("api", __name__, url_prefix="/api")


@description.get("/openapi.json")
@needs(Permission.API_DESCRIBE)
@description.answers(200)
def describe_api() -> Response:
    """Describe the API: this document."""
    return flask.jsonify(flask.current_app.extensions["casework.openapi"].document())


def install(app: Flask, given: edges.ApiEdges, *blueprints: ApiBlueprint) -> None:
    """Serve `blueprints` and their document; before `assembly.finish`, which answers errors."""
    edges.keep(app, given)
    app.config.update(API_TITLE="casework", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    plugin = MarshmallowPlugin(schema_name_resolver=_schema_name)
    api = HouseApi(app, spec_kwargs={**_about(), "marshmallow_plugin": plugin})
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    fieldtypes.teach(api)
    for blueprint in (description, *blueprints):
        api.register_blueprint(blueprint)
    app.extensions["casework.openapi"] = api
    app.after_request(_challenge)


def _schema_name(schema: Any) -> str:
    """Return the name of a schema in the document; what is sent in says so."""
    kind = cast("type[Schema]", resolve_schema_cls(schema))
    name = kind.__name__.removesuffix("Schema")
    return f"{name}Input" if issubclass(kind, StrictSchema) else name


def _about() -> dict[str, Any]:
    reason = (
        "L’en-tête Casework-Reason dit pourquoi on lit : duty, meeting, referral, own_action,"
        " ou other, une fois la raison dite par POST /api/v1/reasons."
    )
    return {
        "info": {"description": f"Les mêmes gestes que les pages, les mêmes traces. {reason}"},
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}],
    }


def _challenge(response: Response) -> Response:
    """Say how to sign in where nobody is (RFC 9110, 11.6.1; RFC 6750, 3)."""
    if response.status_code == _UNAUTHORIZED and flask.request.path.startswith("/api/"):
        response.headers["WWW-Authenticate"] = 'Bearer realm="casework"'
    return response
