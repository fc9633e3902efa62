"""How the forms of accounts are shown, and shown again when something is to be mended."""

from collections.abc import Iterable
from typing import Any, Final

from flask import Response, make_response, render_template, request
from flask import session as form_cookie

from casework.accounts import signin
from casework.accounts.session_service import SessionService
from casework.accounts.values import SignedIn
from casework.accounts.words import REASONS
from casework.errors import (
    CaseworkError,
    InvalidInput,
    NotSignedIn,
    SignInRefused,
    TooManyAttempts,
    Unavailable,
)
from casework.i18n import gettext, ngettext
from casework.identity import Reason
from casework.web import guard, resume
from casework.web.forms import FormState
from casework.web.look import Tick
from casework.web.problem_table import PROBLEMS

HOME: Final = "/"
PLACE: Final = "place"
# The form is shown again, with what it carries: an error page would lose it.
_KEPT: Final = ("login", "reason", "words")
AGAIN: Final = (SignInRefused, TooManyAttempts, Unavailable, InvalidInput)


def place() -> str:
    """Return what was interrupted: carried by the form, or the page that was locked."""
    return request.form.get(resume.FIELD) or str(form_cookie.get(PLACE, ""))


def remembered() -> str:
    """Return the identifier of whoever locked this browser's session, or nothing."""
    secret = signin.cookie_secret()
    return (guard.service(SessionService).remembered(secret) or "") if secret else ""


def typed(fault: CaseworkError) -> FormState:
    """Keep the identifier and the reason; secrets are typed again."""
    if isinstance(fault, InvalidInput):
        return FormState.refused(fault)
    return FormState({name: request.form.get(name, "") for name in _KEPT})


def sign_in_page(state: FormState, fault: CaseworkError | None = None) -> str:
    """Return the page that asks for identifier and password."""
    return page("accounts/sign_in.html", state, fault, locked=bool(remembered()))


def code_page(
    state: FormState, fault: CaseworkError | None = None, secret: bytes | None = None
) -> str:
    """Return the page that asks for the second factor, and why the session is opened.

    `secret` is that of half a session whose cookie is only being sent.
    """
    half = secret or signin.cookie_secret()
    offered = guard.service(SessionService).reasons_of_half(half) if half else ()
    chosen = state if state.value("reason") else FormState(_usual(state, offered), state.errors)
    return page("accounts/code.html", chosen, fault, reasons=reason_ticks(offered))


def reason_ticks(offered: Iterable[Reason]) -> list[Tick]:
    """Return reasons to tap; where there is only one, there is nothing to ask."""
    ticks = [Tick(one.value, str(REASONS[one].title)) for one in offered]
    return ticks if len(ticks) > 1 else []


def _usual(state: FormState, offered: Iterable[Reason]) -> dict[str, Any]:
    return {**state.values, "reason": next((one.value for one in offered), "")}


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
