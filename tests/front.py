"""The web front of accounts and charters over the invented town, for tests that browse."""

import re
from dataclasses import dataclass
from html import unescape

from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from casework.accounts import signin
from casework.accounts.pages import pages as account_pages
from casework.charters.pages import pages as charter_pages
from casework.charters.promise import Promise
from casework.charters.service import CharterService, VersionService
from casework.web import assembly
from casework.web.guard import needs
from casework.web.permissions import Permission
from tests.compiled import sharing_templates
from tests.staff import PASSWORD, Staff

OURS = {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "https://localhost"


def field_of(page: TestResponse, name: str) -> str:
    """Return the value of the first field of a page with this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, f"no field {name}"
    return unescape(found[1])


def build_front(staff: Staff) -> Flask:
    """Return an application with every page of accounts and charters, a home and a note form."""
    town = staff.town
    runtime, edges = town.runtime, town.runtime.edges
    app = sharing_templates(assembly.new_app())
    assembly.prepare(app, edges.clock, edges.entropy, assembly.WebSettings(b"secret of the tests"))
    signin.install(app, staff.accounts, secure=True)
    charters = {CharterService: runtime.charter_service, VersionService: runtime.charter_versions}
    app.extensions["casework"] |= {**charters, Promise: Promise()}
    app.register_blueprint(account_pages)
    app.register_blueprint(charter_pages)
    _add_pages(app)
    assembly.finish(app, edges.entropy)
    return app


def _add_pages(app: Flask) -> None:
    @app.get("/")
    @needs(Permission.HOME_SEE)
    def see_home() -> str:
        return f"home of {g.principal.label} for {g.reason}"

    @app.post("/note")
    @needs(Permission.DRAFT_SAVE)
    def keep_note() -> str:
        return "kept"

    @app.get("/api/v1/cases")
    @needs(Permission.CASE_LIST)
    def list_cases() -> str:
        return "cases"

    @app.get("/api/v1/actions")
    @needs(Permission.ACTION_LIST)
    def list_actions() -> str:
        return "actions"


@dataclass
class Browser:
    """A person's browser: fills forms with their own tokens."""

    staff: Staff
    client: FlaskClient

    @classmethod
    def of(cls, staff: Staff) -> "Browser":
        return cls(staff, build_front(staff).test_client())

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=ADDRESS)

    def post(self, path: str, token: str, **fields: str) -> TestResponse:
        sent = {"csrf_token": token, **fields}
        return self.client.post(path, data=sent, headers=OURS, base_url=ADDRESS)

    def submit(self, page: TestResponse, path: str, **fields: str) -> TestResponse:
        """Send a form of `page`, with its token."""
        return self.post(path, field_of(page, "csrf_token"), **fields)

    def submit_in_place(self, page: TestResponse, path: str, **fields: str) -> TestResponse:
        """Send a form as our script does, without leaving the page."""
        sent = {"csrf_token": field_of(page, "csrf_token"), **fields}
        headers = {**OURS, "Accept": "application/json"}
        return self.client.post(path, data=sent, headers=headers, base_url=ADDRESS)

    def give_password(self, login: str, **fields: str) -> TestResponse:
        page = self.get("/connexion")
        return self.submit(page, "/connexion", login=login, password=PASSWORD, **fields)

    def sign_in(self, login: str) -> TestResponse:
        self.give_password(login)
        page = self.get("/connexion/code")
        answer = self.submit(page, "/connexion/code", code=self.staff.code(login))
        self.staff.wait(seconds=30)
        return answer

    def cookie(self, name: str = "__Host-cw") -> str | None:
        found = self.client.get_cookie(name)
        return found.value if found else None
