"""From an error to an answer: a problem document (RFC 9457) for programs, a page for people."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from casework.entropy import Entropy
from casework.errors import (
    CaseworkError,
    InvalidInput,
    NotSignedIn,
    StepRefused,
    StepUpRequired,
    TooManyAttempts,
    Unavailable,
)
from casework.web.csrf import FormTooOld
from casework.web.forms import told
from casework.web.incident import note, reference
from casework.web.load import sentences
from casework.web.problem_table import CODE_OF_STATUS, PROBLEMS, Problem
from casework.web.resume import gather, here

_PROBLEM_JSON = "application/problem+json"
_EXTENSION = "casework.problems"
Translations = Mapping[type[Exception], Callable[[Exception], CaseworkError]]


@dataclass(frozen=True, slots=True)
class Fault:
    """An error on its way out: its line in the table, and what this request adds to it."""

    code: str
    status: int
    problem: Problem
    fields: Mapping[str, list[str]]
    headers: Mapping[str, str]
    reference: str | None = None
    rule: Mapping[str, str] = field(default_factory=dict)


def install(app: Flask, entropy: Entropy, translations: Translations | None = None) -> None:
    """Answer every error from the table. Call it after flask-smorest, whose handler it replaces.

    `translations` turns exceptions of libraries that `web` does not know into errors of ours.
    """
    app.extensions[_EXTENSION] = entropy
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(CaseworkError, answer)
    app.register_error_handler(Exception, answer)
    for kind, translate in (translations or {}).items():
        app.register_error_handler(kind, lambda error, ours=translate: answer(ours(error)))


def answer(error: Exception) -> Response:
    """Return the page or the document that tells about `error`."""
    fault = _fault(error)
    if wants_json():
        return _document(fault)
    try:
        html = _page(error, fault)
    except Exception as broken:  # noqa: BLE001 - the frame may need what has just failed
        note(current_app.logger, fault.reference or fault.code, broken)
        html = current_app.jinja_env.get_template("problem_plain.html").render(fault=fault)
    return Response(html, fault.status, fault.headers, mimetype="text/html")


def wants_json() -> bool:
    """Say whether the caller is a program: an API path, or an Accept that prefers JSON."""
    if request.path.startswith("/api/"):
        return True
    offered = ["text/html", "application/json", _PROBLEM_JSON]
    return request.accept_mimetypes.best_match(offered, default="text/html") != "text/html"


def _answer_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - redirections are not problems
        return cast("Response", Response.force_type(error.get_response(), request.environ))
    response = answer(error)
    for name, value in error.get_headers(request.environ):
        if name in {"Allow", "ETag", "Retry-After"}:
            response.headers[name] = value
    return response


def _fault(error: Exception) -> Fault:
    code = _code(error)
    problem = PROBLEMS[code]
    status = int(problem.status)
    if isinstance(error, HTTPException) and error.code:
        status = error.code
    known = None
    if status >= 500 and not isinstance(error, Unavailable):  # noqa: PLR2004 - our faults
        known = reference(current_app.extensions[_EXTENSION])
        note(current_app.logger, known, error)
    more = (_fields(error), _headers(error), known, _rule(error))
    return Fault(code, status, problem, *more)


def _code(error: Exception) -> str:
    if isinstance(error, CaseworkError):
        return error.code
    if isinstance(error, HTTPException):
        client = "bad-request" if (error.code or 500) < 500 else "internal"  # noqa: PLR2004 - HTTP
        return CODE_OF_STATUS.get(error.code or 500, client)  # type: ignore[call-overload,no-any-return]
    return "internal"


def _fields(error: Exception) -> Mapping[str, list[str]]:
    if isinstance(error, InvalidInput):
        return told(error)
    found = getattr(error, "data", None)  # what webargs hangs on its 422
    return dict(sentences(found["messages"])) if found and "messages" in found else {}


def _rule(error: Exception) -> Mapping[str, str]:
    """Return why a procedure refuses a step, as a code, and the rule that it comes from."""
    if not isinstance(error, StepRefused):
        return {}
    return {"reason": error.reason} | ({"source": error.source} if error.source else {})


def _headers(error: Exception) -> Mapping[str, str]:
    if isinstance(error, TooManyAttempts | Unavailable):
        return {"Retry-After": str(max(1, error.after))}
    return {}


def _document(fault: Fault) -> Response:
    body: dict[str, Any] = {
        "type": f"/aide/problemes#{fault.code}",
        "title": str(fault.problem.title),
        "status": fault.status,
        "code": fault.code,
        "detail": str(fault.problem.advice),
        **fault.rule,
    }
    if fault.reference:
        body["instance"] = f"urn:casework:incident:{fault.reference}"
    if fault.fields:
        body["errors"] = [
            {"pointer": f"#/{name.replace('.', '/')}", "detail": sentence}
            for name, said in fault.fields.items()
            for sentence in said
        ]
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, fault.status, fault.headers, mimetype=_PROBLEM_JSON)


def _page(error: Exception, fault: Fault) -> str:
    page = _TEMPLATES.get(type(error), "problem.html")
    if request.headers.get("HX-Request-Type") == "partial":
        page = "problem_fragment.html"
    kept = {"resume": gather(), "carried": here()} if page in _RESUMABLE else {}
    return render_template(page, fault=fault, **kept)


_TEMPLATES: Mapping[type[Exception], str] = {
    NotSignedIn: "session_ended.html",
    StepUpRequired: "step_up.html",
    FormTooOld: "form_too_old.html",
}
_RESUMABLE = frozenset(_TEMPLATES.values())
