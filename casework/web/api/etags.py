"""Versions as entity tags: a change names the version it starts from (RFC 9110, 13.1.1)."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from flask import Response, request
from werkzeug.exceptions import PreconditionFailed

from casework.errors import Conflict, PreconditionRequired
from casework.web.api.blueprint import document_header

P = ParamSpec("P")
R = TypeVar("R")
_TAG: Final = re.compile(r'"(0|[1-9][0-9]{0,8})"')
_HEADER: Final = "If-Match"


class StaleVersion(PreconditionFailed):
    """The version named is not the one stored, which the answer tells if it is known."""

    def __init__(self, current: int | None) -> None:
        """Keep the version now stored, or None."""
        super().__init__()
        self.current = current

    def get_headers(self, *_: Any, **__: Any) -> list[tuple[str, str]]:
        """Return the tag of the current version."""
        return [] if self.current is None else [("ETag", tag(self.current))]


def tag(version: int) -> str:
    """Return a version as a strong entity tag."""
    return f'"{version}"'


def version_seen() -> int:
    """Return the version that this change starts from. Raises `PreconditionRequired` without.

    `*` names no version. What can be no tag of ours matches none: `StaleVersion`.
    """
    given = request.headers.get(_HEADER, "").strip()
    if given in {"", "*"}:
        raise PreconditionRequired
    found = _TAG.fullmatch(given)
    if found is None:
        raise StaleVersion(None)
    return int(found[1])


def versioned(view: Callable[P, R]) -> Callable[P, R]:
    """Make a view ask `version_seen()`: without it 428, from an older version 412."""

    @wraps(view)
    def change(*args: P.args, **kwargs: P.kwargs) -> R:
        version_seen()
        try:
            return view(*args, **kwargs)
        except Conflict as conflict:
            raise StaleVersion(conflict.current) from conflict

    document_header(change, _HEADER, "La version dont part la modification, entre guillemets.")
    return change


def silent(view: Callable[P, None]) -> Callable[P, Response]:
    """Make a view answer 204: what a change led to is read again, with its leaf."""

    @wraps(view)
    def change(*args: P.args, **kwargs: P.kwargs) -> Response:
        view(*args, **kwargs)
        return Response(status=204)

    return change
