"""Nothing typed is lost: what was posted travels through the sign-in page and comes back.

The browser that typed it carries it, in a field signed by us; the service stores nothing. Only a
request that our own pages sent is carried, so nobody else can slip a form into somebody's session.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import cast

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

from casework.web.csrf import comes_from_us

FIELD = "resume"
_CODE = re.compile(r"[a-z0-9_-]*")
_SALT = b"casework/resume/v1"
_WITH_FILE = "multipart/form-data"
# Secrets are typed again; the token of the ended session is worth nothing.
_NEVER_CARRIED = frozenset(
    {"csrf_token", FIELD, "password", "new_password", "code", "recovery", "card"}
)


@dataclass(frozen=True, slots=True)
class Carried:
    """A request that was interrupted: where it went, and its fields when it was a form."""

    to: str
    fields: tuple[tuple[str, str], ...] = ()
    posted: bool = False

    @property
    def words(self) -> list[str]:
        """What a person typed, to be read again: neither the codes of choices nor ids."""
        return [value for _, value in self.fields if not _CODE.fullmatch(value)]


def here() -> Carried | None:
    """Return this very request as something to come back to, or None when it is not one."""
    if request.endpoint is None:
        return None
    to = request.full_path.rstrip("?")
    if request.mimetype == _WITH_FILE:
        return Carried(to)  # a file does not travel: one comes back to the page that asks for it
    if request.method == "POST":
        return Carried(to, _typed(), posted=True) if comes_from_us() else None
    return Carried(to) if request.method == "GET" else None


def gather() -> str | None:
    """Return this request as a signed text, for the hidden field of a sign-in form."""
    what = here()
    return _sign(what) if what else None


def carried() -> Carried | None:
    """Return what the form of this request carries, when we signed it."""
    return read(request.form.get(FIELD, ""))


def read(token: str) -> Carried | None:
    """Return what a signed text carries, or None."""
    try:
        to, fields, posted = _serializer().loads(token)
    except BadData:
        return None
    return Carried(to, tuple((name, value) for name, value in fields), posted=posted)


def carry_on(token: str, otherwise: str, since: str = "") -> ResponseReturnValue:
    """Go on where the person was: a page is opened, a form is shown for one press of a button.

    `since` says what came between, unless the session had ended.
    """
    found = read(token)
    if found is None:
        return redirect(otherwise, 303)
    if not found.posted:
        return redirect(found.to, 303)
    return render_template("resume.html", carried=found, since=since)


def _typed() -> tuple[tuple[str, str], ...]:
    typed = request.form.items(multi=True)
    return tuple((name, value) for name, value in typed if name not in _NEVER_CARRIED)


def _sign(what: Carried) -> str:
    return _serializer().dumps([what.to, what.fields, what.posted])


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(
        cast("str | bytes", current_app.secret_key),
        salt=_SALT,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
