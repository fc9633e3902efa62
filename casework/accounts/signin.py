"""Who sends this request: a cookie for people, a bearer token for programs, never both."""

from dataclasses import dataclass
from typing import Any, Final, cast

from flask import Flask, Response, current_app, g, request, url_for
from flask_login import LoginManager, current_user

from casework.accounts import device
from casework.accounts.assembly import Accounts
from casework.accounts.enrolment import EnrolmentService
from casework.accounts.policy import reasons_for
from casework.accounts.service import AccountService
from casework.accounts.session_service import SessionService
from casework.accounts.sessions import CookieNames, WebSession, cookie_of, secret_of
from casework.accounts.tokens import TokenService
from casework.accounts.values import Client, SignedIn
from casework.accounts.words import REASONS
from casework.errors import InvalidInput, NotSignedIn
from casework.identity import Principal, Reason
from casework.web import frame, guard, resume
from casework.web.dates import today
from casework.web.forms import FormState
from casework.web.permissions import Permission

_EXTENSION: Final = "casework.cookies"
_API: Final = "/api/"
_BEARER: Final = "bearer "


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in request, in the shape that Flask-Login asks for."""

    principal: Principal
    reason: Reason
    session: WebSession | None = None
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Return the session's tag, never a person."""
        return self.principal.session_tag


def install(app: Flask, accounts: Accounts, *, secure: bool) -> None:
    """Establish who acts before the guard looks; after `assembly.prepare`, before `finish`."""
    app.extensions[_EXTENSION] = CookieNames(secure)
    services = app.extensions.setdefault("casework", {})
    services[AccountService] = accounts.signing_in
    services[SessionService] = accounts.sessions
    services[EnrolmentService] = accounts.enrolment
    services[TokenService] = accounts.tokens
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(_load)
    app.before_request(_establish)
    app.context_processor(_frame)


def current_session() -> WebSession:
    """Return the web session of this request. Raises `NotSignedIn` for a program's."""
    found = g.get("web_session")
    if found is None:
        raise NotSignedIn
    return cast("WebSession", found)


def current_reason() -> Reason:
    """Return why this request reads, as its person said. Raises `NotSignedIn`."""
    if "reason" not in g:
        raise NotSignedIn
    return cast("Reason", g.reason)


def cookie_secret() -> bytes | None:
    """Return the secret of the session cookie sent, if it is one of ours."""
    return secret_of(request.cookies.get(names().session))


def client() -> Client:
    """Return where this request comes from."""
    return Client(request.remote_addr or "", request.cookies.get(names().device))


def names() -> CookieNames:
    """Return the names of the cookies."""
    return cast("CookieNames", current_app.extensions[_EXTENSION])


def admit(signed: SignedIn) -> None:
    """Let the rest of this very request act as who has just signed in: forms need their token."""
    g.principal, g.reason = signed.principal, signed.reason


def send_session(response: Response, secret: bytes) -> Response:
    """Give the browser the cookie of a session; it dies with the browser."""
    return _send(response, names().session, cookie_of(secret), None)


def send_device(response: Response, value: str) -> Response:
    """Give the browser the cookie of a known device."""
    return _send(response, names().device, value, int(device.LIFE.total_seconds()))


def take_session(response: Response) -> Response:
    """Take the session cookie back."""
    return _send(response, names().session, "", 0)


def _send(response: Response, name: str, value: str, max_age: int | None) -> Response:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        path="/",
        secure=names().secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def _establish() -> None:
    """Put the visitor where the guard and the pages look."""
    if request.endpoint is None or guard.open_to_strangers():
        return
    if not current_user.is_authenticated:
        return
    g.principal = current_user.principal
    g.reason = current_user.reason
    g.web_session = current_user.session


def _load(_request: object) -> Visitor | None:
    return _by_token() if request.path.startswith(_API) else _by_cookie()


def _by_cookie() -> Visitor | None:
    secret = cookie_secret()
    found = guard.service(SessionService).session_of(secret) if secret else None
    return Visitor(found.principal, found.reason, found) if found else None


def _by_token() -> Visitor | None:
    given = request.headers.get("Authorization", "")
    if not given.lower().startswith(_BEARER):
        return None
    tokens = guard.service(TokenService)
    bearer = tokens.authenticate(given[len(_BEARER) :].strip())
    if bearer is None:
        return None
    reason = _reason_given()
    wanted = guard.mark_of(current_app.view_functions[request.endpoint or ""], request.method)
    if isinstance(wanted, Permission):
        tokens.require_scope(bearer, wanted, reason)
    if reason is Reason.OTHER and wanted is not Permission.REASON_STATE:
        tokens.require_stated(bearer)
    return Visitor(bearer.principal, reason)


def _reason_given() -> Reason:
    """Return why a program reads, as its header says; without it, the ordinary duty."""
    given = request.headers.get("Casework-Reason", Reason.DUTY.value)
    if given not in {reason.value for reason in REASONS}:
        raise InvalidInput({"Casework-Reason": [", ".join(REASONS)]})
    return Reason(given)


def _frame() -> dict[str, Any]:
    session: WebSession | None = g.get("web_session")
    if session is None:
        return {"blank_form": FormState()}
    place = resume.gather() if request.method == "GET" else None
    return {
        "blank_form": FormState(),
        "account": frame.Account(
            name=session.name,
            organisation=session.organisation,
            lock_url=url_for("accounts.lock"),
            sign_out_url=url_for("accounts.sign_out"),
            lock_here=url_for("accounts.lock", place=place),
        ),
        "traced": _traced(session, place),
    }


def _traced(session: WebSession, place: str | None) -> frame.Traced:
    """Return why this session reads, and the reasons it may change to, if there are any."""
    offered = reasons_for(session.principal, today())
    if len(offered) == 1:
        return frame.Traced(str(REASONS[session.reason].of))
    return frame.Traced(
        reason=str(REASONS[session.reason].of),
        change_url=url_for("accounts.change_reason"),
        taps=tuple(_tap(one, session.reason) for one in offered),
        resume=_back(place) or "",
    )


def _tap(one: Reason, current: Reason) -> frame.ReasonTap:
    title, typed = str(REASONS[one].title), one is Reason.OTHER
    return frame.ReasonTap(one.value, title, current=one is current, typed=typed)


def _back(place: str | None) -> str | None:
    """Return this request as something to come back to; the page of reasons has its own.

    `place` is a page that was only opened; what a form had sent travels along.
    """
    if request.endpoint in {"accounts.change_reason", "accounts.choose_reason"}:
        return request.form.get(resume.FIELD) or request.args.get("place")
    return place or resume.gather()
