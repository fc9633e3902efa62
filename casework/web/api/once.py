"""Requests that may be sent again: `Idempotency-Key` (an Internet-Draft still, -07 of 2025)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar, cast
from uuid import UUID

from flask import Response, g, jsonify, request

from casework.errors import InvalidInput, RepeatKeyRequired
from casework.i18n import gettext
from casework.web import guard
from casework.web.api.blueprint import document_header
from casework.web.api.edges import edges
from casework.web.api.repeats import Answer, Asking

P = ParamSpec("P")
T = TypeVar("T")
_HEADER: Final = "Idempotency-Key"
_CREATED: Final = 201
_UUID_SIGNS: Final = 36


@dataclass(frozen=True, slots=True)
class Made:
    """What a request made: an id, its first version; or a number, of a decision."""

    id: UUID | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Creation:
    """How a route that creates is answered.

    `at` is where what it made can be read, with `{id}` in it; `made` and `number` name the
    details of its leaf that an answer repeated is built from; `version` is that of a new thing.
    """

    at: str = ""
    made: str = "case"
    number: str = ""
    version: int | None = None
    key_required: bool = False

    def answer(self, made: Made, **place: object) -> Response:
        """Return 201 with where it is, for the first request and for its repetition."""
        body = {"id": made.id, "number": made.number, "version": self.version}
        response = jsonify({name: value for name, value in body.items() if value is not None})
        response.status_code = _CREATED
        if self.at:
            response.headers["Location"] = self.at.format(id=made.id, **place)
        if self.version is not None:
            response.headers["ETag"] = f'"{self.version}"'
        return response


def creates(creation: Creation) -> Callable[[Callable[P, Made]], Callable[P, Response]]:
    """Make a view answer as `creation` says, once for each key."""

    def decorate(view: Callable[P, Made]) -> Callable[P, Response]:
        @wraps(view)
        def create(*args: P.args, **kwargs: P.kwargs) -> Response:
            known = _already(_asking(creation))
            made = known or view(*args, **kwargs)
            return creation.answer(made, **kwargs)

        meaning = "Un UUID : la même demande, renvoyée avec la même clé, n’est faite qu’une fois."
        document_header(create, _HEADER, meaning, required=creation.key_required)
        return create

    return decorate


def service(kind: type[T]) -> T:
    """Return a service for this request: with a key, what it does is committed with the key."""
    found = guard.service(kind)
    asking: Asking | None = g.get("asking")
    return edges().repeats.through(found, asking) if asking else found


def _asking(creation: Creation) -> Asking | None:
    key = _key()
    if key is None:
        if creation.key_required:
            raise RepeatKeyRequired
        return None
    asking = Asking(
        key=key,
        route=request.endpoint or "",
        target=request.path,
        status=_CREATED,
        made=creation.made,
        number=creation.number,
        body=request.get_data(cache=True),
    )
    g.asking = asking
    return asking


def _already(asking: Asking | None) -> Made | None:
    found: Answer | None = edges().repeats.find(guard.principal(), asking) if asking else None
    return Made(found.made_id, found.number) if found else None


def _key() -> UUID | None:
    """Return the key; the draft writes it between quotes, most clients without."""
    given = cast("Any", request.headers.get(_HEADER))
    if given is None:
        return None
    bare = given.strip().strip('"')
    try:
        return UUID(bare) if len(bare) == _UUID_SIGNS else _refuse()
    except ValueError:
        return _refuse()


def _refuse() -> UUID:
    raise InvalidInput({_HEADER: [gettext("Un UUID est attendu.")]})
