"""How the forms of accounts are shown, and shown again when something is to be mended."""

from typing import Any, Final

from flask import Response, make_response, render_template, request
from flask import session as form_cookie

from casework.accounts import signin
from casework.accounts.session_service import SessionService
from casework.accounts.values import SignedIn
from casework.errors import (
    CaseworkError,
    InvalidInput,
    NotSignedIn,
    SignInRefused,
    TooManyAttempts,
    Unavailable,
)
from casework.i18n import gettext, ngettext
from casework.web import guard, resume
from casework.web.forms import FormState
from casework.web.problem_table import PROBLEMS

HOME: Final = "/"
PLACE: Final = "place"
# The form is shown again, with what it carries: an error page would lose it.
AGAIN: Final = (SignInRefused, TooManyAttempts, Unavailable, InvalidInput)


def place() -> str:
    """Return what was interrupted: carried by the form, or the page that was locked."""
    return request.form.get(resume.FIELD) or str(form_cookie.get(PLACE, ""))


def remembered() -> str:
    """Return the identifier of whoever locked this browser's session, or nothing."""
    secret = signin.cookie_secret()
    return (guard.service(SessionService).remembered(secret) or "") if secret else ""


def typed(fault: CaseworkError) -> FormState:
    """Keep the identifier; secrets are typed again."""
    if isinstance(fault, InvalidInput):
        return FormState.refused(fault)
    return FormState({"login": request.form.get("login", "")})


def sign_in_page(state: FormState, fault: CaseworkError | None = None) -> str:
    """Return the page that asks for identifier and password."""
    return page("accounts/sign_in.html", state, fault, locked=bool(remembered()))


def code_page(state: FormState, fault: CaseworkError | None = None) -> str:
    """Return the page that asks for the second factor."""
    return page("accounts/code.html", state, fault)


def page(template: str, state: FormState, fault: CaseworkError | None, **more: Any) -> str:
    """Return a form, what went wrong above it, and what it carries."""
    told = None if fault is None or isinstance(fault, InvalidInput) else _sentence(fault)
    return render_template(template, state=state, told=told, resume=place(), **more)


def again(fault: CaseworkError, shown: str) -> Response:
    """Return a form shown again, under the status of what went wrong."""
    answer = make_response(shown, int(PROBLEMS[fault.code].status))
    if isinstance(fault, TooManyAttempts | Unavailable):
        answer.headers["Retry-After"] = str(max(1, fault.after))
    return answer


def go_on(signed: SignedIn) -> Response:
    """Give the new cookies, and go on where the person was."""
    signin.admit(signed)
    where = place()
    form_cookie.pop(PLACE, None)
    answer = make_response(resume.carry_on(where, HOME))
    return signin.send_device(signin.send_session(answer, signed.secret), signed.device)


def _sentence(fault: CaseworkError) -> str:
    if isinstance(fault, NotSignedIn):
        return gettext("Il s’est écoulé trop de temps depuis le mot de passe : recommencez.")
    if isinstance(fault, TooManyAttempts):
        return ngettext(
            "Trop d’essais : réessayez dans une seconde.",
            "Trop d’essais : réessayez dans %(num)d secondes.",
            fault.after,
        )
    return str(PROBLEMS[fault.code].advice)
