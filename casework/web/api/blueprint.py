"""A blueprint of the API: flask-smorest's, strict, typed, and documented with its permissions."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import partial, wraps
from typing import Any, TypeVar, cast

from flask_smorest import Blueprint
from marshmallow import Schema

from casework.web.api.reading import StrictParser, refuse_parameters
from casework.web.guard import mark_of

F = TypeVar("F", bound=Callable[..., Any])
_QUERY = "query"


class ApiBlueprint(Blueprint):  # type: ignore[misc] # flask-smorest has no types
    """Routes under /api/v1; each says its permission in the document as `x-permission`."""

    ARGUMENTS_PARSER = StrictParser()

    def get(self, rule: str) -> Callable[[F], F]:
        """Register a reading."""
        return self._register(rule, "GET")

    def post(self, rule: str) -> Callable[[F], F]:
        """Register a change."""
        return self._register(rule, "POST")

    def delete(self, rule: str) -> Callable[[F], F]:
        """Register the end of something."""
        return self._register(rule, "DELETE")

    def body(self, schema: type[Schema] | Schema) -> Callable[[F], F]:
        """Pass the checked JSON body as the first argument."""
        return cast("Callable[[F], F]", super().arguments(schema, location="json"))

    def query(self, schema: type[Schema] | Schema) -> Callable[[F], F]:
        """Pass the checked parameters as the first argument."""
        return cast("Callable[[F], F]", super().arguments(schema, location=_QUERY))

    def answers(self, status: int, schema: type[Schema] | Schema | None = None) -> Callable[[F], F]:
        """Say what the view answers with, and shape it so."""
        return cast("Callable[[F], F]", super().response(status, schema))

    def takes_file(self, mimetypes: Iterable[str]) -> Callable[[F], F]:
        """Say that the body of a request is a file as it is, of one of these types."""
        content: dict[str, Any] = {one: {} for one in mimetypes}
        return _telling({"requestBody": {"required": True, "content": content}})

    def gives_file(self, mimetypes: Iterable[str]) -> Callable[[F], F]:
        """Say that the answer is a file as it is, of one of these types."""
        answer = {"description": "OK", "content": {one: {} for one in mimetypes}}
        return _telling({"responses": {"200": answer}})

    def register_views_in_doc(self, api: Any, *where: Any, **named: Any) -> None:
        """Describe the routes of an application once its document is asked for."""
        api.later(partial(super().register_views_in_doc, api, *where, **named))

    def _register(self, rule: str, method: str) -> Callable[[F], F]:
        def register(view: F) -> F:
            shown = _documented(_strict(view), method)
            self.add_url_rule(rule, view.__name__, shown, methods=[method])
            return view

        return register


def _telling(manual: Mapping[str, Any]) -> Callable[[F], F]:
    def tell(view: F) -> F:
        _docs_of(view).setdefault("manual_doc", {}).update(manual)
        return view

    return tell


def document_header(
    view: Callable[..., Any], name: str, meaning: str, *, required: bool = True
) -> None:
    """Add a request header to the document of a view."""
    docs = _docs_of(view).setdefault("arguments", {})
    header = {"in": "header", "name": name, "description": meaning, "required": required}
    docs.setdefault("parameters", []).append({**header, "schema": {"type": "string"}})


def _documented(view: Callable[..., Any], method: str) -> Callable[..., Any]:
    manual = _docs_of(view).setdefault("manual_doc", {})
    manual["operationId"] = view.__name__
    manual["x-permission"] = str(mark_of(view, method))
    return view


def _docs_of(view: Callable[..., Any]) -> dict[str, Any]:
    """Return what flask-smorest will say of this view; decorators below keep their own copy."""
    vars(view)["_apidoc"] = deepcopy(vars(view).get("_apidoc", {}))
    return cast("dict[str, Any]", vars(view)["_apidoc"])


def _strict(view: F) -> F:
    """Refuse every parameter in the address, unless the view announced some."""
    announced = vars(view).get("_apidoc", {}).get("arguments", {}).get("parameters", [])
    if any(one["in"] == _QUERY for one in announced):
        return view

    @wraps(view)
    def ask(*args: Any, **kwargs: Any) -> Any:
        refuse_parameters()
        return view(*args, **kwargs)

    return cast("F", ask)
