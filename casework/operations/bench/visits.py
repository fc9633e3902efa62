"""A browser reduced to what costs nothing: requests made once, sent to an application directly."""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
"""A WSGI application (PEP 3333)."""

HOST: Final = "127.0.0.1"
_FIRST_ERROR: Final = 400
_TOKEN: Final = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')
_VARIES: Final = re.compile(r"[0-9a-f]{64}|nonce=\"[^\"]*\"")


class BenchBroken(RuntimeError):
    """An answer that is no page: nothing measured of it would mean anything."""


@dataclass(frozen=True, slots=True)
class Order:
    """A request as it is sent: the same bytes to whoever answers."""

    method: str
    path: str
    cookies: str
    body: bytes = b""

    def environ(self) -> dict[str, Any]:
        """Return the request as a WSGI server gives it."""
        return {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": "",
            "SERVER_NAME": HOST,
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": HOST,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(self.body)),
            "HTTP_HOST": f"{HOST}:8000",
            "HTTP_COOKIE": self.cookies,
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def wire(self, port: int) -> bytes:
        """Return the request as it goes over a socket."""
        lines = (
            f"{self.method} {self.path} HTTP/1.1",
            f"Host: {HOST}:{port}",
            f"Cookie: {self.cookies}",
            "Sec-Fetch-Site: same-origin",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(self.body)}",
            "Connection: close",
        )
        return "\r\n".join((*lines, "", "")).encode() + self.body


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def start(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        """Take the status and headers: WSGI's `start_response`."""
        self.status, self.headers = int(status.split(maxsplit=1)[0]), headers


def send(application: Application, order: Order) -> Answer:
    """Send an order to an application of this process. Raises `BenchBroken` for an error."""
    answer = Answer()
    given = application(order.environ(), answer.start)
    answer.body = b"".join(given)
    close = getattr(given, "close", None)
    if close:
        close()
    if answer.status >= _FIRST_ERROR:
        raise BenchBroken(f"{order.method} {order.path}: {answer.status}")
    return answer


@dataclass(frozen=True, slots=True)
class Visitor:
    """The reader's browser: its cookies, and the token of its forms."""

    cookies: str
    token: str

    @classmethod
    def of(cls, application: Application, cookie: str, case_id: UUID) -> "Visitor":
        """Open a case once, to be given the forms' cookie and token."""
        session = f"cw={cookie}"
        page = send(application, Order("GET", case_path(case_id), session))
        token = _TOKEN.search(page.body.decode())
        if token is None:
            raise BenchBroken("a page without a form")
        return cls(f"{session}; {_cookies(page.headers)}", token[1])

    def get(self, path: str) -> Order:
        """Return the order of a page."""
        return Order("GET", path, self.cookies)

    def post(self, path: str, fields: Mapping[str, str]) -> Order:
        """Return the order that a form sends."""
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return Order("POST", path, self.cookies, body)


def case_path(case_id: UUID) -> str:
    """Return the address of a case."""
    return f"/situations/{case_id}"


def facts_of(page: bytes) -> str:
    """Return a page without what differs between two answers of the same page."""
    return _VARIES.sub("", page.decode())


def _cookies(headers: Iterable[tuple[str, str]]) -> str:
    jar: SimpleCookie = SimpleCookie()
    for name, value in headers:
        if name.lower() == "set-cookie":
            jar.load(value)
    return "; ".join(f"{name}={one.coded_value}" for name, one in jar.items())
