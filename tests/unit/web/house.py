"""A small application with the whole web floor, for the tests beside."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from flask import Flask, g
from flask.testing import FlaskClient

from casework.identity import Mandate, Principal, PrincipalKind, Role, stranger
from casework.web import assembly, frame, problems
from casework.web.guard import needs
from casework.web.permissions import Permission, Public
from tests.compiled import sharing_templates
from tests.fakes import CountingEntropy, FixedClock

COUNCIL = UUID(int=1)
NOON = datetime(2026, 11, 22, 11, tzinfo=UTC)
OURS = {"Sec-Fetch-Site": "same-origin"}


def member(*, signed: bool = True, until: date = date(2026, 12, 31), tag: str = "one") -> Principal:
    mandate = Mandate(Role.MEMBER, UUID(int=2), date(2026, 1, 1), until, signed)
    return Principal(
        PrincipalKind.MEMBER, COUNCIL, UUID(int=3), mandates=(mandate,), session_tag=tag
    )


class House:
    """An application under test; `who` is the principal of the next requests."""

    def __init__(
        self,
        add: Callable[[Flask], None] = lambda _: None,
        translations: problems.Translations | None = None,
    ) -> None:
        self.who: Principal = member()
        self.app = sharing_templates(assembly.new_app())
        entropy = CountingEntropy()
        doors = frame.Doors(sign_in_form="sign_in_link.html", step_up_form="step_up_link.html")
        ours = frame.House(doors=doors)
        settings = assembly.WebSettings(b"a secret of the tests", secure=True, house=ours)
        assembly.prepare(self.app, FixedClock(NOON), entropy, settings)
        self.app.before_request(self._establish)
        self._add_token_page()
        add(self.app)
        assembly.finish(self.app, entropy, translations=translations)

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def _establish(self) -> None:
        g.principal = self.who

    def _add_token_page(self) -> None:
        @self.app.get("/token")
        @needs(Public.SIGN_IN)
        def show_token() -> str:
            return self.app.jinja_env.from_string("{{ csrf_token() }}").render()


def page(app: Flask, url: str, answer: Callable[..., str], *methods: str) -> None:
    """Add a page that any member who has signed may ask."""
    view = needs(Permission.HOME_SEE)(answer)
    app.add_url_rule(url, url.replace("/", "_"), view, methods=methods or ("GET",))


def turned_out() -> Principal:
    return stranger(COUNCIL)
