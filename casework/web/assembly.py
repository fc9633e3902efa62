"""Puts the web floor into an application: `prepare` before the other packages, `finish` after."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask
from jinja2 import StrictUndefined

from casework import i18n
from casework.clock import Clock
from casework.entropy import Entropy
from casework.web import bodies, csrf, dates, frame, guard, headers, pages, problems, static
from casework.web.pages import Probe

ONE_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What the web floor must be told; `secure` is False on a loopback demonstration only."""

    secret_key: bytes
    secure: bool = True
    house: frame.House = field(default_factory=frame.House)


def new_app() -> Flask:
    """Return a bare application whose templates are ours and whose files we serve ourselves."""
    app = Flask("casework.web", static_folder=None)
    app.request_class = bodies.InMemory
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    return app


def prepare(app: Flask, clock: Clock, entropy: Entropy, settings: WebSettings) -> None:
    """Install everything that must come before the other packages' hooks and pages."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        PREFERRED_URL_SCHEME="https" if settings.secure else "http",
        MAX_CONTENT_LENGTH=ONE_MEGABYTE,
        MAX_FORM_MEMORY_SIZE=ONE_MEGABYTE,
        SESSION_COOKIE_NAME="__Host-cw-form" if settings.secure else "cw-form",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    i18n.install(app)
    headers.install(app, entropy, secure=settings.secure)
    csrf.install(app, entropy)
    dates.install(app, clock)
    static.install(app)
    frame.install(app, settings.house)


def finish(
    app: Flask,
    entropy: Entropy,
    *,
    probes: Mapping[str, Probe] | None = None,
    translations: problems.Translations | None = None,
) -> None:
    """Install what must see every route and every hook. Raises Misconfigured on an unmarked one."""
    pages.install(app, probes or {})
    problems.install(app, entropy, translations)
    guard.install(app)
    bodies.install(app)
    csrf.install_token_check(app)
