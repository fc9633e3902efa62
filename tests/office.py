"""Members at their desks: the real application of the invented town, each signed in for real."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from casework.accounts.sessions import cookie_of
from casework.app import AppOptions, create_app
from casework.crypto.passwords import Argon2Cost
from casework.settings import Settings
from tests.compiled import sharing_templates
from tests.staff import Staff, employ
from tests.town import Town

COOKIE = "cw"
JUST = timedelta(minutes=4)
"""How old a session may be that stands for one begun now: its second factor still counts."""
_FIELD = re.compile(
    r'<(?:input|textarea)[^>]*\sname="(?P<name>[^"]+)"[^>]*\svalue="(?P<value>[^"]*)"'
)


@dataclass
class Desk:
    """A browser of one member."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, page: TestResponse, **fields: Any) -> TestResponse:
        """Send a form of `page`: its token, and its version unless another is given."""
        hidden = hidden_fields(page)
        names = ("csrf_token", "version", "opening", "kind")
        sent = {name: hidden[name] for name in names if name in hidden}
        headers = {"Sec-Fetch-Site": "same-origin"}
        return self.client.post(path, data={**sent, **fields}, headers=headers)

    def press(self, path: str, page: TestResponse, **fields: Any) -> TestResponse:
        """Send a form that carries no version."""
        token = hidden_fields(page)["csrf_token"]
        headers = {"Sec-Fetch-Site": "same-origin"}
        return self.client.post(path, data={"csrf_token": token, **fields}, headers=headers)


@dataclass
class Office:
    """The application, and desks found by the name of a body."""

    town: Town
    app: Flask
    staff: Staff
    desks: dict[str, Desk] = field(default_factory=dict)

    def at(self, body: str) -> Desk:
        """Return the desk of a member, who signs in when they first sit down."""
        if body not in self.desks:
            if body not in self.staff.phones:
                self.staff.enrol(body)
            self.desks[body] = self.sit(body)
        return self.desks[body]

    def sit(self, body: str) -> Desk:
        """Sign a member in again, at another desk."""
        client = self.app.test_client()
        client.set_cookie(COOKIE, self.cookie(body))
        return Desk(client)

    def cookie(self, body: str) -> str:
        """Return the cookie of a session that a member has just begun."""
        begun: str | None = self.town.extra.get("cookies", {}).pop(body, None)
        if begun and self.town.clock.now() - self.town.extra["begun_at"] <= JUST:
            return begun
        return cookie_of(self.staff.sign_in(body).secret)


def open_office(town: Town) -> None:
    """Give every member an account, and have them all sign in half a minute ago."""
    staff = employ(town)
    for body in town.members:
        staff.enrol(body)
    cookies = {body: cookie_of(staff.prove(body).secret) for body in town.members}
    town.extra |= {"phones": staff.phones, "cookies": cookies, "begun_at": town.clock.now()}
    staff.wait(seconds=30)


def office_of(town: Town, home: Path, public_url: str = "http://localhost") -> Office:
    """Open the office of a town."""
    settings = Settings(
        home=home, database_url="", keystore_url="", migration_url="", kek="", public_url=public_url
    )
    options = AppOptions(demonstration=True, cost=Argon2Cost.for_tests())
    app = sharing_templates(create_app(town.runtime, settings, options))
    return Office(town, app, employ(town))


def hidden_fields(page: TestResponse) -> dict[str, str]:
    """Return the fields of a page by name, the first of each."""
    found: dict[str, str] = {}
    for match in _FIELD.finditer(page.text):
        found.setdefault(match["name"], unescape(match["value"]))
    return found
