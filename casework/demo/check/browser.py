"""A browser without a screen: cookies, redirections, forms; what a person could do, no more."""

from collections.abc import Mapping
from typing import Any, Final, Protocol
from urllib.parse import urlencode, urljoin

from casework.demo.check.page import CheckFailed, Form, Page
from casework.demo.check.reading import read_page

_HOPS: Final = 5
_REDIRECTIONS: Final = frozenset({301, 302, 303, 307, 308})
_ACCEPTED: Final = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "fr"}
_BY_TOKEN: Final = {"Accept": "application/json"}
_FORM: Final = "application/x-www-form-urlencoded"


class Answer(Protocol):
    """What the application answers."""

    status_code: int
    headers: Any

    def get_data(self, *, as_text: bool) -> str:
        """Return the body."""
        ...


class Client(Protocol):
    """The test client of the application, which keeps cookies."""

    def open(self, path: str, **how: Any) -> Any:
        """Send a request."""
        ...


class Browser:
    """One window of one person; `page` is what it shows, `trail` where it went."""

    def __init__(self, client: Client, origin: str, token: str = "") -> None:
        """Look at `origin`, such as http://127.0.0.1:8000; with a token, as a program does."""
        self._client = client
        self._origin = origin
        self._headers = _BY_TOKEN | {"Authorization": f"Bearer {token}"} if token else _ACCEPTED
        self.page = read_page(0, "", "")
        self.trail: list[str] = []

    def look(self, address: str) -> Page:
        """Open an address, wherever it leads."""
        return self._go("GET", address, None)

    def send(self, form: Form, **given: str | list[str]) -> Page:
        """Fill a form and send it."""
        return self.send_with(form, given)

    def send_with(self, form: Form, given: Mapping[str, str | list[str]]) -> Page:
        """Fill a form whose field names are no Python names, and send it."""
        typed = urlencode(form.filled(given), doseq=True)
        if form.method.lower() == "get":
            return self.look(f"{form.action}?{typed}")
        return self._go("POST", form.action, typed)

    def expect(self, status: int) -> Page:
        """Return the page. Raises `CheckFailed` unless it was answered with a status."""
        if self.page.status != status:
            told = f"{self.page.url} répond {self.page.status} et non {status}"
            raise CheckFailed(f"{told} : « {self.page.title} » {self.page.text[:300]}")
        return self.page

    def _go(self, method: str, address: str, body: str | None) -> Page:
        for _ in range(_HOPS):
            answer = self._request(method, address, body)
            if answer.status_code not in _REDIRECTIONS:
                html = answer.get_data(as_text=True)
                self.page = read_page(answer.status_code, address, html)
                self.trail += [address, self.page.title]
                return self.page
            address = urljoin(address, answer.headers["Location"]).removeprefix(self._origin)
            method, body = "GET", None
        raise CheckFailed(f"{address} tourne en rond")

    def _request(self, method: str, address: str, body: str | None) -> Answer:
        how: dict[str, Any] = {"method": method, "base_url": self._origin, "headers": self._headers}
        if body is not None:
            how["headers"] = {**self._headers, "Sec-Fetch-Site": "same-origin"}
            how |= {"data": body, "content_type": _FORM}
        answer: Answer = self._client.open(address, **how)
        return answer
