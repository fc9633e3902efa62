"""One bounded question over HTTP to an address that the operator chose."""

import http.client
from dataclasses import dataclass
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from casework.errors import Unavailable

_PATIENCE: Final = 10.0  # seconds
_MOST: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, and at most 64 KiB."""

    status: int
    body: bytes


class _Nowhere(HTTPRedirectHandler):
    """Follows no redirect: what we were not told to ask, we do not ask."""

    def redirect_request(self, *_: object) -> None:
        return None


def post(url: str, body: bytes, kind: str) -> Answer:
    """Send `body` and wait ten seconds; Unavailable when nobody answers, or too much."""
    request = Request(url, body, {"Content-Type": kind}, method="POST")  # noqa: S310 - http(s), checked by the settings
    try:
        with build_opener(_Nowhere).open(request, timeout=_PATIENCE) as answer:
            found = Answer(answer.status, answer.read(_MOST + 1))
    except HTTPError as refused:
        with refused:
            found = Answer(refused.code, refused.read(_MOST + 1))
    except (URLError, OSError, ValueError, http.client.HTTPException) as fault:
        raise Unavailable(f"no answer from outside: {type(fault).__name__}") from fault
    if len(found.body) > _MOST:
        raise Unavailable("an endless answer from outside")
    return found
