"""Somebody who walks through every route, and what each request left in the register."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from uuid import UUID

from werkzeug.test import TestResponse

from casework.audit.gateway import RegisterGateway
from casework.audit.lines import Asked
from casework.audit.parts import open_part, stored_parts
from casework.db.engine import Scope
from tests.integration.api.program import Program
from tests.office import Office
from tests.town import COUNCIL, Town

READINGS: Final = (":read", ":listed", ":searched", ":previewed", ":exported")
# These show a form, a help text or the state of the machine: nothing of anybody.
MUTE: Final = {
    "GET /accessibilite", "GET /activation", "GET /aide", "GET /aide/problemes",
    "GET /api/openapi.json", "GET /connexion", "GET /connexion/code",
    "GET /connexion/confirmation", "GET /healthz", "GET /jour", "GET /motif",
    "GET /orientations-victimes/signalement", "GET /readyz", "GET /recherche",
    "GET /static/<digest>/<path:name>",
    # What somebody writes is asked about and forgotten: their own words, of no case.
    "POST /relecture",
}  # fmt: skip
# Before signing in there is no member yet, or half a one: `tests/integration/accounts` walks these.
STRANGERS: Final = {
    "POST /activation", "POST /activation/mot-de-passe", "POST /connexion",
    "POST /connexion/code", "POST /connexion/confirmation",
}  # fmt: skip
_PLACE: Final = re.compile(r"<(?:[^:<>]+:)?(\w+)>")


class Leaf(NamedTuple):
    """What one leaf says, in clear."""

    act: str
    outcome: str
    member: str | None
    kind: str
    article: str | None
    shown: int = 0

    @property
    def reads(self) -> bool:
        """Say whether it tells that something was shown."""
        return self.act.endswith(READINGS)


@dataclass(frozen=True)
class Request:
    """One request, by the route that answered it, and its leaves."""

    route: str
    body: str
    status: int
    leaves: tuple[Leaf, ...]

    def __str__(self) -> str:
        """Return it for whoever has to mend it."""
        return f"{self.body} {self.route} {self.status} {[one.act for one in self.leaves]}"


@dataclass
class Walk:
    """Walks as members at their desks, and as programs of theirs."""

    office: Office
    program: Program
    ids: dict[str, UUID | str]
    done: list[Request] = field(default_factory=list)

    @property
    def town(self) -> Town:
        return self.office.town

    def get(self, body: str, route: str, **ids: str) -> TestResponse:
        desk = self.office.at(body)
        return self.heard(body, f"GET {route}", desk.get, ids)

    def post(
        self, body: str, route: str, form: str = "", ids: dict[str, str] | None = None, **told: Any
    ) -> TestResponse:
        """Send a form that stands on the page `form`, by default where it is sent to.

        With `bare=True` it carries no version, though its page holds one for another form.
        """
        desk, known = self.office.at(body), ids or {}
        send = desk.press if told.pop("bare", False) else desk.post
        page = desk.get(self.url(form or route, known))
        return self.heard(body, f"POST {route}", lambda url: send(url, page, **told), known)

    def api(self, body: str, route: str, told: Any = None, of: str = "", **ids: str) -> Any:
        """Ask as a program; `of` is the version that a change starts from, or the page it is of."""
        method, path = route.split(" ")
        headers = {"Idempotency-Key": self.program.key()}
        if of.startswith('"'):
            headers["If-Match"] = of
        elif of:
            seen = self.program.ask(body, "GET", self.url(f"/api/v1{of}", ids))
            headers["If-Match"] = seen.headers["ETag"]
        sent: dict[str, Any] = {"headers": headers} | ({} if told is None else {"json": told})
        if body not in self.program.tokens:
            self.program.get(body, "/meetings")
        ask = lambda url: self.program.ask(body, method, url, **sent)  # noqa: E731 - as above
        return self.heard(body, f"{method} /api/v1{path}", ask, ids)

    def url(self, route: str, ids: dict[str, str]) -> str:
        """Return an address: `ids` says for each place of a route which thing of the scene."""
        return _PLACE.sub(lambda place: str(self.ids.get(ids[place[1]], ids[place[1]])), route)

    def heard(self, body: str, route: str, ask: Any, ids: dict[str, str]) -> TestResponse:
        """Ask, and keep what it left in the register; `route` says which route answers."""
        before = self._size()
        answer: TestResponse = ask(self.url(route.split(" ")[1], ids))
        asked = route.partition("?")[0]
        self.done.append(Request(asked, body, answer.status_code, tuple(self._since(before))))
        return answer

    def _size(self) -> int:
        with self.town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
            head = RegisterGateway(session, COUNCIL).head()
        return head.size if head else 0

    def _since(self, seq: int) -> Iterator[Leaf]:
        keys = self.town.runtime.register_keys.of(COUNCIL)
        with self.town.runtime.stores.main.reading(Scope(COUNCIL)) as session:
            found = RegisterGateway(session, COUNCIL).onward(Asked(), (), (seq, 1 << 40))
        for values in found:
            parts = [open_part(keys, values, one) or b"{}" for one in stored_parts(values)]
            who, _, det = map(json.loads, parts)
            shown = det["detail"].get("shown", 0)
            who_asked = (who["member"], who["kind"])
            yield Leaf(values.kind, values.outcome, *who_asked, det["article"], shown)
