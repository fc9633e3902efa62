"""A program that acts for members of the invented town, through the real application."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid5

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from casework.accounts.policy import require_sound_scopes
from casework.accounts.tokens import NewToken, TokenService
from casework.app import AppOptions, create_app
from casework.crypto.passwords import Argon2Cost
from casework.errors import InvalidInput
from casework.identity import Reason
from casework.settings import Settings
from casework.web.permissions import Permission
from tests.compiled import sharing_templates
from tests.town import COMMUNE, Town

KEYS = UUID("01930000-0000-7000-8000-00000000aaaa")
V1 = "/api/v1"


class Reply(TestResponse):
    """An answer whose JSON a test may look into."""

    json: Any


def grantable() -> frozenset[Permission]:
    """Return every permission that a program may have."""
    return frozenset(filter(_may_be_given, Permission))


def _may_be_given(permission: Permission) -> bool:
    try:
        require_sound_scopes(frozenset({permission}))
    except InvalidInput:
        return False
    return True


@dataclass
class Program:
    """Sends requests with the token of a member, found by the name of their body."""

    town: Town
    app: Flask
    tokens: dict[str, str] = field(default_factory=dict)
    keys: int = 0

    def token(self, body: str, scopes: frozenset[Permission] | None = None) -> str:
        """Make a token for the member of a body, as they would after a fresh second factor."""
        fresh = replace(self.town.who(body), verified_at=self.town.clock.now())
        new = NewToken("essai", scopes or grantable(), 30)
        service: TokenService = self.app.extensions["casework"][TokenService]
        return service.add(fresh, Reason.DUTY, new)[1]

    def ask(self, body: str, method: str, url: str, **sent: Any) -> Reply:
        """Send a request as the member of a body, with a client of its own."""
        if body not in self.tokens:
            self.tokens[body] = self.token(body)
        headers = {"Authorization": f"Bearer {self.tokens[body]}", **sent.pop("headers", {})}
        return cast("Reply", self.client().open(url, method=method, headers=headers, **sent))

    def get(self, body: str, url: str, **sent: Any) -> Reply:
        return self.ask(body, "GET", V1 + url, **sent)

    def post(self, body: str, url: str, json: Any = None, **headers: str) -> Reply:
        """Post JSON; `if_match=1` and `idempotency_key=…` become headers."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {} if json is None else {"json": json}
        return self.ask(body, "POST", V1 + url, headers=named, **sent)

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def key(self) -> str:
        """Return a key never used before."""
        self.keys += 1
        return str(uuid5(KEYS, str(self.keys)))

    def refer(self, body: str = "street_work", **changed: Any) -> Reply:
        return self.post(
            body, "/referrals", referral_body(self.town, **changed), idempotency_key=self.key()
        )


def referral_body(town: Town, **changed: Any) -> dict[str, Any]:
    """Return the referral of an invented person as a program sends it."""
    body = {
        "group_id": str(town.group_id),
        "commune": COMMUNE,
        "family_name": "Zéphirinquois",
        "given_name": "Maïlys",
        "birth_date": "2010-05-17",
        "reason": "truancy",
        "fact": "Huit demi-journées d’absence depuis six semaines.",
        "origin": "street_work",
        "reporter": "Mme Corbinguy",
        "informed": False,
        "delay_reason": "address_unknown",
    }
    return {**body, **changed}


def program_of(town: Town, home: Path) -> Program:
    """Return a program before the whole application of a town."""
    settings = Settings(
        home=home, database_url="", keystore_url="", migration_url="", kek="",
        public_url="http://localhost",
    )  # fmt: skip
    options = AppOptions(cost=Argon2Cost.for_tests())
    return Program(town, sharing_templates(create_app(town.runtime, settings, options)))
