"""What a request may carry: a megabyte, unless its route takes a file, which stays in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final, ParamSpec, TypeVar

from flask import Flask, Request, current_app, request

from casework.errors import CaseworkError

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


def _allow() -> None:
    if request.endpoint is None:
        return
    taken = getattr(current_app.view_functions[request.endpoint], "takes", None)
    if not isinstance(taken, _Taken):
        return
    if (request.content_length or 0) > taken.most:
        raise taken.beyond
    request.max_content_length = taken.most
