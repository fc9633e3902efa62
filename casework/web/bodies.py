"""What a request may carry: a megabyte, unless its route takes a file, which stays in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final, ParamSpec, TypeVar

from flask import Flask, Request, Response, current_app, g, request

from casework.errors import CaseworkError

_PIECE: Final = 64 * 1024
_MOST_REFUSED: Final = 64 * 1024 * 1024
P = ParamSpec("P")
R = TypeVar("R")

AROUND: Final = 64 * 1024
"""Bytes that a form may hold around its file."""


@dataclass(frozen=True, slots=True)
class _Taken:
    most: int
    beyond: type[CaseworkError]


class InMemory(Request):
    """A request whose files never touch a disk: what a partner sends stands nowhere in clear."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - werkzeug's interface
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        return BytesIO()


def takes(most: int, beyond: type[CaseworkError]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view's requests carry `most` bytes; more, as announced, is `beyond` before it is read.

    It wraps nothing, so decorator order is free.
    """

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        vars(view)["takes"] = _Taken(most, beyond)
        return view

    return mark


def install(app: Flask) -> None:
    """Raise the limit for marked views, once the guard has let somebody in."""
    app.before_request(_allow)
    app.after_request(_let_pass)


def _allow() -> None:
    taken = _taken()
    if taken is None:
        return
    if (request.content_length or 0) > taken.most:
        raise taken.beyond
    request.max_content_length = taken.most
    g.body_allowed = True


def _taken() -> _Taken | None:
    view = current_app.view_functions.get(request.endpoint or "")
    found = getattr(view, "takes", None)
    return found if isinstance(found, _Taken) else None


def _let_pass(response: Response) -> Response:
    """Hear a refused file out, and keep nothing: a browser that is cut off shows no answer."""
    taken = _taken()
    if taken is not None and "body_allowed" not in g:
        left, sent = min(request.content_length or 0, _MOST_REFUSED), request.environ["wsgi.input"]
        while left > 0 and (piece := sent.read(min(left, _PIECE))):
            left -= len(piece)
    return response
