"""A change comes from our own pages: the browser says so, and the form proves it."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from flask import Flask, current_app, g, request, session

from casework.entropy import Entropy
from casework.errors import RequestRejected

_EXTENSION = "casework.csrf"
_LABEL = b"casework/csrf/v1\x00"
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_BEARER = "bearer "


class FormTooOld(RequestRejected):
    """The form came from our pages, but from a session that is no longer this one."""


def install(app: Flask, entropy: Entropy) -> None:
    """Check where changes come from, before anything else looks at the request."""
    app.extensions[_EXTENSION] = entropy
    app.add_template_global(csrf_token)
    app.before_request(_check_source)


def install_token_check(app: Flask) -> None:
    """Check the token of changes; after the guard, so that an ended session is said as such."""
    app.before_request(_check_token)


def csrf_token() -> str:
    """Return the token of this session's forms: a code of its anchor and of who is signed in."""
    if "anchor" not in session:
        entropy: Entropy = current_app.extensions[_EXTENSION]
        session["anchor"] = urlsafe_b64encode(entropy.bytes(18)).decode()
    who = g.get("principal")
    bound = f"{session['anchor']}\x00{who.session_tag if who else ''}".encode()
    return hmac.new(_secret(), _LABEL + bound, hashlib.sha256).hexdigest()


def is_change() -> bool:
    """Say whether this request may change something."""
    return request.method in _UNSAFE


def comes_from_us() -> bool:
    """Say whether the browser vouches that one of our own pages sent this.

    Under `Referrer-Policy: no-referrer` a form's Origin is `null` (Fetch standard, 3.1), which is
    why Sec-Fetch-Site comes first. A browser that says neither is refused.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    scheme = current_app.config["PREFERRED_URL_SCHEME"]
    return request.headers.get("Origin") == f"{scheme}://{request.host}"


def by_token() -> bool:
    """Say whether the caller is an API client: it sends no cookie that a page could abuse."""
    return request.headers.get("Authorization", "").lower().startswith(_BEARER)


def _check_source() -> None:
    if is_change() and not request.path.startswith("/api/") and not comes_from_us():
        raise RequestRejected


def _check_token() -> None:
    if not is_change() or by_token() or request.endpoint is None:
        return
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not hmac.compare_digest(given.encode("utf-8", "replace"), csrf_token().encode()):
        raise FormTooOld


def _secret() -> bytes:
    key = current_app.secret_key
    return key if isinstance(key, bytes) else str(key).encode()
