"""While one is here: locking, leaving, and saying why one reads."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask import session as form_cookie
from flask.typing import ResponseReturnValue

from casework.accounts import signin
from casework.accounts.pages import showing
from casework.accounts.pages.blueprint import pages
from casework.accounts.policy import reasons_for
from casework.accounts.schemas import ReasonSchema
from casework.accounts.session_service import SessionService
from casework.accounts.words import REASONS
from casework.errors import InvalidInput
from casework.i18n import gettext
from casework.identity import Stated
from casework.web import guard, resume
from casework.web.dates import today
from casework.web.forms import FormState
from casework.web.guard import needs
from casework.web.load import load
from casework.web.permissions import Permission
from casework.web.problems import wants_json


@pages.post("/verrouiller")
@needs(Permission.ACCOUNT_LOCK)
def lock() -> ResponseReturnValue:
    """Close the keys at once; the place and the person are remembered."""
    secret = guard.service(SessionService).lock(signin.current_session())
    form_cookie[showing.PLACE] = request.args.get(showing.PLACE, "")
    answer = make_response(redirect(url_for("accounts.see_sign_in"), 303))
    return signin.send_session(answer, secret)


@pages.post("/deconnexion")
@needs(Permission.ACCOUNT_SIGN_OUT)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    guard.service(SessionService).sign_out(signin.current_session())
    form_cookie.clear()
    flash(gettext("Vous êtes déconnecté."), "ok")
    return signin.take_session(make_response(redirect(url_for("accounts.see_sign_in"), 303)))


@pages.post("/depart")
@needs(Permission.ACCOUNT_SIGN_OUT)
def leave_at_once() -> ResponseReturnValue:
    """End the session and show the day: somebody has come in who must not read this.

    The browser keeps the addresses it has been to; without a session none of them opens.
    """
    guard.service(SessionService).sign_out(signin.current_session())
    form_cookie.clear()
    return signin.take_session(make_response(redirect(url_for("web.see_day"), 303)))


@pages.get("/motif")
@needs(Permission.REASON_CHANGE)
def choose_reason() -> str:
    """Show the reasons one may give."""
    return _reasons(FormState(), request.args.get(showing.PLACE, ""))


@pages.post("/motif")
@needs(Permission.REASON_CHANGE)
def change_reason() -> ResponseReturnValue:
    """Read for this reason from now on, in one tap; in place when a script asks."""
    back = request.form.get(resume.FIELD, "")
    try:
        given = Stated(**load(ReasonSchema))
        guard.service(SessionService).change_reason(signin.current_session(), given)
    except InvalidInput as fault:
        if wants_json():
            raise
        return _reasons(FormState.refused(fault), back), 422
    if wants_json():
        return {"reason": given.reason.value, "words": str(REASONS[given.reason].of)}
    return resume.carry_on(back, showing.HOME, gettext("Le motif est changé."))


def _reasons(state: FormState, back: str) -> str:
    offered = reasons_for(guard.principal(), today())
    return render_template(
        "accounts/reason.html",
        choices=[(one, REASONS[one]) for one in offered],
        current=signin.current_reason(),
        resume=back,
        state=state,
    )
