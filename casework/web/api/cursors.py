"""Pages of a list by key: a sealed cursor, bound to its reader, its list and its filters."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from flask import request

from casework.errors import InvalidInput, SealBroken
from casework.i18n import gettext
from casework.web import guard
from casework.web.api.edges import edges
from casework.web.schemas import Number, StrictSchema, Text

T = TypeVar("T")
LONGEST_PAGE: Final = 50
_CURSOR: Final = "cursor"
_NOT_A_FILTER: Final = frozenset({_CURSOR, "limit"})


class CursorQuery(StrictSchema):
    """Where in a list."""

    cursor = Text(400)


class PageQuery(CursorQuery):
    """Where in a list, and how much of it."""

    limit = Number(least=1, most=LONGEST_PAGE, load_default=LONGEST_PAGE)


def place_asked(given: Mapping[str, Any], read: Callable[[str], T]) -> T | None:
    """Return where this page begins, or None for the first. Raises `InvalidInput`."""
    cursor = given[_CURSOR]
    if not cursor:
        return None
    try:
        return read(edges().cursors.open(cursor, _bound()))
    except (SealBroken, ValueError):
        said = gettext("Ce curseur ne vient pas de cette liste : reprenez à la première page.")
        raise InvalidInput({_CURSOR: [said]}) from None


def next_page(place: object | None) -> dict[str, str]:
    """Return the header that leads to the page after `place` (RFC 8288), if there is one."""
    following = next_url(place)
    return {"Link": f'<{following}>; rel="next"'} if following else {}


def next_url(place: object | None) -> str | None:
    """Return the address of the page after `place`, if there is one."""
    if place is None:
        return None
    following = request.args.to_dict() | {_CURSOR: edges().cursors.seal(str(place), _bound())}
    return f"{request.path}?{urlencode(following)}"


def _bound() -> tuple[str, ...]:
    who = guard.principal()
    filters = sorted(pair for pair in request.args.items() if pair[0] not in _NOT_A_FILTER)
    return (str(who.member_id), request.path, urlencode(filters))
